"""What is said of a whole ledger: a question with its figures, never a verdict on a person."""

from __future__ import annotations

from collections.abc import Sequence
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


def flags(
    done: Sequence[Completion], overdue: int, today: date, limits: Thresholds
) -> tuple[Flag, ...]:
    """Return what looks wrong in the completions of the year before a day.

    ``overdue`` is how many open items are past their deadline. Completions after the day and
    older than a year are left out.
    """
    recent = [one for one in done if today - _YEAR < one.done_on <= today]
    found = (_bunching(recent, today, limits), _too_good(recent, overdue, limits))
    return tuple(flag for flag in found if flag is not None)


def _bunching(done: Sequence[Completion], today: date, limits: Thresholds) -> Flag | None:
    if len(done) < limits["bunch_least"]:
        return None
    width = timedelta(days=limits["bunch_days"])
    ends = [end for end in _appraisals(today, limits) if end - width < today]
    near = [one for one in done if any(end - width < one.done_on <= end for end in ends)]
    percent = len(near) * 100 // len(done)
    if percent < limits["bunch_percent"] or not near:
        return None
    words = (
        f"一年内报告完成{len(done)}项，其中{len(near)}项（{percent}%）集中在考核日期前"
        f"{limits['bunch_days']}天之内。这些事项是不是突击完成的？请抽查现场。"
    )
    return Flag("bunching", "集中在考核前完成", words)


def _appraisals(today: date, limits: Thresholds) -> list[date]:
    years = (today.year - 1, today.year)
    days = [date(year, month, day) for year in years for month, day in limits.appraisals]
    # A window that has begun counts, though its appraisal is still to come.
    return [day for day in days if day - _YEAR < today]


def _too_good(done: Sequence[Completion], overdue: int, limits: Thresholds) -> Flag | None:
    closed = [one for one in done if one.closed]
    if len(closed) < limits["good_least"] or overdue:
        return None
    if any(one.deadline is not None and one.done_on > one.deadline for one in closed):
        return None
    if any(one.outside for one in closed):
        return None
    words = (
        f"一年内销号{len(closed)}项，全部按期（{len(closed)}/{len(closed)}），没有一项超期未办，"
        f"也没有一件佐证来自责任人以外（0/{len(closed)}）。真实的台账很少这样，请抽查现场。"
    )
    return Flag("too_good", "台账过于完美", words)
