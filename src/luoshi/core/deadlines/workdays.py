"""Working days, and deadlines counted in days.

Source: the first day does not count (民法典 201); a last day on a legal holiday moves to the
next working day (民法典 203). Which Saturdays are worked is known only from the State
Council's yearly notice (data/workdays): outside it a date is an estimate and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.core.knowledge import derived, names, table

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkTable:
    """Days off, weekend days worked, and the years for which the table is complete."""

    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Tell whether a day is worked; in a year without a table the week decides."""
        return day in self.on or (day.weekday() < 5 and day not in self.off)

    def covers(self, first: date, last: date) -> bool:
        """Tell whether the table is complete from one day to another."""
        return all(year in self.years for year in range(first.year, last.year + 1))


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline; ``estimate``: it reaches into a year whose notice is not out yet."""

    day: date
    estimate: bool


@derived
def official() -> WorkTable:
    """Return the table of the yearly notices: the package's, and those imported since."""
    rows = [table(f"workdays/{name}") for name in names("workdays")]
    return WorkTable(
        frozenset(
            first + _DAY * n
            for row in rows
            for first, last in row["off"]
            for n in range((last - first).days + 1)
        ),
        frozenset(day for row in rows for day in row["on"]),
        frozenset(row["year"] for row in rows),
    )


def working_days_after(known: WorkTable, start: date, count: int) -> Due:
    """Return the last of ``count`` working days after a day, which itself does not count.

    Raises ``ValueError`` for a count below one.
    """
    _at_least_one(count)
    day, left = start, count
    while left:
        day += _DAY
        left -= known.is_working(day)
    return Due(day, not known.covers(start + _DAY, day))


def days_after(known: WorkTable, start: date, count: int) -> Due:
    """Return the last of ``count`` natural days after a day, moved on to a working day.

    Raises ``ValueError`` for a count below one.
    """
    _at_least_one(count)
    day = start + _DAY * count
    while not known.is_working(day):
        day += _DAY
    return Due(day, not known.covers(day, day))


def _at_least_one(count: int) -> None:
    if count < 1:
        raise ValueError("a deadline has at least one day")
