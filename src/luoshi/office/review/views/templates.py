"""Known texts (范文) that every batch is compared with."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from luoshi.office.examinations import storage
from luoshi.office.journal.act import may
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused
from luoshi.office.ledger.forms.base import Plain
from luoshi.office.ledger.views.plain import fill
from luoshi.office.pages import me, posted, see_other, status_of
from luoshi.office.review import arriving, forms, reach
from luoshi.office.review.actions import templates as actions
from luoshi.office.review.models import Template


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the known texts of the office, and take in more of them."""
    by = me(request)
    if not may(by, reach.MANAGES):
        raise NotAllowed("范文由经办人管理。")
    form = forms.TemplateForm(posted(request), request.FILES or None, by=by)
    reasons: list[str] = []
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            made, reasons, status = _add(by, form.cleaned_data["uploads"])
            if made:
                messages.success(request, f"收入{made}份范文，下次比对时使用。")
            if not reasons:
                return see_other(reverse("review:templates"))
    rows = Template.for_office(by.office_id).filter(active=True).order_by("name", "pk")
    context = {
        "form": form, "reasons": tuple(reasons),
        "rows": rows.defer("text").select_related("added_by", "file"),
    }  # fmt: skip
    return render(request, "review/templates.html", context, status=status)


def _add(by: Any, files: list[Any]) -> tuple[int, list[str], int]:
    """Take files in; return how many came in, why others did not, and the status."""
    if len(files) > arriving.FILES_MOST:
        return 0, [f"一次最多选{arriving.FILES_MOST}个文件。请分几次收入。"], 422
    made, status = 0, 200
    reasons: list[str] = []
    for file in files:
        try:
            stored = storage.store(file.chunks(), file.name or "", evidence=False)
            actions.add(by=by, stored=stored)
        except Refused as refusal:
            reasons += refusal.reasons
            status = status_of(refusal)
        else:
            made += 1
    return made, reasons, status


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, template: int) -> HttpResponse:
    """Ask whether a known text is to be put out of use, and do it."""
    by = me(request)
    if not may(by, reach.MANAGES):
        raise NotAllowed("范文由经办人管理。")
    row = Template.for_office(by.office_id).filter(pk=template, active=True).first()
    if row is None:
        raise NotFound("没有找到这份范文，可能已经停用。")
    back = reverse("review:templates")
    return fill(
        request, Plain(posted(request), by=by), lambda _: actions.drop(by=by, template=row.pk),
        done="已停用，以后不再比对。", then=lambda _: back, template="review/form.html",
        context={
            "title": "停用范文", "button": "停用", "back": back, "above": "范文",
            "words": f"停用“{row.name}”。已有的比对结果不变，以后的比对不再用它。",
        },
    )  # fmt: skip
