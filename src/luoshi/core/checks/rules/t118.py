"""T118: a date and its day of the week that do not go together.

What: a date with a day of the week behind it (星期三, 周三) that the calendar does not give
it, in none of the years that it may be of where no year is printed.
Why: one of the two is wrong.
Basis: custom. The calendar.
Example: 2025年……8月11日（星期三）, which was a Monday.
Counter-example: 每周三; a date without any year that fits one of the years meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._figures import Dated, chinese, dates, possible_years
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
        days = _days(page, dated) if match and dated.day else []
        if match is None or not days:
            continue
        told = match[1].replace("天", "日")
        if any(_NAMES[day.weekday()] == told for day in days):
            continue
        span = Span(dated.start, match.end())
        day = days[0]
        message = f"{chinese(day)}是星期{_NAMES[day.weekday()]}，不是“星期{match[1]}”。"
        yield Objection((span,), message)


def _days(page: Page, dated: Dated) -> list[date]:
    """Return the days a printed date may be, one for each year it may be of."""
    found = []
    for year in possible_years(page, dated):
        day = dated._replace(year=year).last()
        if day is not None:
            found.append(day)
    return found
