"""Saved views: shown beside the ledger's list, saved and deleted there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from luoshi.office.desk.actions.saved import NAME_MOST
from luoshi.office.desk.actions.saved import delete as drop
from luoshi.office.desk.actions.saved import save as keep
from luoshi.office.desk.models import SavedView
from luoshi.office.journal.errors import NotFound
from luoshi.office.ledger.forms.base import Plain
from luoshi.office.ledger.views import reach
from luoshi.office.ledger.views.plain import fill, posted
from luoshi.office.pages import me


class SaveForm(Plain):
    """The name under which the list is to be found again, as it is filtered and sorted now."""

    name = forms.CharField(
        label="视图的名称", max_length=NAME_MOST,
        help_text="例如“城管科超期”。只有自己看得到；同名的会被替换。",
    )  # fmt: skip
    query = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)


def beside_list(request: HttpRequest) -> dict[str, Any]:
    """Return the views of the signed-in person, and what would be saved."""
    rows = SavedView.objects.filter(person=me(request)).order_by("name")
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    now = {name: value for name, value in query.items() if value}
    return {"views": list(rows), "now": urlencode(now), "chosen": bool(now)}


def save(request: HttpRequest) -> HttpResponse:
    """Ask for a name, or save the view."""
    reach.require(request, reach.READS)
    by = me(request)
    form = SaveForm(posted(request), by=by, initial={"query": request.GET.get("query", "")})
    return fill(
        request, form, lambda given: keep(by=by, **given),
        done="视图已保存，在台账的筛选条件下面。",
        then=lambda row: f"{reverse('ledger:list')}?{row.query}",
        context={
            "title": "保存视图", "button": "保存", "back": reverse("ledger:list"),
            "lead": "把台账现在的筛选条件和排序存起来，下次一点就到。",
        },
    )  # fmt: skip


class DeleteForm(Plain):
    """Nothing to fill in."""


def delete(request: HttpRequest, view: int) -> HttpResponse:
    """Ask once more, or delete a view of the signed-in person."""
    reach.require(request, reach.READS)
    by = me(request)
    row = SavedView.objects.filter(pk=view, person=by).first()
    if row is None:
        raise NotFound("没有找到这个视图，可能已经删去。")
    return fill(
        request, DeleteForm(posted(request), by=by),
        lambda given: drop(by=by, view=row.pk),
        done=f"视图“{row.name}”已删去。", then=lambda _: reverse("ledger:list"),
        context={
            "title": f"删去视图：{row.name}", "button": "删去", "back": reverse("ledger:list"),
            "lead": "只删去保存的条件，台账里的事项不受影响。",
        },
    )  # fmt: skip
