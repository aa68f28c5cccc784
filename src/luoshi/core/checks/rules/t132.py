"""T132: steps of one matter in the wrong order of time.

What: two dates in one sentence, the second without a subject of its own, and behind each a
step of data/checks/facts.toml: the later step on the earlier day.
Why: one of the dates is wrong.
Basis: custom. The order of time.
Example: 改造工程2025年6月10日竣工，2025年8月1日开工。
Counter-example: 一期6月竣工，二期8月开工; 原定6月竣工.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._figures import ANY_YEAR, Dated, dates
from luoshi.core.reading.model import Span

META = Meta(
    code="T132",
    title="先后时间颠倒",
    family="text",
    severity="error",
    basis="custom",
    why="后一步的时间早于前一步，总有一个日期写错。请核对原始记录后改正。",
)
_BEHIND = 10
_GAP = re.compile(r"[^。；\n]{0,24}[，、](?:并|又|才|直到|直至|至|到|于|在|随后|当[日天]|同年)?")


@cache
def _chains() -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str]]:
    """Return a pattern for each chain whose groups are its steps, and what tells of plans."""
    table = knowledge.table("checks/facts")["stages"]
    chains = tuple(
        re.compile("|".join(f"(?P<s{i}>{step})" for i, step in enumerate(chain)))
        for chain in table["chains"]
    )
    return chains, re.compile(table["planned"])


def _step(page: Page, dated: Dated, pattern: re.Pattern[str]) -> int | None:
    """Return the step that stands right behind a date, or None."""
    words = re.split("[，。；、\n]", page.text[dated.end : dated.end + _BEHIND])[0]
    match = pattern.search(words)
    return int(match.lastgroup[1:]) if match and match.lastgroup else None


def _day(dated: Dated) -> date | None:
    return dated._replace(year=dated.year or ANY_YEAR).first()


def find(page: Page) -> Iterator[Objection]:
    """Object to every pair of steps whose dates are the wrong way round."""
    chains, planned = _chains()
    for one, other in pairwise(dates(page)):
        if not 0 < other.start - one.end < 40 or one.year != other.year:
            continue
        between = page.text[one.end : other.start]
        if _GAP.fullmatch(between) is None:
            continue
        first, second = _day(one), _day(other)
        if first is None or second is None or first == second:
            continue
        low = max(page.text.rfind(mark, 0, one.start) for mark in "，。；\n") + 1
        around = page.text[low : one.start] + between + page.text[other.end : other.end + _BEHIND]
        if planned.search(around) or (not one.day) != (not other.day):
            continue
        for pattern in chains:
            steps = _step(page, one, pattern), _step(page, other, pattern)
            if None in steps or steps[0] == steps[1]:
                continue
            if (steps[0] < steps[1]) == (first < second):  # type: ignore[operator]
                continue
            spans = Span(one.start, one.end), Span(other.start, other.end)
            words = f"“{page.words(spans[0])}”和“{page.words(spans[1])}”"
            yield Objection(spans, f"{words}所说的先后与事情的次序相反。")
