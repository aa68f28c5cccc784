"""Drafts: making one, filling it in, proposing, claiming, handing back, ordering, dropping."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from luoshi.core.workflow.agreeing import to_agree
from luoshi.office.examinations.models import Point
from luoshi.office.journal import clock
from luoshi.office.journal.errors import NotFound, Refused
from luoshi.office.ledger import terms
from luoshi.office.ledger.actions import draft
from luoshi.office.ledger.forms import agreed
from luoshi.office.ledger.forms import draft as forms
from luoshi.office.ledger.forms.base import ItemForm, Plain, Sure
from luoshi.office.ledger.models import Commitment
from luoshi.office.ledger.views import reach
from luoshi.office.ledger.views.act import Extra
from luoshi.office.ledger.views.screens import Screen
from luoshi.office.pages import me, see_other, status_of

_DRAFT = frozenset({"ledger.draft"})
_WORK = frozenset({"ledger.work"})
_DECIDE = frozenset({"ledger.decide", "ledger.verify.assigned"})
_IN_DRAFT = frozenset({"draft"})

EDIT = Screen(
    "edit", "填写草稿", "保存草稿", agreed.Edit, draft.edit, "草稿已保存。", _DRAFT,
    states=_IN_DRAFT, style="", template="ledger/act_edit.html",
    lead="认领以后，时限、目标、责任人等都要经上级审批才能改，所以现在要想清楚。",
)  # fmt: skip
PROPOSE = Screen(
    "propose", "提请认领", "提请责任人认领", Sure, draft.propose, "已提请责任人认领。", _DRAFT,
    states=_IN_DRAFT, style="", template="ledger/act_agree.html",
    when=lambda s: s["item"].proposed_on is None,
)  # fmt: skip
CLAIM = Screen(
    "claim", "认领", "认领", forms.Claim, draft.claim, "已认领。", _WORK, move="claim", who="own",
    style="", template="ledger/act_agree.html", when=lambda s: s["item"].proposed_on is not None,
    lead="认领就是答应：在期限内做到下面写的样子，并且由别人来核验。",
)  # fmt: skip
DECLINE = Screen(
    "decline", "不予认领", "退给经办人", forms.DraftReason, draft.decline, "已退给经办人。", _WORK,
    states=_IN_DRAFT, who="own", when=lambda s: s["item"].proposed_on is not None,
    lead="写明为什么不该由您负责，或者哪里写得不对。",
)  # fmt: skip
ORDER = Screen(
    "order", "交办", "交办给责任人", forms.Order, draft.order, "已交办。", _DECIDE, move="order",
    template="ledger/act_agree.html", lead="责任人迟迟不认领的，由上级交办。",
)  # fmt: skip
DROP = Screen(
    "drop", "删去草稿", "删去", forms.DraftReason, draft.drop, "草稿已删去，仍可查到。", _DRAFT,
    move="drop", style="bad", lead="删去的草稿仍然查得到；对应的问题重新列为没有措施。",
)  # fmt: skip


def with_terms(request: HttpRequest, item: Commitment, form: ItemForm) -> dict[str, Any]:
    """Show what the draft says, and what it does not say yet."""
    from luoshi.office.ledger.views.item import words_of

    found = to_agree(terms.of(item), clock.today(), unverifiable=True)
    return {"missing": found, **words_of(item)}


def with_source(request: HttpRequest, item: Commitment, form: ItemForm) -> dict[str, Any]:
    """Show the words of the material above the questions."""
    from luoshi.office.ledger.views.item import words_of

    return words_of(item)


SCREENS: dict[Screen, Extra | None] = {
    EDIT: with_source,
    PROPOSE: with_terms,
    CLAIM: with_terms,
    DECLINE: None,
    ORDER: with_terms,
    DROP: None,
}


def by_hand(request: HttpRequest) -> HttpResponse:
    """Make a draft that comes from no material."""
    reach.require(request, *_DRAFT)
    form = forms.ByHand(_posted(request), by=me(request))
    return _make(request, form, lambda given: draft.by_hand(by=me(request), **given), {
        "title": "新建整改事项", "button": "建立草稿",
        "lead": "来自对照检查材料的，请从材料里建立，原文会一直跟着事项。",
    })  # fmt: skip


def for_problem(request: HttpRequest, point: int) -> HttpResponse:
    """Make a draft for a problem without a measure."""
    words = _point(request, point, Point.Kind.PROBLEM)
    form = forms.ForProblem(_posted(request), by=me(request))
    make = _with(request, draft.for_problem, point)
    return _make(request, form, make, {
        "title": "这个问题还没有措施", "button": "建立草稿", "source": words,
        "lead": "材料里写了问题，没有写怎样整改。请补上一条能看到、能数清的措施。",
    })  # fmt: skip


def from_measure(request: HttpRequest, point: int) -> HttpResponse:
    """Make a draft of a measure of the material."""
    words = _point(request, point, Point.Kind.MEASURE)
    form = Plain(_posted(request), by=me(request))
    make = _with(request, draft.from_measure, point)
    return _make(request, form, make, {
        "title": "由这条措施建立整改事项", "button": "建立草稿", "source": words,
        "lead": "材料中与它对应的问题和原因会一并带过来，可以再改。",
    })  # fmt: skip


def _with(
    request: HttpRequest, action: Callable[..., Commitment], point: int
) -> Callable[[dict[str, Any]], Commitment]:
    return lambda given: action(by=me(request), point=point, **given)


def _point(request: HttpRequest, key: int, kind: str) -> str:
    """Return the words of a point of the office's own material; raises ``NotFound``."""
    reach.require(request, *_DRAFT)
    rows = Point.for_office(me(request).office_id).select_related("examination")
    row = rows.filter(pk=key, kind=kind, dropped=False).first()
    if row is None:
        raise NotFound("这一条已被删去、合并或改了类别，请打开材料重新选择。")
    return str(row.examination.text[row.start : row.end])


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _make(
    request: HttpRequest, form: Plain, act: Callable[[dict[str, Any]], Commitment],
    context: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    reasons: tuple[str, ...] = ()
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                item = act(form.cleaned_data)
            except NotFound:
                raise
            except Refused as refusal:
                reasons, status = refusal.reasons, status_of(refusal)
            else:
                messages.success(request, "草稿已建立，请接着填写。")
                return see_other(reverse("ledger:edit", args=[item.pk]))
    shown = {**context, "form": form, "reasons": reasons}
    return render(request, "ledger/new.html", shown, status=status)
