"""Named conditions on items, by which figures open their rows and the list is narrowed.

A figure elsewhere is counted with the same condition that opens its rows, so that the two agree.
Conditions of a month rest on the history (`Step`): what happened in it, or how things stood at
its end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from luoshi.core.deadlines import workdays
from luoshi.core.workflow import table
from luoshi.office.accounts.models import Post
from luoshi.office.accounts.permissions import on_day
from luoshi.office.ledger import values
from luoshi.office.ledger.models import (
    Change,
    Commitment,
    Duty,
    Objection,
    Publication,
    Step,
    Verification,
)

SOON_DAYS = 7  # working days; default, unconfirmed
DECIDED_DAYS = 14  # how long an owner is shown what was decided; default, unconfirmed
_FIRST, _LAST = values.FIRST.year, values.LAST.year
CLOSED = frozenset({"watching", "confirmed"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a condition depends on: the office, the day, the month, who asks and for whom.

    ``own``: the persons in whose place the one who asks acts (`permissions.acting_for`).
    """

    office: int
    today: date
    month: date | None = None
    by: int = 0
    own: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """A condition with its Chinese ``label``; ``monthly`` ones mean a month that is given."""

    key: str
    label: str
    condition: Callable[[Asked], Q]
    monthly: bool = False


@cache
def in_hand_states() -> frozenset[str]:
    """Return the states of what was agreed and is not done: the problem is still there."""
    return frozenset(s.key for s in table.states().values() if s.open and s.active)


def month_of(day: date) -> date:
    """Return the first day of a month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    return month_of(month + timedelta(days=32))


def begins(day: date) -> datetime:
    """Return the moment at which a day begins in the office's time zone."""
    return timezone.make_aware(datetime.combine(day, time()))


def parse_month(text: str) -> date | None:
    """Return the first day of a month written as ``2026-03``, or None."""
    try:
        found = date.fromisoformat(f"{text}-01") if len(text) == 7 else None
    except ValueError:
        return None
    return found if found and _FIRST <= found.year <= _LAST else None


def soon_until(today: date) -> date:
    """Return the last day of the working days that are shown as near."""
    return workdays.working_days_after(workdays.official(), today, SOON_DAYS).day


def own(asked: Asked) -> Q:
    """Return the condition that an item is in the hand of who asks, or of somebody they act for."""
    rows = Duty.objects.filter(on_day(asked.today), person__in=sorted(asked.own))
    return Q(pk__in=rows.values("commitment_id"))


# What a step of the history did.
OPENED = Q(before__in=("", "draft"))
CLOSING = Q(after="watching") & ~Q(before="watching")
RELAPSING = Q(after="relapsed") & ~Q(before="relapsed")


def opened() -> Q:
    """Return the condition that a step made an item agreed: claimed, ordered or split off."""
    return OPENED & Q(after__in=sorted(in_hand_states()))


def within(month: date) -> Q:
    """Return the condition that a step lies in a month."""
    return Q(at__gte=begins(month), at__lt=begins(next_month(month)))


def _steps(asked: Asked, kind: Q) -> Q:
    month = asked.month or month_of(asked.today)
    rows = Step.objects.filter(kind, within(month), office=asked.office)
    return Q(pk__in=rows.exclude(before=F("after")).values("commitment_id"))


def _stood(asked: Asked) -> Q:
    """Return the items in hand at the end of a month (or now, while it runs)."""
    end = begins(next_month(asked.month or month_of(asked.today)))
    last = Step.objects.filter(commitment=OuterRef("pk"), at__lt=end).order_by("-id")
    rows = Commitment.objects.filter(office=asked.office).annotate(
        stood=Subquery(last.values("after")[:1])
    )
    return Q(pk__in=rows.filter(stood__in=sorted(in_hand_states())).values("pk"))


def _last_closing() -> Subquery:
    steps = Step.objects.filter(CLOSING, commitment=OuterRef("pk")).order_by("-id")
    return Subquery(steps.values("at")[:1])


def _closed(asked: Asked, *, on_time: bool | None = None) -> Q:
    """Return what is closed today and was closed in the month or since; in time, late or both."""
    since = asked.month or month_of(asked.today)
    rows = Commitment.objects.filter(office=asked.office, state__in=sorted(CLOSED)).annotate(
        closed_at=_last_closing()
    )
    rows = rows.filter(closed_at__gte=begins(since))
    if on_time:
        rows = rows.filter(deadline__isnull=False, closed_at__date__lte=F("deadline"))
    elif on_time is False:
        rows = rows.filter(deadline__isnull=False, closed_at__date__gt=F("deadline"))
    return Q(pk__in=rows.values("pk"))


def _closed_before(asked: Asked) -> Q:
    """Return what is closed today and was not closed in the month or since."""
    return Q(state__in=sorted(CLOSED)) & ~_closed(asked)


def _by_the_top(asked: Asked) -> Q:
    """Return items waiting for a check from outside, since the head or a deputy has them.

    Judged for a list: somebody with a part in it was head or deputy on a day of that part. What
    counts when somebody is named to verify is `independence.needs_outside`.
    """
    posts = Post.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=OuterRef("starts")),
        person=OuterRef("person"), rank__in=(Post.Rank.HEAD, Post.Rank.DEPUTY),
        starts__lte=asked.today,
    ).exclude(unit__kind="outside")  # fmt: skip
    duties = Duty.objects.filter(Exists(posts), commitment=OuterRef("pk"))
    return Q(state__in=("applied", "verifying")) & Q(Exists(duties))


def _changed(asked: Asked) -> Q:
    since = begins(asked.today - timedelta(days=DECIDED_DAYS))
    rows = Change.objects.filter(
        office=asked.office, state__in=(Change.State.APPROVED, Change.State.REFUSED),
        decided_at__gte=since,
    )  # fmt: skip
    return Q(pk__in=rows.values("commitment_id"))


def _objected(asked: Asked) -> Q:
    rows = Objection.objects.filter(office=asked.office, result=Objection.Result.OPEN)
    return Q(state="published", pk__in=rows.values("publication__commitment_id"))


def _shown_long_enough(asked: Asked) -> Q:
    rows = Publication.objects.filter(
        commitment=OuterRef("pk"), ended=False, ends__lt=asked.today
    )  # fmt: skip
    return Q(state="published") & Q(Exists(rows))


def _mine_to_verify(asked: Asked) -> Q:
    rows = Verification.objects.filter(verifier=asked.by, result=Verification.Result.OPEN)
    return Q(state="verifying", pk__in=rows.values("commitment_id"))


_SCOPES = (
    Scope("unassigned", "草稿，还没有提请认领", lambda a: Q(state="draft", proposed_on=None)),
    Scope("unclaimed", "等待认领", lambda a: Q(state="draft", proposed_on__isnull=False)),
    Scope(
        "soon", f"{SOON_DAYS}个工作日内到期",
        lambda a: Q(is_open=True, deadline__gte=a.today, deadline__lte=soon_until(a.today)),
    ),
    Scope("not_due", "没有到期", lambda a: Q(is_open=True, deadline__gte=a.today)),
    Scope("change_open", "变更等待审批", lambda a: Q(
        pk__in=Change.objects.filter(office=a.office, state=Change.State.OPEN)
        .values("commitment_id"))),
    Scope("change_decided", f"{DECIDED_DAYS}天内变更已有结果", _changed),
    Scope("to_assign", "等待指定核验人", lambda a: Q(state="applied")),
    Scope("my_check", "等我核验", _mine_to_verify),
    Scope("top", "主要领导、班子成员的事项，等待外部核验", _by_the_top),
    Scope("objected", "有异议等待处理", _objected),
    Scope("to_close", "公示期满，等待销号", _shown_long_enough),
    Scope(
        "confirm_due", "观察期满，等待确认", lambda a: Q(state="watching", watch_ends__lt=a.today)
    ),
    Scope("check_due", "长期坚持，该复查了", lambda a: Q(is_open=True, next_check__lte=a.today)),
    Scope("resume_due", "挂起到期", lambda a: Q(state="suspended", returns_on__lte=a.today)),
    Scope("no_unit", "没有责任单位", lambda a: Q(unit=None)),
    Scope("opened", "这个月新立的", lambda a: _steps(a, opened()), monthly=True),
    Scope("closed", "这个月销号的", lambda a: _steps(a, CLOSING), monthly=True),
    Scope("relapsed", "这个月反弹的", lambda a: _steps(a, RELAPSING), monthly=True),
    Scope("open_at", "这个月底仍在办的", _stood, monthly=True),
    Scope("closed_since", "这个月起销号、现在仍销号的", _closed, monthly=True),
    Scope("closed_before", "这个月以前销号的", _closed_before, monthly=True),
    Scope(
        "on_time", "这个月起按期销号的", lambda a: _closed(a, on_time=True), monthly=True
    ),
    Scope(
        "late_closed", "这个月起超期销号的", lambda a: _closed(a, on_time=False), monthly=True
    ),
)  # fmt: skip
SCOPES = {scope.key: scope for scope in _SCOPES}
