"""Materials come into a batch, and it is said whose they are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from luoshi.office.examinations import storage
from luoshi.office.examinations.actions.importing import import_material
from luoshi.office.examinations.models import Examination
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused
from luoshi.office.ledger.views.plain import fill
from luoshi.office.pages import me, posted, see_other, status_of
from luoshi.office.review import arriving, forms, reach, working
from luoshi.office.review.actions import comparing, materials
from luoshi.office.review.models import Batch, Draft, Submission


def _home(batch: int) -> str:
    return reverse("review:batch", args=[batch])


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, batch: int) -> HttpResponse:
    """Take several files into a batch at once; say of each what became of it."""
    by = me(request)
    row = reach.managed(by, batch)
    form = forms.FilesForm(posted(request), request.FILES or None, by=by)
    context: dict[str, Any] = {"batch": row, "form": form, "reasons": (), "arrived": ()}
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                found = arriving.arrive(
                    by=by, batch=row.pk, files=_stored(form.cleaned_data["uploads"])
                )
            except NotFound:
                raise
            except Refused as refusal:
                context["reasons"], status = refusal.reasons, status_of(refusal)
            else:
                made = sum(one.draft is not None for one in found)
                if made:
                    start(by, row)
                if made == len(found):
                    messages.success(request, f"收入{made}份材料，正在比对。请核对各份是谁的。")
                    return see_other(_home(row.pk))
                context["arrived"], status = found, 200 if made else 422
    return render(request, "review/upload.html", context, status=status)


def _stored(files: list[Any]) -> list[storage.Stored]:
    if len(files) > arriving.FILES_MOST:
        raise Refused(
            f"一次最多选{arriving.FILES_MOST}个文件，现在选了{len(files)}个。请分几次收入。"
        )
    return [storage.store(f.chunks(), f.name or "", evidence=False) for f in files]


def start(by: Any, batch: Batch) -> None:
    """Have the batch compared with what came in, unless that waits already."""
    try:
        comparing.ask(by=by, batch=batch.pk)
    except Refused:
        return
    working.start()


@require_http_methods(["GET", "POST"])
def existing(request: HttpRequest, batch: int) -> HttpResponse:
    """Take a material that the office has into a batch."""
    by = me(request)
    row = reach.managed(by, batch)
    form = forms.ExistingForm(posted(request), by=by)
    return fill(
        request, form, lambda data: materials.add(by=by, batch=row.pk, **data), done="材料已收入。",
        then=lambda _: _home(row.pk), template="review/form.html",
        context={
            "title": "收入已导入的材料", "button": "收入", "back": _home(row.pk), "above": row.name,
        },
    )  # fmt: skip


def _managed(request: HttpRequest, key: int) -> Submission:
    row, seen = reach.submission(me(request), key)
    if not seen.manages:
        raise NotAllowed("收材料、更正报送信息由经办人办理。")
    return row


@require_http_methods(["GET", "POST"])
def sender(request: HttpRequest, submission: int) -> HttpResponse:
    """Correct whose material it is."""
    by = me(request)
    row = _managed(request, submission)
    start_with = {
        "name": row.name, "unit": row.unit_id, "author": row.author_id,
        "previous": row.previous_id, "version": row.version,
    }  # fmt: skip
    form = forms.EditSenderForm(posted(request), by=by, submission=row, initial=start_with)
    return fill(
        request, form, lambda data: materials.edit(by=by, submission=row.pk, **data),
        done="报送信息已更正。", then=lambda _: _home(row.batch_id), template="review/form.html",
        context={
            "title": "更正报送信息", "button": "保存", "back": _home(row.batch_id), "above": row.batch.name,
        },
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def following(request: HttpRequest, submission: int) -> HttpResponse:
    """Take the next draft of a material."""
    by = me(request)
    row = _managed(request, submission)
    form = forms.NextForm(
        posted(request), request.FILES or None, by=by, initial={"version": row.version}
    )

    def act(data: dict[str, Any]) -> Draft:
        file = data["file"]
        stored = storage.store(file.chunks(), file.name or "", evidence=False)
        held = Examination.objects.filter(office=by.office_id, file__sha256=stored.sha256).first()
        material = held or import_material(by=by, stored=stored)
        made = materials.follow(
            by=by, submission=row.pk, version=data["version"], examination=material.pk
        )
        start(by, row.batch)
        return made

    return fill(
        request, form, act, done=lambda d: f"收入第{d.number}稿，等待审阅。",
        then=lambda d: reverse("review:draft", args=[d.pk]), template="review/form.html",
        context={
            "title": f"收入{row.name}的新稿", "button": "收入", "back": _home(row.batch_id),
            "above": row.batch.name,
        },
    )  # fmt: skip
