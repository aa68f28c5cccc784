"""What the pages of supervision show: a constant number of statements, however many rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from luoshi.core.supervision import reasons, slips
from luoshi.office.accounts.models import Person
from luoshi.office.accounts.permissions import acting_for
from luoshi.office.journal import clock
from luoshi.office.journal.models import Head
from luoshi.office.ledger.models import Commitment, Duty
from luoshi.office.supervision import story, trouble
from luoshi.office.supervision.models import Slip, SweepRun

_GRAVE = Case(
    *(When(colour=colour, then=Value(rank)) for rank, colour in enumerate(reasons.colours())),
    default=Value(9), output_field=IntegerField(),
)  # fmt: skip


def slips_of(office: int) -> QuerySet[Slip]:
    """Return the slips of an office with what a list shows of them, the gravest first."""
    rows = Slip.for_office(office).select_related("commitment", "person", "raised_to")
    return rows.order_by(_GRAVE, "answer_by", "pk")


@dataclass(frozen=True, slots=True)
class Digest:
    """What is a person's today: slips to answer, reminders, slips raised to them, to close."""

    answer: list[Slip]
    reminders: list[Slip]
    raised: list[Slip]
    review: list[Slip]
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """Return how many slips wait for the person."""
        return self.counts["answer"] + self.counts["raised"] + self.counts["review"]


SHOWN = 20


def digest(by: Person, *, reviews: bool, most: int = SHOWN) -> Digest:
    """Return what is a person's today; ``reviews``: they may close slips.

    At most ``most`` rows of each kind; the counts are whole.
    """
    own = acting_for(by)
    rows = slips_of(by.office_id).filter(is_open=True)
    asks = [key for key, state in slips.states().items() if state.asks]
    mine = rows.filter(person__in=own, state__in=asks)
    kinds = {
        "answer": mine.exclude(colour="blue"),
        "reminders": mine.filter(colour="blue"),
        "raised": rows.filter(raised_to__in=own).exclude(person__in=own),
        "review": rows.filter(state="answered").exclude(person__in=own),
    }
    if not reviews:
        kinds["review"] = rows.none()
    found = {name: list(held[:most]) for name, held in kinds.items()}
    counts = {
        name: len(found[name]) if len(found[name]) < most else held.count()
        for name, held in kinds.items()
    }
    return Digest(**found, counts=counts)


def deadlines(by: Person) -> QuerySet[Commitment]:
    """Return the open items that a person has in hand, by their deadlines or next checks."""
    own = Duty.objects.filter(person=by, ends__isnull=True).values("commitment")
    rows = Commitment.for_office(by.office_id).filter(
        Q(deadline__isnull=False) | Q(next_check__isnull=False),
        pk__in=own, is_open=True, state__in=list(reasons.stages()),
    )  # fmt: skip
    return rows.order_by(Coalesce("deadline", "next_check"), "pk")


def counts(office: int) -> dict[str, int]:
    """Return how many open slips there are of each colour."""
    rows = Slip.for_office(office).filter(is_open=True).order_by()
    found = dict(rows.values_list("colour").annotate(Count("pk")))
    return {colour: found.get(colour, 0) for colour in reasons.colours()}


def told(slip: Slip) -> list[dict[str, Any]]:
    """Return the story of a slip, what came last first."""
    marks = {"answer": "mark-good", "close": "mark-good", "urge": "mark-warn", "raise": "mark-bad",
             "return": "mark-bad"}  # fmt: skip
    moves = slips.moves()
    return [
        {
            "at": step.at, "who": step.by.name if step.by else "系统",
            "what": moves[step.verb].label if step.verb in moves else story.MORE.get(step.verb, ""),
            "state": slips.states()[step.after].label if step.after != step.before else "",
            "words": step.note, "mark": marks.get(step.verb, ""),
        }
        for step in slip.steps.select_related("by").order_by("-pk")
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """How the sweep stands: its last day, how many days ago, what is wrong right now."""

    last: date | None
    days: int | None
    warnings: tuple[str, ...]


def standing(office: int) -> Standing:
    """Return how the sweep of an office stands, with what anybody should know about it."""
    today = clock.today()
    rows = SweepRun.for_office(office).order_by("-day")
    runs = list(rows[:40])
    done = [run for run in runs if run.state == SweepRun.State.DONE]
    last = done[0].day if done else None
    warnings = []
    head = Head.objects.first()
    if head is not None and head.time is not None and head.time > clock.now():
        warnings.append(
            "本机时间早于最近一次留痕，时间可能被倒拨。校准以前不能巡查，也不能办理任何事项。"
        )
    if last is None:
        warnings.append("还没有巡查过。请让 luoshi serve 一直运行，或者每天运行 luoshi sweep。")
    elif (today - last).days > 1:
        warnings.append(f"已经{(today - last).days}天没有巡查，这期间应当送达的督办单都没有送达。")
    stuck = trouble.read()
    if stuck:
        warnings.append(f"上一次没有运行成：{stuck}。")
    if runs and runs[0].estimate:
        warnings.append(
            "今后90天内有的年份放假安排还没有公布，涉及的工作日是按周末推算的，公布后请管理员导入。"
        )
    return Standing(last, None if last is None else (today - last).days, tuple(warnings))
