"""Which of many backups are kept: the newest, and the last of each day, week and month."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Retention:
    """How many of the newest are kept, and how many days, weeks and months have their last one.

    A backup is kept when any of the four numbers wants it; 0 wants none.
    """

    newest: int = 0
    daily: int = 0
    weekly: int = 0
    monthly: int = 0

    @property
    def is_set(self) -> bool:
        """Tell whether anything may go at all."""
        return any((self.newest, self.daily, self.weekly, self.monthly))


_PERIODS: dict[str, Callable[[datetime], Hashable]] = {
    "daily": lambda time: time.date(),
    "weekly": lambda time: time.isocalendar()[:2],
    "monthly": lambda time: (time.year, time.month),
}


def kept(times: Iterable[datetime], wanted: Retention) -> frozenset[datetime]:
    """Return which of these moments (in the office's time zone) are kept.

    The newest is kept whatever is wanted; all are, when nothing is set.
    """
    ordered = sorted(set(times), reverse=True)
    if not wanted.is_set:
        return frozenset(ordered)
    found = set(ordered[: max(wanted.newest, 1)])
    for name, period in _PERIODS.items():
        seen: list[Hashable] = []
        for time in ordered:
            mark = period(time)
            if mark in seen:
                continue
            if len(seen) >= getattr(wanted, name):
                break
            seen.append(mark)
            found.add(time)
    return frozenset(found)
