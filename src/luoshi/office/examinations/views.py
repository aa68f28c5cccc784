"""Pages of materials: the list, the upload, the source beside its points, corrections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.core.material.outline import ids, load
from luoshi.office.accounts.models import Person
from luoshi.office.examinations import forms, history, queries, storage
from luoshi.office.examinations.actions import correcting
from luoshi.office.examinations.actions.importing import import_material
from luoshi.office.examinations.models import Examination, Point
from luoshi.office.journal.act import may
from luoshi.office.journal.errors import NotAllowed, NotFound, Refused
from luoshi.office.pages import me, perform, posted, see_other, status_of


def _reader(request: HttpRequest) -> Person:
    person = me(request)
    if not may(person, "examination.read"):
        raise NotAllowed("您没有查看材料的权限。如确有需要，请与管理员联系。")
    return person


def _examination(request: HttpRequest, key: int) -> Examination:
    office = _reader(request).office_id
    row: Examination = get_object_or_404(
        Examination.objects.select_related("file", "imported_by"), pk=key, office=office
    )
    return row


def _home(row: Examination) -> str:
    return reverse("examinations:page", args=[row.pk])


@require_GET
def list_page(request: HttpRequest) -> HttpResponse:
    """Show the materials of the office."""
    office = _reader(request).office_id
    asked = {
        name: request.GET.get(name, "").strip()[:80] for name in ("search", "state", "outline")
    }
    rows = queries.listing(office, **asked)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    names = {key: load(key).name for key in ids()}
    for row in page:
        row.outline_name = names.get(row.outline, row.outline)
    context = {
        "page": page, "asked": asked, "states": Examination.State.choices,
        "outlines": sorted(names.items()), "may_import": may(me(request), "examination.import"),
    }  # fmt: skip
    return render(request, "examinations/list.html", context)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file and import it."""
    by = me(request)
    if not may(by, "examination.import"):
        raise NotAllowed("您没有导入材料的权限。如确有需要，请与管理员联系。")

    def act(data: Any) -> Examination:
        file = data["file"]
        stored = storage.store(file.chunks(), file.name or "", evidence=False)
        return import_material(
            by=by,
            stored=stored,
            outline=data["outline"] or None,
            written_on=data["written_on"],
        )

    return perform(
        request, forms.UploadForm(posted(request), request.FILES or None), act,
        done="已读入。请核对要点和对应关系，再建立台账。", then=_home,
        template="examinations/upload.html",
    )  # fmt: skip


@require_GET
def page(request: HttpRequest, examination: int) -> HttpResponse:
    """Show a material: the source, its points and links, the findings, the corrections."""
    return _page(request, _examination(request, examination))


def _page(
    request: HttpRequest, row: Examination, *, reasons: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    rows = queries.shown(row)
    person = me(request)
    changes = history.logged(row)
    editing = row.state == Examination.State.DRAFT and may(person, "examination.correct")
    context = {
        "examination": row,
        "outline_name": load(row.outline).name if row.outline in ids() else row.outline,
        "paragraphs": queries.paragraphs(row, rows),
        "groups": queries.groups(rows),
        "findings": list(enumerate(row.findings, 1)),
        "corrections": changes,
        "undoable": next((c.row.pk for c in changes if not c.row.undone), None)
        if editing
        else None,
        "editing": editing,
        "reasons": reasons,
        "kinds": Point.Kind.choices,
        "targets": {
            "measure": [r for r in rows if r.point.kind in {"problem", "cause"}],
            "cause": [r for r in rows if r.point.kind == "problem"],
        },
    }
    return render(request, "examinations/page.html", context, status=status)


def _split_place(row: Examination, data: dict[str, Any]) -> dict[str, Any]:
    """Turn the words with which the second part begins into a place in the text."""
    point: Point = get_object_or_404(Point, pk=data["point"], examination=row)
    words = data.pop("words")
    if row.text.count(words, point.start, point.end) != 1:
        raise Refused(f"“{words}”在这个要点里不是恰好出现一次，请换几个字。")
    return {**data, "at": row.text.index(words, point.start, point.end)}


def _span(row: Examination, data: dict[str, Any]) -> dict[str, Any]:
    del row
    return {k: v for k, v in data.items() if k not in {"first_words", "last_words"}}


def _same(row: Examination, data: dict[str, Any]) -> dict[str, Any]:
    del row
    return data


Correct = tuple[
    Callable[[HttpRequest, Examination], django_forms.Form],
    Callable[[Examination, dict[str, Any]], dict[str, Any]],
    Callable[..., Any],
]
_CORRECTIONS: dict[str, Correct] = {
    "kind": (lambda r, _: forms.KindForm(r.POST), _same, correcting.change_kind),
    "drop": (lambda r, _: forms.PointForm(r.POST), _same, correcting.drop_point),
    "add": (lambda r, e: forms.AddForm(r.POST, examination=e), _span, correcting.add_point),
    "ends": (lambda r, e: forms.EndsForm(r.POST, examination=e), _span, correcting.move_ends),
    "split": (lambda r, _: forms.SplitForm(r.POST), _split_place, correcting.split_point),
    "merge": (
        lambda r, e: forms.MergeForm(
            r.POST, keys=list(Point.objects.filter(examination=e).values_list("pk", flat=True))
        ),
        _same,
        correcting.merge_points,
    ),
    "link": (lambda r, _: forms.LinkForm(r.POST), _same, correcting.add_link),
    "verdict": (lambda r, _: forms.VerdictForm(r.POST), _same, correcting.judge_link),
    "undo": (lambda r, _: forms.UndoForm(r.POST), _same, correcting.undo),
}


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, examination: int, what: str) -> HttpResponse:
    """Do one correction, and show the page again where it was made."""
    row = _examination(request, examination)
    if what not in _CORRECTIONS:
        raise Http404
    if request.method == "GET":  # the address of a refused correction, loaded again
        return see_other(_home(row))
    make, prepare, act = _CORRECTIONS[what]
    form = make(request, row)
    if not form.is_valid():
        reasons = tuple(str(e) for errors in form.errors.values() for e in errors)
        return _page(request, row, reasons=reasons, status=422)
    try:
        act(by=me(request), examination=row.pk, **prepare(row, dict(form.cleaned_data)))
    except NotFound:
        raise
    except Refused as refusal:
        fresh = _examination(request, examination)
        return _page(request, fresh, reasons=refusal.reasons, status=status_of(refusal))
    messages.success(request, "已撤销。" if what == "undo" else "已校正，可以撤销。")
    point = form.cleaned_data.get("point")
    return see_other(_home(row) + (f"#point-{point}" if point and what != "drop" else ""))


@require_GET
def download(request: HttpRequest, examination: int) -> HttpResponseBase:
    """Give the author's own file out, as a download."""
    return storage.response(_examination(request, examination).file)
