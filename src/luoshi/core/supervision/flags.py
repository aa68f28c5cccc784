"""What is said of a whole ledger: a question with its figures, never a verdict on a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from luoshi.core.supervision.thresholds import Thresholds

_YEAR = timedelta(days=365)


class Completion(NamedTuple):
    """An item that was said to be done on a day; ``outside``: with evidence not the owner's own."""

    done_on: date
    deadline: date | None
    closed: bool
    outside: bool


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that looks wrong in a ledger: a key, what it says, the figures it rests on."""

    key: str
    label: str
    words: str


@dataclass(slots=True)
class _Tally:
    """The completions of a year, counted as they come by: a ledger may have a million."""

    done: int = 0
    near: int = 0
    closed: int = 0
    late: int = 0
    outside: int = 0


def flags(
    done: Iterable[Completion], overdue: int, today: date, limits: Thresholds
) -> tuple[Flag, ...]:
    """Return what looks wrong in the completions of the year before a day.

    ``overdue`` is how many open items are past their deadline. Completions after the day and
    older than a year are left out.
    """
    width = timedelta(days=limits["bunch_days"])
    windows = [(end - width, end) for end in _appraisals(today, limits)]
    count = _Tally()
    for one in done:
        if today - _YEAR < one.done_on <= today:
            count.done += 1
            count.near += any(start < one.done_on <= end for start, end in windows)
            if one.closed:
                count.closed += 1
                count.late += one.deadline is not None and one.done_on > one.deadline
                count.outside += one.outside
    found = (_bunching(count, limits), _too_good(count, overdue, limits))
    return tuple(flag for flag in found if flag is not None)


def _bunching(count: _Tally, limits: Thresholds) -> Flag | None:
    if count.done < limits["bunch_least"]:
        return None
    percent = count.near * 100 // count.done
    if percent < limits["bunch_percent"]:
        return None
    words = (
        f"一年内报告完成{count.done}项，其中{count.near}项（{percent}%）集中在考核日期前"
        f"{limits['bunch_days']}天之内。这些事项是不是突击完成的？请抽查现场。"
    )
    return Flag("bunching", "集中在考核前完成", words)


def _too_good(count: _Tally, overdue: int, limits: Thresholds) -> Flag | None:
    if count.closed < limits["good_least"] or overdue or count.late or count.outside:
        return None
    words = (
        f"一年内销号{count.closed}项，全部按期（{count.closed}/{count.closed}），没有一项超期未办，"
        f"也没有一件佐证来自责任人以外（0/{count.closed}）。真实的台账很少这样，请抽查现场。"
    )
    return Flag("too_good", "台账过于完美", words)


def _appraisals(today: date, limits: Thresholds) -> list[date]:
    years = (today.year - 1, today.year)
    days = [date(year, month, day) for year in years for month, day in limits.appraisals]
    # A window that has begun counts, though its appraisal is still to come.
    return [day for day in days if day - _YEAR < today]
