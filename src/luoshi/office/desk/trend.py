"""What happened month by month, from the items' histories; and how much was closed on time.

Nothing here reads how items stand today but the rate: what a month shows never changes once the
month is over. Such months are kept for as long as the journal goes on from where it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone

from luoshi.core.workflow import table
from luoshi.office.journal import clock
from luoshi.office.journal.models import Entry, Head
from luoshi.office.journal.standing import while_unchanged
from luoshi.office.ledger import scopes
from luoshi.office.ledger.models import Commitment, Step

LENGTHS = (12, 24)


@dataclass(frozen=True, slots=True)
class Month:
    """One month: items newly agreed, closed, relapsed; ``standing``: in hand at its end."""

    month: date
    opened: int
    closed: int
    relapsed: int
    standing: int

    @property
    def key(self) -> str:
        """Return the month as it stands in addresses."""
        return self.month.isoformat()[:7]


def months(office: int, length: int) -> list[Month]:
    """Return the last months of an office, oldest first, the running one included."""
    today = clock.today()
    return while_unchanged(("trend", office, today, length), lambda: _months(office, today, length))


def _months(office: int, today: date, length: int) -> list[Month]:
    days = [scopes.month_of(today)]
    while len(days) < length:
        days.insert(0, scopes.month_of(days[0] - timedelta(days=1)))
    kept = _kept(office)
    before = ("before", days[0])
    if before not in kept:
        kept[before] = {"net": _net(office, Q(at__lt=scopes.begins(days[0])))}
    standing = kept[before]["net"]
    found = []
    for day in days:
        counted = kept.get(day) or _month(office, day)
        if scopes.next_month(day) < today:  # a whole day ago: nothing of it is still under way
            kept[day] = counted
        standing += counted["net"]
        found.append(
            Month(day, counted["opened"], counted["closed"], counted["relapsed"], standing)
        )
    _remember(office, kept)
    return found


# Months that are over, by office; valid while the journal is the one they were counted under.
_months_over: dict[int, tuple[int, bytes, dict[Any, dict[str, int]]]] = {}


def _kept(office: int) -> dict[Any, dict[str, int]]:
    """Return what is known of months that are over; nothing, where the journal is another one."""
    number, leaf, known = _months_over.get(office, (-1, b"", {}))
    return dict(known) if known and _leaf(number) == leaf else {}


def _remember(office: int, known: dict[Any, dict[str, int]]) -> None:
    """Keep months that are over, as counted under the journal's last entry."""
    size = Head.objects.values_list("size", flat=True).first() or 0
    leaf = _leaf(size - 1)
    if leaf:
        _months_over[office] = (size - 1, leaf, known)


def _leaf(number: int) -> bytes:
    leaf = Entry.objects.filter(number=number).values_list("leaf", flat=True).first()
    return bytes(leaf) if leaf is not None else b""


def _moves(office: int, when: Q) -> Any:
    return Step.objects.filter(when, office=office).exclude(before=F("after"))


def _month(office: int, month: date) -> dict[str, int]:
    when = scopes.within(month)
    found: dict[str, int] = _moves(office, when).aggregate(
        opened=Count("commitment", distinct=True, filter=scopes.opened()),
        closed=Count("commitment", distinct=True, filter=scopes.CLOSING),
        relapsed=Count("commitment", distinct=True, filter=scopes.RELAPSING),
    )
    return found | {"net": _net(office, when)}


def _net(office: int, when: Q) -> int:
    """Return by how many the items in hand grew."""
    states = sorted(scopes.in_hand_states())
    found = _moves(office, when).aggregate(
        more=Count("pk", filter=Q(after__in=states) & ~Q(before__in=states)),
        fewer=Count("pk", filter=Q(before__in=states) & ~Q(after__in=states)),
    )
    return int(found["more"] - found["fewer"])


@dataclass(frozen=True, slots=True)
class Part:
    """A number of a rate, or of what is left out, with the query that opens its rows."""

    label: str
    number: int
    query: str


@dataclass(frozen=True, slots=True)
class Rate:
    """按期销号率 = closed on time ÷ (closed + open and overdue), in per cent; None: nothing to go by.

    Source: DOMAIN.md §4. Never over closed items alone: that rate always looks good.
    """

    since: date
    on_time: Part
    closed: Part
    overdue: Part
    out: tuple[Part, ...]

    @property
    def denominator(self) -> int:
        """Return how many the rate is about."""
        return self.closed.number + self.overdue.number

    @property
    def percent(self) -> float | None:
        """Return the rate; a hundred only where there is not a single one."""
        if not self.denominator:
            return None
        shown = round(100 * self.on_time.number / self.denominator, 1)
        return min(shown, 99.9) if self.on_time.number < self.denominator else shown

    @property
    def too_good(self) -> bool:
        """Tell whether everything was on time: a warning, not a success."""
        return self.denominator > 0 and self.on_time.number == self.denominator


def rate(office: int, length: int) -> Rate:
    """Return the rate of what was closed in the last months and still is."""
    today = clock.today()
    return while_unchanged(("rate", office, today, length), lambda: _rate(office, today, length))


def _rate(office: int, today: date, length: int) -> Rate:
    since = scopes.month_of(today)
    for _ in range(length - 1):
        since = scopes.month_of(since - timedelta(days=1))
    asked, key = scopes.Asked(office, today, since), since.isoformat()[:7]
    rows = Commitment.for_office(office)
    still = sorted(k for k, state in table.states().items() if state.open)
    closed, on_time = _closings(asked)
    closed_all = rows.filter(state__in=sorted(scopes.CLOSED)).count()
    due = rows.filter(state__in=still)
    return Rate(
        since,
        Part("按期销号", on_time, f"only=on_time&month={key}"),
        Part("已销号", closed, f"only=closed_since&month={key}"),
        Part("未办结且已超期", due.filter(deadline__lt=today).count(), "due=overdue"),
        (
            Part("还没有到期", due.filter(deadline__gte=today).count(), "only=not_due"),
            Part(
                "没有时限（含长期坚持）", due.filter(deadline=None).count(), "state=open&due=none"
            ),
            Part("已撤销", rows.filter(state="withdrawn").count(), "state=withdrawn"),
            Part("更早销号的", closed_all - closed, f"only=closed_before&month={key}"),
        ),
    )  # fmt: skip


def _closings(asked: scopes.Asked) -> tuple[int, int]:
    """Return how many items closed today were closed since the month, and how many on time.

    The same as counting `scopes` closed_since and on_time, in one pass over the closings.
    """
    steps = _moves(
        asked.office, scopes.CLOSING & Q(at__gte=scopes.begins(asked.month or asked.today))
    )
    rows = steps.filter(commitment__state__in=sorted(scopes.CLOSED)).order_by("id")
    last = {
        key: (at, deadline)
        for key, at, deadline in rows.values_list("commitment", "at", "commitment__deadline")
    }
    on_time = sum(
        deadline is not None and timezone.localdate(at) <= deadline
        for at, deadline in last.values()
    )
    return len(last), on_time
