"""T118: a date and its day of the week that do not go together.

What: a date whose year is printed in it or before it in the paragraph, with a day of the
week behind it (星期三, 周三) that the calendar does not give it.
Why: one of the two is wrong.
Basis: custom. The calendar.
Example: 2025年……8月11日（星期三）, which was a Monday.
Counter-example: 每周三, a date without any year before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._figures import chinese, dates
from luoshi.core.reading.model import Span

META = Meta(
    code="T118",
    title="日期与星期不符",
    family="text",
    severity="warning",
    basis="custom",
    why="日期和星期总有一个写错了。请查日历后改正。",
)
_DAY = re.compile(r"[\s，,]*[（(]?(?:星期|周|礼拜)([一二三四五六日天])(?![期])[）)]?")
_NAMES = "一二三四五六日"


def find(page: Page) -> Iterator[Objection]:
    """Object to every date with the wrong day of the week."""
    if "期" not in page.text and "周" not in page.text:
        return
    for dated in dates(page):
        match = _DAY.match(page.text, dated.end)
        day = dated.last()
        if match is None or day is None or not dated.day:
            continue
        right = _NAMES[day.weekday()]
        if right == match[1].replace("天", "日"):
            continue
        span = Span(dated.start, match.end())
        message = f"{chinese(day)}是星期{right}，不是“星期{match[1]}”。"
        yield Objection((span,), message)
