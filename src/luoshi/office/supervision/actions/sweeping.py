"""What the sweep writes: each action many rows with one entry, and nothing twice.

All lock the office's row first, so that two sweeps at once come one after the other, and look
again at what is there: a sweep that was killed and runs again finds its own work done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max

from luoshi.core.deadlines.workdays import official, working_days_after
from luoshi.core.supervision import reasons, slips
from luoshi.core.supervision.thresholds import Thresholds
from luoshi.office.accounts.models import Office
from luoshi.office.journal import clock
from luoshi.office.journal.act import SYSTEM, Act, Actor, action
from luoshi.office.journal.errors import NotAllowed
from luoshi.office.supervision.models import Slip, SweepRun
from luoshi.office.supervision.plan import New, Plan, late_days
from luoshi.office.supervision.story import line


def _require_system(by: Actor) -> None:
    if by is not SYSTEM:
        raise NotAllowed("督办单由每天的巡查送达，不能由个人送达。")


@action("sweep.begin", "开始巡查", needs="")
def begin(act: Act, *, by: Actor, office: int, missed: Sequence[date], note: str) -> SweepRun:
    """Record that the sweep begins today, and the days on which it did not run."""
    _require_system(by)
    where = act.lock(Office, office)
    today = clock.today()
    there = {
        row.day: row for row in SweepRun.objects.filter(office=where, day__in=[*missed, today])
    }
    for day in missed:
        if day not in there:
            act.save(SweepRun(office=where, day=day, state=SweepRun.State.MISSED))
    row = there.get(today) or SweepRun(office=where, day=today, state=SweepRun.State.RUNNING)
    row.started_at = row.started_at or act.time
    row.note = (row.note or note)[:300]
    act.save(row)
    act.about(row, facts={"day": today.isoformat(), "count": len(missed)})
    return row


@action("sweep.end", "结束巡查", needs="")
def end(act: Act, *, by: Actor, run: int, figures: Mapping[str, Any]) -> SweepRun:
    """Record what the sweep found; a second run of the same day adds to what the first did."""
    _require_system(by)
    row = act.lock(SweepRun, run)
    for name, value in figures.items():
        added = getattr(row, name) + value if name in _ADDED else value
        setattr(row, name, added)
    row.state, row.ended_at = SweepRun.State.DONE, act.time
    act.save(row)
    act.about(row, facts={"day": row.day.isoformat(), "count": row.served})
    return row


_ADDED = frozenset({"served", "late", "urged", "raised", "ended", "archived", "unserved"})


@action("slip.serve", "送达督办单", needs="")
def serve(
    act: Act, *, by: Actor, office: int, plan: Plan, limits: Thresholds, last_run: date | None
) -> tuple[int, int, int]:
    """Serve new slips and write down what became of others.

    Returns how many were served, how many of these late, and how many others ended.
    """
    _require_system(by)
    where = act.lock(Office, office)
    made = [_slip(where, one, limits, last_run) for one in _still_new(office, plan.new)]
    number = Slip.objects.filter(office=where).aggregate(last=Max("number"))["last"] or 0
    for one in made:
        number += 1
        one.number = number
    act.create_many(made)
    ended = _end(act, office, plan, {one.subject: one.number for one in made})
    act.about(where, facts={"count": len(made), "day": clock.today().isoformat()})
    return len(made), sum(one.late_days > 0 for one in made), ended


def _still_new(office: int, new: Sequence[New]) -> list[New]:
    """Return those that nobody has served since they were planned."""
    rows = Slip.objects.filter(office=office, subject__in=[one.subject for one in new])
    there: dict[str, list[tuple[str, str, bool]]] = {}
    for subject, reason, period, is_open in rows.values_list(
        "subject", "reason", "period", "is_open"
    ):
        there.setdefault(subject, []).append((reason, period, is_open))

    def wanted(one: New) -> bool:
        return not any(
            reason == one.signal.reason and (is_open or period == one.signal.period)
            for reason, period, is_open in there.get(one.subject, ())
        )

    return [one for one in new if wanted(one)]


def _slip(office: Office, one: New, limits: Thresholds, last_run: date | None) -> Slip:
    today, signal = clock.today(), one.signal
    answer = raised = None
    estimate = signal.estimate
    if signal.colour != "blue":
        due = working_days_after(official(), today, limits[f"answer_{signal.colour}"])
        answer, estimate = due.day, estimate or due.estimate
    if signal.colour == "red":
        raised = working_days_after(official(), today, limits["escalate"]).day
    return Slip(
        office=office, subject=one.subject, commitment_id=one.commitment, title=one.title,
        link=one.link, reason=signal.reason, colour=signal.colour, period=signal.period,
        since=signal.since, words=reasons.sentence(signal), others=list(one.others),
        estimate=estimate, state="served", is_open=True, person_id=one.person, served_on=today,
        late_days=late_days(signal, today, last_run), answer_by=answer, raise_on=raised,
    )  # fmt: skip


def _end(act: Act, office: int, plan: Plan, numbers: Mapping[str, int]) -> int:
    """Close what ends by itself, and note where a reason is gone or has come back."""
    replaced = {key: numbers[subject] for key, subject in plan.replaced if subject in numbers}
    wanted = {*replaced, *plan.lapsed, *plan.gone, *plan.back}
    lapsed, gone, back = set(plan.lapsed), set(plan.gone), set(plan.back)
    lines, ended = [], 0
    for row in Slip.objects.filter(office=office, pk__in=wanted).order_by("pk"):
        before, note, verb = row.state, "", ""
        if row.pk in replaced and slips.target("replace", row.state):
            verb, note = "replace", f"由第{replaced[row.pk]}号接续"
        elif row.pk in lapsed and slips.target("lapse", row.state):
            verb, note = "lapse", "事由已经消除"
        if verb:
            row.state, row.closed_on = "closed", clock.today()
            ended += 1
        elif row.pk in gone and row.gone_on is None and row.is_open:
            verb, row.gone_on = "gone", clock.today()
        elif row.pk in back and row.gone_on is not None and row.is_open:
            verb, row.gone_on = "back", None
        else:
            continue
        row.version += 1
        act.save(row)
        lines.append(line(act, row, verb, before, note))
    act.create_many(lines)
    return ended


@action("slip.urge", "催办督办单", needs="")
def urge(act: Act, *, by: Actor, office: int, keys: Sequence[int]) -> int:
    """Urge those whose answer is overdue; return how many."""
    _require_system(by)
    where, today = act.lock(Office, office), clock.today()
    rows = Slip.objects.filter(office=where, pk__in=keys, answer_by__lt=today).order_by("pk")
    lines = []
    for row in rows:
        target, before = slips.target("urge", row.state), row.state
        if target is None:
            continue
        row.state, row.version = target, row.version + 1
        act.save(row)
        words = f"反馈期限是{row.answer_by}，已经超过，请尽快反馈" if row.answer_by else ""
        lines.append(line(act, row, "urge", before, words))
    act.create_many(lines)
    act.about(where, facts={"count": len(lines), "day": today.isoformat()})
    return len(lines)


@action("slip.raise", "督办单送上一级", needs="")
def escalate(
    act: Act, *, by: Actor, office: int, keys: Sequence[int], above: Mapping[int, int],
    limits: Thresholds,
) -> int:  # fmt: skip
    """Put red slips before the next level; return how many. ``above``: who directs whom today."""
    _require_system(by)
    where, today = act.lock(Office, office), clock.today()
    again = working_days_after(official(), today, limits["escalate"]).day
    rows = Slip.objects.filter(office=where, pk__in=keys, raise_on__lt=today, is_open=True)
    lines = []
    for row in rows.order_by("pk"):
        boss = above.get(row.raised_to_id or row.person_id or 0)
        # Nobody is above, or the same person comes again: it has reached the top.
        if boss is None or boss in {row.person_id, row.raised_to_id}:
            row.raise_on = None
        else:
            row.raised_to_id, row.raise_on, row.level = boss, again, row.level + 1
            lines.append(line(act, row, "raise", row.state, f"第{row.level}次上送"))
        row.version += 1
        act.save(row)
    act.create_many(lines)
    act.about(where, facts={"count": len(lines), "day": today.isoformat()})
    return len(lines)


@action("slip.archive", "督办单归档", needs="")
def archive(act: Act, *, by: Actor, office: int, keys: Sequence[int], until: date) -> int:
    """Archive slips that were closed on a day or before; return how many."""
    _require_system(by)
    where, lines = act.lock(Office, office), []
    rows = Slip.objects.filter(office=where, pk__in=keys, state="closed", closed_on__lte=until)
    for row in rows.order_by("pk"):
        before, row.state, row.version = row.state, "archived", row.version + 1
        act.save(row)
        lines.append(line(act, row, "archive", before))
    act.create_many(lines)
    act.about(where, facts={"count": len(lines), "day": clock.today().isoformat()})
    return len(lines)
