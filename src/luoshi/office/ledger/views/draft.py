"""Drafts: making one, filling it in, proposing, claiming, handing back, ordering, dropping."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from luoshi.core.workflow import hints
from luoshi.core.workflow.agreeing import to_agree
from luoshi.core.workflow.suggest import suggest, written_about
from luoshi.office.examinations.models import Point
from luoshi.office.journal import clock
from luoshi.office.journal.errors import NotFound
from luoshi.office.ledger import collect, terms
from luoshi.office.ledger.actions import draft
from luoshi.office.ledger.forms import agreed
from luoshi.office.ledger.forms import draft as forms
from luoshi.office.ledger.forms.base import ItemForm, Plain, Sure
from luoshi.office.ledger.models import Commitment
from luoshi.office.ledger.promised import promised_on
from luoshi.office.ledger.views import reach, words
from luoshi.office.ledger.views.act import Extra
from luoshi.office.ledger.views.plain import fill, posted
from luoshi.office.ledger.views.screens import Screen
from luoshi.office.pages import me

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
    """Show what the draft says, what it does not say yet, and what is worth a second thought."""
    found = to_agree(terms.of(item), promised_on(item), unverifiable=True)
    hide = words.hiding(request, collect.staff(item.office_id))
    return {
        "missing": found,
        "hints": hints_of(item),
        "today": clock.today(),
        "evidence_kinds": words.kinds(item),
        "reading_dates": words.days(item),
        **words.of(item, hide),
    }


def hints_of(item: Commitment) -> tuple[str, ...]:
    """Return what somebody should look at again before the item is taken on."""
    return hints.hints(terms.of(item, problems=0), clock.today())


def with_source(request: HttpRequest, item: Commitment, form: ItemForm) -> dict[str, Any]:
    """Show the words of the material above the questions."""
    today, material = clock.today(), item.examination
    written = written_about(material.written_on, material.year, today) if material else today
    suggestion = suggest(item.source_text or item.title, written)
    staff = collect.staff(item.office_id)
    return {
        **words.of(item, words.hiding(request, staff)), "suggestion": suggestion, "today": today,
        "hints": (*hints_of(item), *words.named_in_title(item, staff)),
    }  # fmt: skip


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
    form = forms.ByHand(posted(request), by=me(request))
    return _make(request, form, draft.by_hand, {}, {
        "title": "新建整改事项",
        "lead": "来自对照检查材料的，请从材料里建立，原文会一直跟着事项。",
    })  # fmt: skip


def for_problem(request: HttpRequest, point: int) -> HttpResponse:
    """Make a draft for a problem without a measure."""
    words = _point(request, point, Point.Kind.PROBLEM)
    form = forms.ForProblem(posted(request), by=me(request))
    return _make(request, form, draft.for_problem, {"point": point}, {
        "title": "这个问题还没有措施", "source": words,
        "lead": "材料里写了问题，没有写怎样整改。请补上一条能看到、能数清的措施。",
    })  # fmt: skip


def from_measure(request: HttpRequest, point: int) -> HttpResponse:
    """Make a draft of a measure of the material."""
    words = _point(request, point, Point.Kind.MEASURE)
    form = Plain(posted(request), by=me(request))
    return _make(request, form, draft.from_measure, {"point": point}, {
        "title": "由这条措施建立整改事项", "source": words,
        "lead": "材料中与它对应的问题和原因会一并带过来，可以再改。",
    })  # fmt: skip


def _point(request: HttpRequest, key: int, kind: str) -> str:
    """Return the words of a point of the office's own material; raises ``NotFound``."""
    reach.require(request, *_DRAFT)
    rows = Point.for_office(me(request).office_id).select_related("examination")
    row = rows.filter(pk=key, kind=kind, dropped=False).first()
    if row is None:
        raise NotFound("这一条已被删去、合并或改了类别，请打开材料重新选择。")
    return str(row.examination.text[row.start : row.end])


def _make(
    request: HttpRequest, form: Plain, action: Callable[..., Commitment], more: dict[str, Any],
    context: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    return fill(
        request, form, lambda given: action(by=me(request), **more, **given),
        done="草稿已建立，请接着填写。", then=lambda item: reverse("ledger:edit", args=[item.pk]),
        context={"button": "建立草稿", **context},
    )  # fmt: skip
