"""Pages of the years: a material beside the last one, problems over the years, the authors."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.office.accounts.models import Person
from luoshi.office.journal.act import may
from luoshi.office.journal.errors import NotAllowed
from luoshi.office.pages import me, perform, posted
from luoshi.office.recurrence.actions.linking import set_previous
from luoshi.office.recurrence.forms import PreviousForm
from luoshi.office.recurrence.orders import Orders
from luoshi.office.recurrence.showing import beside, over_years


def _reader(request: HttpRequest) -> Person:
    person = me(request)
    if not may(person, "examination.read"):
        raise NotAllowed("您没有查看材料的权限。如确有需要，请与管理员联系。")
    return person


def _orders(request: HttpRequest, examination: int) -> Orders:
    orders = Orders(_reader(request).office_id)
    if examination not in orders.papers:
        raise Http404
    return orders


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, examination: int) -> HttpResponse:
    """Show a material beside the one before it, and take which one that is."""
    by, orders = me(request), _orders(request, examination)
    this, before = orders.papers[examination], orders.before(examination)
    may_set = may(by, "examination.correct")
    if request.method == "POST" and not may_set:
        raise NotAllowed("您没有指定上次材料的权限。如确有需要，请与管理员联系。")
    form = PreviousForm(posted(request), orders=orders, key=examination, before=before)

    def act(_: Any) -> Any:
        return set_previous(by=by, examination=examination, **form.arguments())

    context = {
        "this": this, "before": before, "may_set": may_set, "reads_ledger": may(by, "ledger.read"),
        "found": beside(by, before.paper, this) if before.paper else None,
    }  # fmt: skip
    return perform(
        request, form, act, done="已指定上次的材料。",
        then=reverse("recurrence:page", args=[examination]), template="recurrence/page.html",
        context=context,
    )  # fmt: skip


@require_GET
def years(request: HttpRequest, examination: int) -> HttpResponse:
    """Show the problems of a material and of those before it, one line for each problem."""
    orders = _orders(request, examination)
    papers = orders.back(examination)
    proposed = [paper for paper in papers[1:] if orders.before(paper.key).how == "proposed"]
    context = {
        "this": orders.papers[examination], "found": over_years(me(request), papers),
        "proposed": proposed,
    }  # fmt: skip
    return render(request, "recurrence/years.html", context)


@require_GET
def authors(request: HttpRequest) -> HttpResponse:
    """List the newest material of each author, with those before it."""
    orders = Orders(_reader(request).office_id)
    page = Paginator(orders.latest(), 50).get_page(request.GET.get("page"))
    rows = [(paper, orders.back(paper.key)[-2::-1]) for paper in page]
    return render(request, "recurrence/list.html", {"page": page, "rows": rows})
