"""Pages of the workbooks: upload, preview and confirmation, what came of it, export."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.office.examinations import storage
from luoshi.office.journal.errors import NotFound, Refused, Stale
from luoshi.office.ledger.models import Commitment
from luoshi.office.ledger.views import reach
from luoshi.office.pages import me, perform, posted, see_other, status_of
from luoshi.office.sheets import forms
from luoshi.office.sheets import plan as plans
from luoshi.office.sheets.actions import exporting, importing
from luoshi.office.sheets.directory import Directory
from luoshi.office.sheets.models import SheetImport
from luoshi.office.sheets.plan import Plan
from luoshi.office.sheets.wanted import wanted

_SHOWN = 20
_METHODS = ["GET", "POST"]


@require_http_methods(_METHODS)
def upload(request: HttpRequest) -> HttpResponse:
    """Take a workbook and show what was understood of it."""
    reach.require(request, "ledger.draft")
    by = me(request)

    def act(data: Any) -> SheetImport:
        file = data["file"]
        stored = storage.store(file.chunks(), file.name or "", evidence=False)
        return importing.upload(by=by, stored=stored)

    rows = SheetImport.for_office(by.office_id).select_related("file", "uploaded_by")
    return perform(
        request, forms.Upload(posted(request), request.FILES or None, by=by), act,
        done="已读出表格。台账还没有改动，请核对下面的预览，再确认导入。", then=_address,
        template="sheets/upload.html", context={"earlier": rows.defer("record").order_by("-id")[:_SHOWN]},
    )  # fmt: skip


def _address(row: SheetImport) -> str:
    return reverse("sheets:preview", args=[row.pk])


def _row(request: HttpRequest, key: int) -> SheetImport:
    """Return an upload of the person's own office; raises ``NotFound``."""
    reach.require(request, "ledger.draft")
    rows = SheetImport.for_office(me(request).office_id)
    row: SheetImport | None = (
        rows.select_related("file", "uploaded_by", "decided_by").filter(pk=key).first()
    )
    if row is None:
        raise NotFound("没有找到这份表格，可能不属于本单位。")
    return row


@require_http_methods(_METHODS)
def preview(request: HttpRequest, sheet: int) -> HttpResponse:
    """Show what would be made of a workbook, and make it when that is confirmed."""
    row = _row(request, sheet)
    if row.state != SheetImport.State.PREVIEW:
        return _result(request, row)
    directory = Directory(row.office_id)
    plan = plans.build(row.office_id, row.record, directory=directory)
    form = forms.Confirm(posted(request), by=me(request), plan=plan, directory=directory)
    reasons: tuple[str, ...] = ()
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = importing.confirm(
                    by=me(request), sheet_import=row.pk, choices=form.choices()
                )
            except NotFound:
                raise
            except Refused as refusal:
                reasons, status = refusal.reasons, status_of(refusal)
                if isinstance(refusal, Stale):
                    form = forms.Confirm(by=me(request), plan=plan, directory=directory)
            else:
                messages.success(request, f"已建立{len(made)}项草稿，请逐项补齐后提请认领。")
                return see_other(_address(row))
    return _shown(request, row, plan, form, reasons, status)


def _shown(
    request: HttpRequest, row: SheetImport, plan: Plan, form: forms.Confirm,
    reasons: tuple[str, ...], status: int,
) -> HttpResponse:  # fmt: skip
    new, gone = plan.of(plans.NEW), plan.of(plans.GONE)
    context = {
        "row": row, "plan": plan, "form": form, "reasons": reasons,
        "sheets": [_sheet(sheet) for sheet in row.record["sheets"]],
        "made": [(planned, form.of(planned)) for planned in (*new, *gone)], "new": len(new),
        "changed": plan.of(plans.CHANGED), "known": plan.of(plans.KNOWN), "gone": len(gone),
        "others": plan.of(plans.REPEATED, plans.SHORT), "claims": sum(bool(p.piece.claim) for p in new),
        "bare": form.is_bound and not form.is_valid(),
    }  # fmt: skip
    return render(request, "sheets/preview.html", context, status=status)


def _sheet(sheet: dict[str, Any]) -> dict[str, Any]:
    """Return a sheet with its columns, those that were recognised and those that were not."""
    columns = sheet["columns"]
    return sheet | {
        "understood": [column for column in columns if column["field"]],
        "not_understood": [column for column in columns if not column["field"]],
    }


def _result(request: HttpRequest, row: SheetImport) -> HttpResponse:
    """Show what came of a workbook that was decided on."""
    items = Commitment.for_office(row.office_id).filter(imported_rows__sheet_import=row)
    context: dict[str, Any] = {
        "row": row,
        "items": items.select_related("owner", "unit").order_by("id"),
    }
    if request.method == "POST":
        state = SheetImport.State(row.state).label
        context["reasons"] = (f"这份表格{state}，没有再办一次。",)
        return render(request, "sheets/result.html", context, status=409)
    return render(request, "sheets/result.html", context)


@require_http_methods(_METHODS)
def give_up(request: HttpRequest, sheet: int) -> HttpResponse:
    """Ask whether a preview is to be discarded, and discard it."""
    row = _row(request, sheet)
    return perform(
        request, forms.Sure(posted(request), by=me(request)),
        lambda _: importing.discard(by=me(request), sheet_import=row.pk),
        done="已放弃，台账没有改动。", then=reverse("sheets:upload"), template="web/form.html",
        context={
            "title": "放弃导入", "button": "放弃", "back": _address(row),
            "words": f"放弃以后，“{row.file.name}”读出的内容不再保留，台账没有任何改动；需要时可以重新上传。",
        },
    )  # fmt: skip


@require_GET
def file(request: HttpRequest, sheet: int) -> HttpResponseBase:
    """Give the uploaded workbook back as it was."""
    return storage.response(_row(request, sheet).file)


@require_http_methods(_METHODS)
def export(request: HttpRequest) -> HttpResponseBase:
    """Ask what the workbook is for, and give the ledger out as it is filtered."""
    reach.require(request, "ledger.export")
    by = me(request)
    source = request.POST if request.method == "POST" else request.GET
    asked = wanted(by, source)
    form = forms.Export(posted(request), by=by, initial={**asked.chosen, "kind": "ledger"})
    reasons: tuple[str, ...] = ()
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                book = exporting.export(
                    by=by, kind=form.cleaned_data["kind"], purpose=form.cleaned_data["purpose"],
                    chosen=asked.chosen, words=asked.words,
                )  # fmt: skip
            except Refused as refusal:
                reasons, status = refusal.reasons, status_of(refusal)
            else:
                answer = FileResponse(
                    book.data, as_attachment=True, filename=book.name,
                    content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                )  # fmt: skip
                answer["Cache-Control"] = "private, no-store"
                return answer
    context = {"form": form, "reasons": reasons, "asked": asked}
    return render(request, "sheets/export.html", context, status=status)
