"""Batches: the list, the one table of all materials, setting up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.office.accounts.models import Person
from luoshi.office.journal import clock
from luoshi.office.journal.act import may
from luoshi.office.journal.errors import NotAllowed
from luoshi.office.ledger.views.plain import fill
from luoshi.office.pages import me, posted, see_other
from luoshi.office.review import forms, queries, reach, table, tallies, working
from luoshi.office.review.actions import batches, comparing
from luoshi.office.review.models import Batch, Comparison

#: Rows of the table on one page: it is printed and read, not only scrolled.
_PAGE = 100


@require_GET
def list_page(request: HttpRequest) -> HttpResponse:
    """Show the batches that a person may open, with how their materials stand."""
    by = me(request)
    rows = list(reach.batches(by)[:200])
    context = {
        "rows": tallies.of_batches(rows), "manages": may(by, reach.MANAGES),
        "has_own": may(by, reach.OWN),
    }  # fmt: skip
    return render(request, "review/list.html", context)


def _home(row: Batch) -> str:
    return reverse("review:batch", args=[row.pk])


def _manager(request: HttpRequest) -> Person:
    by = me(request)
    if not may(by, reach.MANAGES):
        raise NotAllowed("评审批次由经办人建立。")
    return by


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a batch."""
    by = _manager(request)
    form = forms.BatchForm(posted(request), by=by)
    return fill(
        request, form, lambda data: batches.make(by=by, **data), done="批次已建立。请收入材料。",
        then=_home, template="review/form.html",
        context={
            "title": "建立评审批次", "button": "建立", "back": reverse("review:list"), "above": "评审",
        },
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, batch: int) -> HttpResponse:
    """Change a batch, its reviewers, and what it is compared with."""
    by = me(request)
    row = reach.managed(by, batch)
    start = {
        "name": row.name, "meeting": row.meeting, "held_on": row.held_on, "version": row.version,
        "reviewers": list(
            row.assignments.filter(active=True).values_list("person_id", flat=True)
        ),
        "against": list(row.against.values_list("other_id", flat=True)),
    }  # fmt: skip
    form = forms.EditBatchForm(posted(request), by=by, batch=row, initial=start)
    return fill(
        request, form, lambda data: batches.edit(by=by, batch=row.pk, **data), done="已保存。",
        then=_home, template="review/form.html",
        context={"title": "修改批次", "button": "保存", "back": _home(row), "above": row.name},
    )  # fmt: skip


@require_POST
def turn(request: HttpRequest, batch: int) -> HttpResponse:
    """Close a batch, or open it again."""
    by = me(request)
    row = reach.managed(by, batch)
    act, done = (
        (batches.close, "批次已结束，材料和意见都留着，不能再改。")
        if row.state == Batch.State.OPEN
        else (batches.reopen, "批次已重新打开。")
    )
    given = request.POST.get("version", "")
    act(by=by, batch=row.pk, version=int(given) if given.isdecimal() and len(given) < 9 else -1)
    messages.success(request, done)
    return see_other(_home(row))


@require_GET
def page(request: HttpRequest, batch: int) -> HttpResponse:
    """Show the one table of all materials of a batch."""
    by = me(request)
    row, seen = reach.batch(by, batch)
    done = queries.last_done(row.pk)
    asked = table.asked(request.GET)
    found = queries.lines(row.pk, done, all_remarks=seen.reviews)
    shown = Paginator(table.arranged(found, asked), _PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "batch": row, "seen": seen, "page": shown, "all": len(found), "asked": asked,
        "columns": table.COLUMNS, "heads": table.HEADS, "families": queries.FAMILIES, "states": tallies.states(found),
        "units": sorted({x.submission.unit.name for x in found if x.submission.unit}),
        "done": done, "since": tallies.since(done, found), "running": (running := tallies.running(row.pk)),
        "stuck": running is not None and comparing.is_dead(running, clock.now()),
        "reviewers": [
            a.person.name for a in row.assignments.filter(active=True).select_related("person")
            .order_by("person__name")
        ],
    }  # fmt: skip
    return render(request, "review/batch.html", context)


@require_POST
def compare(request: HttpRequest, batch: int) -> HttpResponse:
    """Ask for a comparison, and start what carries it out."""
    by = me(request)
    row, _ = reach.batch(by, batch)
    held: Comparison = comparing.ask(by=by, batch=row.pk)
    working.start()
    messages.success(request, "已开始比对。材料多的要几分钟，请稍后刷新本页。")
    return see_other(_home(held.batch))
