"""The stage on which the year is played: the calendar, the people, and what happens on which day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from luoshi.core.deadlines.workdays import official
from luoshi.office.accounts.models import Office, Person, Unit
from luoshi.office.examinations.models import Point
from luoshi.office.journal import clock
from luoshi.office.ledger.models import SpecialLedger

DAYS = 364
Event = Callable[[], object]
# Office hours begin when the sweep of the day is over.
_OPENS = time(8, 30)
_SWEEPS = time(6, 0)
_APART = timedelta(minutes=2)
_RECENT = 30


@dataclass
class Stage:
    """The office, who is in it, and a calendar of events.

    Days are told as so many before ``today``. ``points`` are the points of last year's material
    by their first words, ``at_work`` is called every working day after its events.
    """

    today: date
    office: Office
    units: dict[str, Unit]
    people: dict[str, Person]
    points: dict[str, Point] = field(default_factory=dict)
    special: SpecialLedger | None = None
    events: dict[int, list[Event]] = field(default_factory=dict)
    now: int = DAYS

    def day(self, ago: float) -> date:
        """Return the day so many days before today."""
        return self.today - timedelta(days=int(ago))

    def days_since(self, month: int, day: int) -> int:
        """Return how many days ago the last such day of a year was, a month at the least."""
        last = date(self.today.year, month, day)
        if (self.today - last).days < _RECENT:
            last = last.replace(year=last.year - 1)
        return (self.today - last).days

    def on(self, ago: float, event: Event) -> None:
        """Let something happen on a day, or on the next working day."""
        days = max(0, int(ago))
        while days and not official().is_working(self.day(days)):
            days -= 1
        self.events.setdefault(days, []).append(event)

    def chain(self, ago: float, first: Event, *later: tuple[int, Event]) -> None:
        """Let things follow each other: each so many days after the one before really happened.

        What would fall on a day to come has not happened.
        """

        def run() -> None:
            first()
            if later:
                (gap, event), *rest = later
                if self.now - gap > 0:
                    self.chain(self.now - gap, event, *rest)

        self.on(ago, run)

    def play(self, sweep: Event, daily: Event, missed: frozenset[int]) -> None:
        """Play all days up to yesterday, and what is left of today by the real clock.

        ``missed`` are the days on which the machine was off.
        """
        for ago in range(DAYS, 0, -1):
            self.now, day = ago, self.day(ago)
            if ago not in missed:
                with clock.played(_at(day, _SWEEPS)):
                    sweep()
            events = self.events.pop(ago, [])
            if ago not in missed and official().is_working(day):
                events.append(daily)
            for number, event in enumerate(events):
                with clock.played(_at(day, _OPENS) + number * _APART):
                    event()
        self.now = 0
        sweep()
        for event in self.events.pop(0, []):
            event()


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, clock.zone())
