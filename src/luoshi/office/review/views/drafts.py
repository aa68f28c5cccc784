"""A draft: its text with what lies on it, remarks, and the decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.office.examinations import storage
from luoshi.office.journal.errors import NotFound, Refused
from luoshi.office.ledger.forms.base import Plain
from luoshi.office.pages import me, see_other, status_of
from luoshi.office.review import forms, queries, reach, recurring, seen
from luoshi.office.review.actions import deciding, remarks
from luoshi.office.review.marks import lines, paragraphs
from luoshi.office.review.models import Draft, Remark

VIEWS = {
    "findings": "检查意见", "remarks": "审阅意见", "problems": "问题", "measures": "措施",
    "overlap": "与别处相同", "recurrence": "上次的问题",
}  # fmt: skip


@require_GET
def page(request: HttpRequest, draft: int) -> HttpResponse:
    """Show a draft in one of its views."""
    return _page(request, draft)


def _page(
    request: HttpRequest, key: int, reasons: tuple[str, ...] = (), status: int = 200,
    what: str = "", typed: Plain | None = None,
) -> HttpResponse:  # fmt: skip
    """Show a draft; after a refusal of ``what``, with what was ``typed`` in its form."""
    by = me(request)
    row, eye = reach.draft(by, key)
    show = request.GET.get("show", "findings" if what in {"", "judge"} else "remarks")
    show = show if show in VIEWS else "findings"
    submission = row.submission
    decision = reach.decision_on(row.pk)
    drafts = list(submission.drafts.order_by("number"))
    said = _remarks(row, eye, decided=decision is not None)
    newest = drafts[-1].pk == row.pk
    judges = eye.judges(submission) and decision is None and newest
    open_ = judges and submission.batch.state == "open"
    context: dict[str, Any] = {
        "draft": row, "submission": submission, "batch": submission.batch, "eye": eye,
        "decision": decision, "drafts": drafts, "newest": newest, "judges": open_, "show": show,
        "views": VIEWS, "reasons": reasons, "remarks": said,
        "may_take_back": decision is not None and decision.by_id == by.pk and newest,
        "decide": _decision(by, submission, typed if what == "decide" else None),
        "remark": typed if what == "remark" else forms.RemarkForm(by=by),
        "typed": typed.data if typed is not None and what == "judge" else {},
    }  # fmt: skip
    marks = _shown(request, row, said, show, context)
    context["paragraphs"] = list(paragraphs(row.examination.text, marks))
    return render(request, "review/draft.html", context, status=status)


def _decision(by: Any, submission: Any, typed: Plain | None) -> Plain:
    """Return the form of a decision on what the page shows now, with what was typed before."""
    given: dict[str, Any] = dict(typed.data.items()) if typed is not None else {}
    return forms.DecideForm(by=by, initial={**given, "version": submission.version})


def _remarks(row: Draft, eye: reach.Eye, *, decided: bool) -> list[Remark]:
    """Return the remarks that somebody may see: reviewers all, others those of a decision."""
    if not decided and not eye.judges(row.submission):
        return []
    held = Remark.objects.filter(draft=row, withdrawn=False).select_related("by")
    return list(held.order_by("start", "pk"))


def _shown(
    request: HttpRequest, row: Draft, said: list[Remark], show: str, context: dict[str, Any]
) -> list[Any]:
    """Put what a view lists into the context, and return the marks on the text."""
    if show in {"problems", "measures"}:
        held = seen.figures_of(row)
        context["figures"] = held
        told = seen.problems if show == "problems" else seen.measures
        context["told"], marks = told(row, held) if held else ([], [])
        return marks
    if show == "overlap":
        done = queries.last_done(row.submission.batch_id)
        context["copies"], marks = seen.copies(row, done)
        context["done"] = done
        return marks
    if show == "recurrence":
        context["again"], marks = recurring.shown(row)
        return marks
    found = queries.judged(row, said)
    context["counts"] = Counter(one.family for one in found)
    context["families"] = queries.FAMILIES
    if show == "remarks":
        taken = [one for one in found if one.remark]
        context["judged"] = {one.remark.pk: one for one in taken if one.remark}
        return [*seen.of_findings(taken), *seen.of_remarks(said)]
    context["asked"] = {
        "family": request.GET.get("family", "")[:20], "grade": request.GET.get("grade", "")[:10],
        "code": request.GET.get("code", "")[:10],
    }  # fmt: skip
    context["findings"] = [one for one in found if _is_wanted(one, context["asked"])]
    return [*seen.of_findings(context["findings"]), *seen.of_remarks(said)]


def _is_wanted(one: queries.Judged, asked: dict[str, str]) -> bool:
    from luoshi.core.knowledge import table

    lacking = asked["code"] == "missing"
    return (
        (not asked["family"] or one.family == asked["family"])
        and (not asked["grade"] or one.finding["severity"] == asked["grade"])
        and (not lacking or one.finding["code"] in table("review/words")["missing"])
    )


def _place(row: Draft, data: dict[str, Any]) -> tuple[int, int]:
    """Return the characters that somebody told by a paragraph's number and words in it."""
    found = lines(row.examination.text)
    number, words = data["paragraph"], data["words"].strip()
    if number is not None and number > len(found):
        raise Refused(f"全文共{len(found)}段，没有第{number}段。请按左边的段号填写。")
    start, end = found[number - 1] if number else (0, len(row.examination.text))
    if not words:
        if number is None:
            raise Refused("请填写第几段，或者照原文填写针对的那几个字。")
        return start, end
    times = row.examination.text.count(words, start, end)
    if times != 1:
        where = f"第{number}段" if number else "全文"
        raise Refused(
            f"“{words}”在{where}里{'没有找到' if not times else f'出现了{times}次'}。"
            "请照原文多填几个字，或者写明第几段。"
        )
    at = row.examination.text.index(words, start, end)
    return at, at + len(words)


def _remark(by: Any, row: Draft, data: dict[str, Any]) -> str:
    start, end = _place(row, data)
    held = remarks.add(by=by, draft=row.pk, start=start, end=end, text=data["text"])
    return f"?show=remarks#remark-{held.pk}"


def _judge(by: Any, row: Draft, data: dict[str, Any]) -> str:
    remarks.judge(by=by, draft=row.pk, **data)
    return f"?show=findings#finding-{data['finding']}"


def _withdraw(by: Any, row: Draft, data: dict[str, Any]) -> str:
    remarks.withdraw(by=by, draft=row.pk, remark=data["remark"])
    return "?show=remarks"


def _decide(by: Any, row: Draft, data: dict[str, Any]) -> str:
    deciding.decide(by=by, draft=row.pk, **data)
    return ""


def _take_back(by: Any, row: Draft, data: dict[str, Any]) -> str:
    deciding.withdraw(by=by, draft=row.pk, **data)
    return ""


Do = Callable[[Any, Draft, dict[str, Any]], str]
_ACTS: dict[str, tuple[type[Plain], Do, str]] = {
    "remark": (forms.RemarkForm, _remark, "意见已记下。"),
    "judge": (forms.JudgeForm, _judge, "已记下。"),
    "withdraw": (forms.WithdrawForm, _withdraw, "意见已撤回。"),
    "decide": (forms.DecideForm, _decide, "结论已记录。"),
    "take-back": (forms.TakeBackForm, _take_back, "结论已撤回，可以重新审阅。"),
}


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, draft: int, what: str) -> HttpResponse:
    """Do one thing on a draft, and show it again where that was done."""
    by = me(request)
    row, _ = reach.draft(by, draft)
    if what not in _ACTS:
        raise Http404
    home = reverse("review:draft", args=[row.pk])
    if request.method == "GET":  # the address of something refused, loaded again
        return see_other(home)
    make, do, done = _ACTS[what]
    form = make(request.POST, by=by)
    if not form.is_valid():
        reasons = tuple(str(e) for errors in form.errors.values() for e in errors)
        return _page(request, draft, reasons, 422, what, form)
    try:
        where = do(by, row, form.arguments())
    except NotFound:
        raise
    except Refused as refusal:
        return _page(request, draft, refusal.reasons, status_of(refusal), what, form)
    messages.success(request, done)
    return see_other(home + where)


@require_GET
def original(request: HttpRequest, draft: int) -> HttpResponseBase:
    """Give the author's own file out, as a download, to who reviews or manages the batch."""
    row, _ = reach.draft(me(request), draft)
    return storage.response(row.examination.file)
