"""What is to be said of an item on a day, gravest first: the facts decide, nobody is asked.

Source: three colours (DOMAIN.md §3); a last day on a holiday moves to the next working day
(民法典 203); the figures are thresholds, all of them defaults (docs/supervision.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from luoshi.core.deadlines.workdays import Due, WorkTable, working_days_after
from luoshi.core.supervision import reasons
from luoshi.core.supervision.facts import Item, Signal
from luoshi.core.supervision.thresholds import Thresholds

_DAY = timedelta(days=1)


class Today:
    """A day with its thresholds and working days: what all items of a sweep are judged by."""

    def __init__(self, day: date, limits: Thresholds, known: WorkTable) -> None:
        self.day, self.limits, self.known = day, limits, known
        self.soon = working_days_after(known, day, limits["soon"])
        self.check_soon = working_days_after(known, day, limits["check_soon"])
        # A day off between the last working day and the next belongs to the stretch before it.
        self.horizon = max(self.soon.day, self.check_soon.day) + _DAY * 15
        self._due: dict[date, Due] = {}

    def due(self, day: date) -> Due:
        """Return a deadline moved on to a working day."""
        found = self._due.get(day)
        if found is None:
            moved = day
            while not self.known.is_working(moved):
                moved += _DAY
            found = self._due[day] = Due(moved, not self.known.covers(day, moved))
        return found

    def left(self, due: date) -> int:
        """Return how many working days remain after today, the deadline's own day included."""
        days = (self.day + _DAY * n for n in range(1, (due - self.day).days + 1))
        return sum(map(self.known.is_working, days))

    def first_day_of_notice(self, due: date, count: int) -> date:
        """Return the first day on which no more than ``count`` working days remain."""
        day = due
        while count or not self.known.is_working(day):
            count -= self.known.is_working(day)
            day -= _DAY
        return day


def signals(item: Item, today: Today) -> tuple[Signal, ...]:
    """Return what is to be said of an item, the gravest first; empty when nothing is."""
    look = _STAGES[item.stage]
    found = list(look(item, today))
    if len(found) > 1:
        found.sort(key=lambda one: reasons.gravity(one.reason))
    return tuple(found)


def passed_reminders(item: Item, today: Today, since: date) -> Iterator[tuple[str, str]]:
    """Yield reason and period of the reminders that fell due after a day and are too late now.

    That they were not served is the omission of a sweep that did not run in the meantime.
    """
    for reason, day in (("due_soon", item.deadline), ("check_soon", item.next_check)):
        if day is None or day >= today.day:
            continue
        due = today.due(day).day
        count = today.limits["soon" if reason == "due_soon" else "check_soon"]
        if due < today.day and today.first_day_of_notice(due, count) > since:
            yield reason, day.isoformat()


def _working(item: Item, today: Today) -> Iterator[Signal]:
    yield from _deadline(item, today)
    last = item.last or item.starts
    if last is not None and (today.day - last).days >= today.limits["silent"]:
        yield _quiet("silent", last, today.limits["silent"], today)
    yield from _schedule(item, today)
    yield from _direction(item)


def _waiting(item: Item, today: Today) -> Iterator[Signal]:
    """While others decide, the deadline is not the owner's to keep; a procedure can stand still."""
    last = item.last or item.starts
    if last is not None and (today.day - last).days >= today.limits["stalled"]:
        yield _quiet("stalled", last, today.limits["stalled"], today)


def _standing(item: Item, today: Today) -> Iterator[Signal]:
    yield from _direction(item)
    if item.next_check is None:
        return
    if item.next_check >= today.horizon:
        return
    due = today.due(item.next_check)
    words = {"next_check": item.next_check.isoformat(), "due": due.day.isoformat()}
    yield from _on_day(("check_soon", "check_overdue"), item.next_check, due, words, today)


def _suspended(item: Item, today: Today) -> Iterator[Signal]:
    if item.returns_on is not None and item.returns_on < today.day:
        days = (today.day - item.returns_on).days
        figures = {"returns_on": item.returns_on.isoformat(), "days": str(days)}
        period = f"{item.returns_on}:{days // today.limits['repeat']}"
        yield _signal("not_resumed", period, item.returns_on + _DAY, figures)


_STAGES = {
    "working": _working, "waiting": _waiting, "standing": _standing, "suspended": _suspended,
}  # fmt: skip


def _signal(
    reason: str, period: str, since: date, figures: dict[str, str], estimate: bool = False
) -> Signal:
    return Signal(reason, reasons.known()[reason].colour, period, since, figures, estimate)


def _deadline(item: Item, today: Today) -> Iterator[Signal]:
    if item.deadline is None or item.deadline >= today.horizon:
        return
    due = today.due(item.deadline)
    words = {"deadline": item.deadline.isoformat(), "due": due.day.isoformat()}
    yield from _on_day(("due_soon", "overdue"), item.deadline, due, words, today)


def _on_day(
    names: tuple[str, str], day: date, due: Due, words: dict[str, str], today: Today
) -> Iterator[Signal]:
    """Say that a day comes near, or that it has passed; again after so many days."""
    near, past = names
    late = (today.day - due.day).days
    if late > 0:
        period = f"{day}:{late // today.limits['repeat']}"
        figures = {**words, "days": str(late)}
        yield _signal(past, period, due.day + _DAY, figures, due.estimate)
        return
    until = today.soon if near == "due_soon" else today.check_soon
    if due.day <= until.day:
        count = today.limits["soon" if near == "due_soon" else "check_soon"]
        figures = {**words, "left": str(today.left(due.day))}
        since = today.first_day_of_notice(due.day, count)
        yield _signal(near, day.isoformat(), since, figures, due.estimate or until.estimate)


def _quiet(reason: str, last: date, limit: int, today: Today) -> Signal:
    days = (today.day - last).days
    turn = days // limit
    figures = {"last": last.isoformat(), "days": str(days), "limit": str(limit)}
    return _signal(reason, f"{last}:{turn}", last + _DAY * limit * turn, figures)


def _schedule(item: Item, today: Today) -> Iterator[Signal]:
    """Compare what was done with the share of the time that has gone by."""
    if item.starts is None or item.deadline is None or item.deadline <= item.starts:
        return
    whole = (item.deadline - item.starts).days
    elapsed = min((today.day - item.starts).days * 100 // whole, 100)
    limits = today.limits
    if elapsed < limits["half"]:
        return
    stage = "late" if elapsed >= limits["late_half"] else "half"
    period = f"{item.deadline}:{stage}"
    since = _at(item, limits["late_half" if stage == "late" else "half"])
    shown = {"elapsed": str(elapsed)}
    if item.evidence == 0:
        yield _signal("no_evidence", period, since, {**shown, "wanted": str(item.wanted)})
    elif item.independent == 0 and stage == "late":
        yield _signal("poor_evidence", period, since, {**shown, "evidence": str(item.evidence)})
    if item.baseline is None or item.target is None or item.baseline == item.target:
        return
    if item.value is None or item.read_on is None:
        yield _signal("no_reading", period, since, shown)
        return
    done = int((item.baseline - item.value) * 100 / (item.baseline - item.target))
    if elapsed - done > limits["behind"] and done < 100:
        figures = {**shown, "done": str(max(done, 0)), "value": _number(item.value),
                   "read_on": item.read_on.isoformat(), "baseline": _number(item.baseline),
                   "target": _number(item.target)}  # fmt: skip
        yield _signal("behind", period, since, figures)


def _at(item: Item, percent: int) -> date:
    """Return the first day on which so many percent of the time have gone by."""
    assert item.starts is not None
    assert item.deadline is not None
    whole = (item.deadline - item.starts).days
    return item.starts + _DAY * -(-whole * percent // 100)


def _direction(item: Item) -> Iterator[Signal]:
    """Say that the last reading is farther from the target than the one before it."""
    if item.value is None or item.before is None or item.target is None or item.baseline is None:
        return
    if _missing(item, item.value) > _missing(item, item.before) and _missing(item, item.value) > 0:
        assert item.read_on is not None
        assert item.before_on is not None
        figures = {
            "baseline": _number(item.baseline), "target": _number(item.target),
            "before": _number(item.before), "before_on": item.before_on.isoformat(),
            "value": _number(item.value), "read_on": item.read_on.isoformat(),
        }  # fmt: skip
        yield _signal("wrong_way", item.read_on.isoformat(), item.read_on, figures)


def _missing(item: Item, value: Decimal) -> Decimal:
    """Return how far a value is from the target; below zero: better than asked."""
    assert item.target is not None
    assert item.baseline is not None
    return value - item.target if item.baseline >= item.target else item.target - value


def _number(value: Decimal) -> str:
    words = f"{value:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words
