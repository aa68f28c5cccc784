"""The daily sweep: looks at everything, serves what is to be served, records that it ran.

It may be killed at any moment and run again, run twice a day, or run twice at once: what it does
follows from what is there, and every slip is served once. A clock that is behind the journal stops
it before anything is written; the next run says so.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Max

from luoshi.core.deadlines.workdays import official
from luoshi.core.supervision import flags, reasons, schedule, slips
from luoshi.core.supervision.facts import Item, Signal
from luoshi.core.supervision.signals import Today, passed_reminders, signals
from luoshi.core.supervision.thresholds import Thresholds
from luoshi.office.accounts.models import Office, Post
from luoshi.office.accounts.permissions import on_day
from luoshi.office.journal import clock
from luoshi.office.journal.act import SYSTEM
from luoshi.office.journal.errors import ClockBackwards
from luoshi.office.ledger.models import Commitment
from luoshi.office.supervision import collect, things, trouble
from luoshi.office.supervision.actions import sweeping
from luoshi.office.supervision.limits import limits_of
from luoshi.office.supervision.models import Slip, SweepRun
from luoshi.office.supervision.plan import Held, New, Plan, decide
from luoshi.office.supervision.things import Thing

_log = logging.getLogger(__name__)
BATCH = 2000  # slips written in one transaction
_ITEM = "ledger.commitment:"
#: Deadlines of so many days ahead are to be covered by the table of working days.
AHEAD = timedelta(days=90)


def sweep() -> list[SweepRun]:
    """Run the sweep for every office; return the records of the runs.

    Raises ``ValueError`` when the thresholds cannot be read, ``ClockBackwards`` when the machine's
    clock is behind the journal; then nothing is written.
    """
    offices = list(Office.objects.order_by("pk"))
    limits = {office.pk: limits_of(office.pk, office.name) for office in offices}
    try:
        return [_Sweep(office, limits[office.pk]).run() for office in offices]
    except ClockBackwards:
        trouble.note(f"{clock.now().isoformat(timespec='minutes')} 本机时间倒退，巡查没有运行")
        raise


def last_day(office: int) -> date | None:
    """Return the day of the last run that came to its end."""
    rows = SweepRun.objects.filter(office=office, state=SweepRun.State.DONE)
    found: date | None = rows.aggregate(last=Max("day"))["last"]
    return found


class _Sweep:
    """One run for one office."""

    def __init__(self, office: Office, limits: Thresholds) -> None:
        self.office, self.limits = office, limits
        self.day = clock.today()
        self.today = Today(self.day, limits, official())
        rows = SweepRun.objects.filter(office=office, state=SweepRun.State.DONE, day__lt=self.day)
        self.last_run: date | None = rows.aggregate(last=Max("day"))["last"]
        self.missed = schedule.missed_days(self.last_run, self.day)
        self.figures = dict.fromkeys(
            ("looked", "found", "served", "late", "urged", "raised", "ended", "archived",
             "unserved"), 0,
        )  # fmt: skip
        self.failed: list[str] = []
        self.plan = Plan()

    def run(self) -> SweepRun:
        """Look at everything once; return the record."""
        row = sweeping.begin(
            by=SYSTEM, office=self.office.pk, missed=self.missed, note=trouble.take()
        )
        for chunk in collect.chunks(collect.keys(self.office.pk)):
            self._items(chunk)
        self._looked_at_no_more()
        self._things()
        self._write()
        self._follow_up()
        outcome = self.figures | {
            "failed": self.failed, "flags": self._flags(),
            "estimate": not official().covers(self.day, self.day + AHEAD),
        }  # fmt: skip
        return sweeping.end(by=SYSTEM, run=row.pk, figures=outcome)

    def _items(self, chunk: Sequence[Item]) -> None:
        held = self._held(commitment__among=array("q", (item.key for item in chunk)))
        for item in chunk:
            self._one(f"{_ITEM}{item.key}", item, held.get(f"{_ITEM}{item.key}", ()))
        if len(self.plan) >= BATCH:
            self._write()

    def _held(self, **conditions: object) -> dict[str, list[Held]]:
        """Return slips by subject; conditions name things of this office.

        Beside keys the office's own number would lead SQLite to read all of its slips.
        """
        found: dict[str, list[Held]] = {}
        rows = Slip.objects.filter(**conditions).order_by()
        for key, subject, reason, period, state, gone in rows.values_list(
            "pk", "subject", "reason", "period", "state", "gone_on"
        ):
            one = Held(key, subject, reason, period, state, gone is not None)
            found.setdefault(subject, []).append(one)
        return found

    def _one(
        self, subject: str, item: Item, held: Sequence[Held], thing: Thing | None = None
    ) -> None:
        self.figures["looked"] += 1
        found = signals(item, self.today)
        self.figures["found"] += bool(found)
        if self.missed and found:
            self._unserved(item, held, found)
        if not found and not held:
            return
        main = decide(self.plan, subject, found, held)
        if main is not None:
            others = tuple(reasons.sentence(one) for one in found if one is not main)
            self.plan.new.append(
                New(
                    subject, None if thing else item.key, thing.title if thing else "",
                    thing.link if thing else "", item.owner, main, others,
                )
            )  # fmt: skip

    def _unserved(self, item: Item, held: Sequence[Held], found: tuple[Signal, ...]) -> None:
        """Count reminders that fell due while the sweep was off and are too late by now."""
        if self.last_run is None or not {"overdue", "check_overdue"} & {s.reason for s in found}:
            return
        served = {(one.reason, one.period) for one in held}
        passed = set(passed_reminders(item, self.today, self.last_run))
        self.figures["unserved"] += len(passed - served)

    def _looked_at_no_more(self) -> None:
        """End the slips of items that are done, withdrawn or not yet agreed."""
        rows = Slip.objects.filter(office=self.office, is_open=True, commitment__isnull=False)
        gone = rows.exclude(
            commitment__is_open=True, commitment__state__in=list(reasons.stages())
        ).values_list("pk", flat=True)
        keys = list(gone.order_by("pk"))
        for start in range(0, len(keys), BATCH):
            for subject, held in self._held(pk__among=keys[start : start + BATCH]).items():
                decide(self.plan, subject, (), held)
            self._write()

    def _things(self) -> None:
        """Look at what the apps above have registered; one that fails stops nobody else."""
        seen: set[str] = set()
        for name, provider in things.providers():
            try:
                found = list(provider(self.office.pk, self.day))
            except Exception:  # noqa: BLE001  # whatever it was: the others must be looked at
                _log.exception("provider of things to supervise failed")
                self.failed.append(name)
                continue
            for start in range(0, len(found), BATCH):
                part = found[start : start + BATCH]
                held = self._held(office=self.office, subject__in=[thing.subject for thing in part])
                for thing in part:
                    seen.add(thing.subject)
                    self._one(thing.subject, thing.item, held.get(thing.subject, ()), thing)
                self._write()
        if not self.failed:  # a thing that could not be looked at is not gone
            left = self._held(office=self.office, is_open=True, commitment__isnull=True)
            for subject, slips_held in left.items():
                if subject not in seen:
                    decide(self.plan, subject, (), slips_held)

    def _write(self) -> None:
        if not len(self.plan):
            return
        plan, self.plan = self.plan, Plan()
        for part in _parts(plan):
            served, late, ended = sweeping.serve(
                by=SYSTEM, office=self.office.pk, plan=part, limits=self.limits,
                last_run=self.last_run,
            )  # fmt: skip
            for name, count in (("served", served), ("late", late), ("ended", ended)):
                self.figures[name] += count

    def _follow_up(self) -> None:
        """Urge, put before the next level, archive."""
        rows = Slip.objects.filter(office=self.office)
        urged = rows.filter(state__in=slips.moves()["urge"].sources, answer_by__lt=self.day)
        for keys in _batches(urged.filter(gone_on=None)):
            self.figures["urged"] += sweeping.urge(by=SYSTEM, office=self.office.pk, keys=keys)
        above = superiors(self.office.pk, self.day)
        late = rows.filter(is_open=True, raise_on__lt=self.day, gone_on=None)
        for keys in _batches(late):
            self.figures["raised"] += sweeping.escalate(
                by=SYSTEM, office=self.office.pk, keys=keys, above=above, limits=self.limits
            )
        until = self.day - timedelta(days=self.limits["archive"])
        for keys in _batches(rows.filter(state="closed", closed_on__lte=until)):
            self.figures["archived"] += sweeping.archive(
                by=SYSTEM, office=self.office.pk, keys=keys, until=until
            )

    def _flags(self) -> list[dict[str, str]]:
        since = self.day - timedelta(days=365)
        overdue = Commitment.objects.filter(
            office=self.office,
            is_open=True,
            deadline__lt=self.day,
            state__in=list(reasons.stages()),
        ).count()
        done = collect.completions(self.office.pk, since)
        found = flags.flags(done, overdue, self.day, self.limits)
        return [{"key": one.key, "label": one.label, "words": one.words} for one in found]


def _parts(plan: Plan) -> Iterator[Plan]:
    """Yield a plan in parts of bounded size; what belongs together stays together."""
    taken_over: dict[str, list[tuple[int, str]]] = {}
    for key, subject in plan.replaced:
        taken_over.setdefault(subject, []).append((key, subject))
    rest = Plan(lapsed=plan.lapsed, gone=plan.gone, back=plan.back)
    for start in range(0, max(len(plan.new), 1), BATCH):
        part = rest if start == 0 else Plan()
        part.new = plan.new[start : start + BATCH]
        part.replaced = [pair for one in part.new for pair in taken_over.get(one.subject, ())]
        yield part


def _batches(rows: object) -> Iterator[list[int]]:
    keys = list(rows.order_by("pk").values_list("pk", flat=True))  # type: ignore[attr-defined]
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def superiors(office: int, day: date) -> dict[int, int]:
    """Return who directs whom on a day: the superior of a post, else who leads the unit.

    Of several posts the one held longest counts.
    """
    posts = list(
        Post.objects.filter(on_day(day), office=office, person__active=True)
        .order_by("starts", "pk")
        .values_list("person_id", "unit_id", "leads", "superior_id")
    )
    active = {person for person, _, _, _ in posts}
    leads: dict[int, int] = {}
    for person, unit, leader, _ in posts:
        if leader:
            leads.setdefault(unit, person)
    found: dict[int, int] = {}
    for person, unit, _, superior in posts:
        boss = superior if superior in active else leads.get(unit)
        if boss is not None and boss != person:
            found.setdefault(person, boss)
    return found
