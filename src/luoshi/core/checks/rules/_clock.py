"""Times of day as documents print them, each with the minute of its day."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from luoshi.core.checks.page import Page

_TIME = re.compile(
    r"(?P<part>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|夜里|夜间|当晚|次日)?"
    r"(?P<h>(?<![\d.:：])\d{1,2})(?:[:：](?P<m>[0-5]\d)(?![\d:：])|[时点](?:(?P<m2>[0-5]?\d)分|(?P<half>半)|(?P<quarter>[一三])刻)?(?![\d段间候]))"
)
_AFTERNOON = frozenset(("下午", "傍晚", "晚上", "晚间", "夜里", "夜间", "当晚"))
DAY = 24 * 60


class Moment(NamedTuple):
    """A time of day at ``[start, end)`` in minutes after midnight; ``named`` has 上午 and such."""

    start: int
    end: int
    minute: int
    named: str


@lru_cache(maxsize=1)
def moments(page: Page) -> tuple[Moment, ...]:
    """Return every time of day of the text, in text order; 9:30 and 9时30分 alike."""
    if not _ANY.search(page.text):
        return ()
    return tuple(m for match in _TIME.finditer(page.text) if (m := _moment(match)) is not None)


_ANY = re.compile(r"\d[时点:：]")


def _moment(match: re.Match[str]) -> Moment | None:
    hour = int(match["h"])
    minute = int(match["m"] or match["m2"] or 0)
    if match["half"]:
        minute = 30
    if match["quarter"]:
        minute = {"一": 15, "三": 45}[match["quarter"]]
    if hour > 24:
        return None
    part = match["part"] or ""
    if part in _AFTERNOON and hour < 12:
        hour += 12
    return Moment(*match.span(), (hour * 60 + minute) % DAY, part)
