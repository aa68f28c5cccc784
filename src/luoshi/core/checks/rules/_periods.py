"""Periods as documents print them: 2024年6月12日至14日, 9月至次年2月, 2019年至2024年."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._figures import ANY_YEAR, last_year

_TO = r"\s*(?:(?:一直)?(?:持续|延续)?(?:至|到)|—+|－|-|~|～|–)\s*"
_PERIOD = re.compile(
    r"(?P<m>\d(?<!\d\d)\d?)(?:月份?(?:(?P<d>\d{1,2})[日号])?)"
    rf"{_TO}(?:(?:(?P<y2>(?:19|20)\d\d)年|(?P<next>次年|翌年|第二年|今年|本年))\s*)?"
    r"(?:(?P<m2>\d{1,2})月份?)?(?:(?P<d2>\d{1,2})[日号])?(?P<late>底)?"
)
_YEARS = re.compile(r"(?P<y>(?:19|20)\d\d)年?度?" + _TO + r"(?P<y2>(?:19|20)\d\d)年")
_YEAR_BEFORE = re.compile(r"((?:19|20)\d\d)年$")


class Period(NamedTuple):
    """A period printed at ``[start, end)``: its first and last day as far as printed.

    ``years``, ``days`` tell whether the year of the first day and the days are printed;
    ``open_ended`` that the words say the last day is in the next year.
    """

    start: int
    end: int
    first: date
    last: date
    years: bool
    days: bool
    second_year: bool


@lru_cache(maxsize=1)
def periods(page: Page) -> tuple[Period, ...]:
    """Return the periods of the text whose days exist, in text order.

    Without a printed year they count in one year, whatever it is.
    """
    if not _MARK.search(page.text):
        return ()
    found = (_period(page, match) for match in _PERIOD.finditer(page.text))
    return tuple(period for period in found if period is not None)


_MARK = re.compile(r"[日月号份]\s*[持延一至到—－\-~～–]")


def _period(page: Page, match: re.Match[str]) -> Period | None:
    if not match["m2"] and not match["d2"]:
        return None
    if bool(match["d"]) != bool(match["d2"]):
        return None
    before = _YEAR_BEFORE.search(page.text, max(0, match.start() - 5), match.start())
    if match["next"] or (match["y2"] and not before):
        return None
    year = int(before[1]) if before else last_year(page) or ANY_YEAR
    months = int(match["m"]), int(match["m2"] or match["m"])
    if not all(1 <= month <= 12 for month in months):
        return None
    second = int(match["y2"] or year)
    ends = monthrange(year, months[0])[1], monthrange(second, months[1])[1]
    days = int(match["d"] or 1), int(match["d2"] or ends[1])
    if not (1 <= days[0] <= ends[0] and 1 <= days[1] <= ends[1]):
        return None
    start = before.start() if before else match.start()
    return Period(
        start,
        match.end(),
        date(year, months[0], days[0]),
        date(second, months[1], days[1]),
        bool(before),
        bool(match["d"]),
        bool(match["y2"]),
    )


@lru_cache(maxsize=1)
def spans_of_years(page: Page) -> tuple[tuple[int, int, int, int], ...]:
    """Return start, end, first and last year of every period of years."""
    return tuple((*m.span(), int(m["y"]), int(m["y2"])) for m in _YEARS.finditer(page.text))
