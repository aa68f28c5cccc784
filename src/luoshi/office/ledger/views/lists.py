"""The list of items, and the short list of somebody who verifies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.core.workflow import table
from luoshi.office.journal import clock
from luoshi.office.ledger.forms.filter import Filter
from luoshi.office.ledger.models import Commitment, Verification
from luoshi.office.ledger.unanswered import unanswered
from luoshi.office.ledger.views import reach
from luoshi.office.pages import me

PAGE = 50
_UNANSWERED_SHOWN = 5


def open_states() -> list[str]:
    """Return the states in which the problem is not gone."""
    return [state.key for state in table.states().values() if state.open]


def ledger(request: HttpRequest) -> HttpResponse:
    """Show the ledger: problems without a measure first, then the items that were asked for."""
    allowed = reach.require(request, reach.READS)
    by = me(request)
    form = Filter(request.GET, by=by)
    chosen = form.chosen()
    rows = _sorted(_filtered(reach.items_of(by), chosen), chosen.get("sort", ""))
    page = Paginator(rows.select_related("owner", "unit"), PAGE).get_page(request.GET.get("page"))
    problems = unanswered(by.office_id)
    context = {
        "form": form, "page": page, "today": clock.today(), "states": table.states(),
        "counts": _counts(reach.items_of(by)), "chosen": chosen,
        "problems": problems[:_UNANSWERED_SHOWN], "problems_count": problems.count(),
        "may_draft": "ledger.draft" in allowed,
    }  # fmt: skip
    return render(request, "ledger/list.html", context)


def _filtered(rows: QuerySet[Commitment], chosen: dict[str, Any]) -> QuerySet[Commitment]:
    if q := chosen.get("q"):
        rows = rows.filter(Q(title__icontains=q) | Q(number__icontains=q))
    if state := chosen.get("state"):
        rows = rows.filter(state__in=open_states() if state == "open" else [state])
    for name in ("owner", "unit", "time_class"):
        if name in chosen:
            rows = rows.filter(**{name: chosen[name]})
    if chosen.get("unverifiable"):
        rows = rows.filter(indicator_kind=Commitment.IndicatorKind.NONE)
    return rows.filter(_due(chosen.get("due", "")))


def _due(due: str) -> Q:
    day = clock.today()
    open_ = Q(state__in=open_states())
    if due == "overdue":
        return open_ & Q(deadline__lt=day)
    if due in {"week", "month"}:
        last = day + timedelta(days=7 if due == "week" else 30)
        return open_ & Q(deadline__gte=day, deadline__lte=last)
    return Q(deadline__isnull=True) if due == "none" else Q()


def _sorted(rows: QuerySet[Commitment], sort: str) -> QuerySet[Commitment]:
    if sort == "new":
        return rows.order_by("-id")
    if sort == "number":
        return rows.order_by("number", "id")
    return rows.order_by(F("deadline").asc(nulls_last=True), "id")


def _counts(rows: QuerySet[Commitment]) -> list[tuple[str, str, int]]:
    """Return what is counted: its name, the query that opens its rows, how many."""
    day = clock.today()
    open_ = Q(state__in=open_states())
    found = rows.aggregate(
        open=Count("pk", filter=open_),
        draft=Count("pk", filter=Q(state="draft")),
        overdue=Count("pk", filter=open_ & Q(deadline__lt=day)),
        verifying=Count("pk", filter=Q(state__in=["applied", "verifying"])),
        relapsed=Count("pk", filter=Q(severity__gt=1)),
        none=Count("pk", filter=open_ & Q(indicator_kind="none")),
        confirmed=Count("pk", filter=Q(state="confirmed")),
        all=Count("pk"),
    )
    return [
        ("全部", "", found["all"]),
        ("未办结", "state=open", found["open"]),
        ("已超期", "due=overdue", found["overdue"]),
        ("无法核验", "state=open&unverifiable=on", found["none"]),
        ("草拟", "state=draft", found["draft"]),
        ("已确认", "state=confirmed", found["confirmed"]),
    ]


def verifications(request: HttpRequest) -> HttpResponse:
    """Show what the signed-in person has to verify, and what waits for a second look."""
    allowed = reach.require(request, "ledger.verify", reach.ASSIGNED)
    by, day = me(request), clock.today()
    items = reach.items_of(by).select_related("owner", "unit")
    mine = Verification.objects.filter(verifier=by, result=Verification.Result.OPEN)
    to_verify = items.filter(state="verifying", pk__in=mine.values("commitment_id"))
    watched = items.filter(state="watching", watch_ends__lt=day)
    done = Verification.objects.filter(verifier=by).exclude(result="").select_related("commitment")
    context = {
        "to_verify": to_verify.order_by("deadline", "id"),
        "watched": watched.order_by("watch_ends", "id")[:PAGE],
        "opened": () if reach.READS in allowed else items.order_by("id"),
        "done": done.order_by("-id")[:20], "states": table.states(), "today": day,
    }  # fmt: skip
    return render(request, "ledger/verifications.html", context)


def problems(request: HttpRequest) -> HttpResponse:
    """Show all problems without a measure and without an item."""
    allowed = reach.require(request, reach.READS)
    rows = unanswered(me(request).office_id)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_draft": "ledger.draft" in allowed}
    return render(request, "ledger/problems.html", context)
