"""Handovers (工作交接) that wait for superiors: the list, one with its items, the decision."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from luoshi.core.workflow import table
from luoshi.office.journal.errors import NotFound
from luoshi.office.ledger.actions import handing
from luoshi.office.ledger.forms.base import Plain
from luoshi.office.ledger.forms.handing import DecideHandover
from luoshi.office.ledger.models import Change, Handover
from luoshi.office.ledger.views import reach
from luoshi.office.ledger.views.plain import fill, posted
from luoshi.office.pages import allowed, me

DECIDES, MANAGES = "ledger.decide", "office.manage"
_MOST = 100


def waiting(office: int) -> QuerySet[Handover]:
    """Return the handovers of an office of which something waits for a decision."""
    rows = Handover.for_office(office).filter(changes__state=Change.State.OPEN)
    named = rows.select_related("person", "successor", "asked_by")
    return named.annotate(open=Count("changes")).order_by("id")


def index(request: HttpRequest) -> HttpResponse:
    """Show the handovers that wait for a decision."""
    reach.require(request, DECIDES, MANAGES)
    context = {"handovers": waiting(me(request).office_id)[:_MOST]}
    return render(request, "ledger/handovers.html", context)


def page(request: HttpRequest, key: int) -> HttpResponse:
    """Show a handover with its items; who decides does so here."""
    held = reach.require(request, DECIDES, MANAGES)
    row = _one(request, key)
    if request.method == "POST":
        reach.require(request, DECIDES)
    form = DecideHandover(posted(request), by=me(request))
    changes = row.changes.select_related("commitment", "decided_by").order_by("commitment_id")
    return fill(
        request, form,
        lambda given: handing.decide(by=me(request), handover=row.pk, **given),
        done=_said, then=lambda found: reverse("ledger:handover", args=[row.pk]),
        template="ledger/handover.html",
        context={
            "row": row, "changes": changes, "states": table.states(), "button": "作出决定",
            "may_decide": DECIDES in held, "may_cancel": MANAGES in held,
            "reads": reach.READS in allowed(request), "back": reverse("ledger:handovers"),
            "open": row.changes.filter(state=Change.State.OPEN).count(),
        },
    )  # fmt: skip


def _said(found: handing.Decided) -> str:
    if not found.left:
        return f"已审批{found.done}件。"
    return f"已审批{found.done}件；还有{found.left}件要由其他上级审批。"


def cancel(request: HttpRequest, key: int) -> HttpResponse:
    """Take a handover back as far as nobody has decided it."""
    reach.require(request, MANAGES)
    row = _one(request, key)
    address = reverse("ledger:handover", args=[row.pk])
    return fill(
        request, Plain(posted(request), by=me(request)),
        lambda given: handing.cancel(by=me(request), handover=row.pk),
        done=lambda number: f"已撤回，{number}件事项仍在{row.person.name}手上。",
        then=lambda number: address,
        context={
            "title": f"撤回工作交接：{row.person.name}交给{row.successor.name}",
            "button": "撤回", "back": address, "lead": "还没有审批的事项留在原来的责任人手上。",
        },
    )  # fmt: skip


def _one(request: HttpRequest, key: int) -> Any:
    rows = Handover.for_office(me(request).office_id).filter(pk=key)
    row = rows.select_related("person", "successor", "asked_by").first()
    if row is None:
        raise NotFound("没有找到这次工作交接。")
    return row
