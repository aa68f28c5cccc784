"""Asking for changes of what was agreed, and deciding on them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.core.workflow import table
from luoshi.office.journal.errors import NotFound
from luoshi.office.ledger import kinds
from luoshi.office.ledger.actions import changes
from luoshi.office.ledger.forms import changes as forms
from luoshi.office.ledger.forms.base import ItemForm, Sure
from luoshi.office.ledger.models import Change, Commitment
from luoshi.office.ledger.views import reach, story, words
from luoshi.office.ledger.views.act import Extra
from luoshi.office.ledger.views.screens import Screen

ASK = frozenset({"ledger.work", "ledger.draft"})
_DECIDE = frozenset({"ledger.decide", "ledger.verify.assigned"})
_ALL = frozenset(table.states())
_WHY = {
    Change.Kind.DEADLINE: "推迟或提前整改时限。次数会一直显示。",
    Change.Kind.TARGET: "把要达到的数改成别的。",
    Change.Kind.BASELINE: "起点的数填错了，或者重新清点过。",
    Change.Kind.OWNER: "换人负责。原来的责任人仍然不能核验这一事项。",
    Change.Kind.CO_OWNERS: "增加或减少协办人。",
    Change.Kind.TIME_CLASS: "在短期攻坚、中期推进、长期坚持之间调整。",
    Change.Kind.PROBLEMS: "改变这一事项回应哪些问题、消除哪些原因。",
    Change.Kind.INDICATOR: "改变怎样看出做到了；无法核验的事项在这里补上指标。",
    Change.Kind.EVIDENCE: "改变要有哪些佐证。",
    Change.Kind.SPLIT: "分成几项，各有责任人；原事项的经过保留。",
    Change.Kind.MERGE: "并入另一项；两项的经过都保留。",
    Change.Kind.SUSPEND: "暂时不能办理，到恢复日期为止。",
    Change.Kind.WITHDRAW: "不再办理。撤销不算完成，单独统计。",
}


def _ask(kind: str) -> Screen:
    label = Change.Kind(kind).label
    return Screen(
        f"change-{kind.replace('_', '-')}", f"申请{label}", "提出申请", forms.of_kind(kind),
        changes.ask, "申请已提出，等待上级审批；审批以前什么都不变。", ASK,
        states=kinds.RULES[kind].states, group="change", lead=_WHY[Change.Kind(kind)],
        template="ledger/act_change.html",
    )  # fmt: skip


DECIDE = Screen(
    "change-decide", "审批变更", "作出决定", forms.Decide, changes.decide, "审批决定已记录。",
    _DECIDE, states=_ALL, about="change", template="ledger/act_decide.html",
)  # fmt: skip
CANCEL = Screen(
    "change-cancel", "撤回变更申请", "撤回申请", forms.Cancel, changes.cancel, "申请已撤回。", ASK,
    states=_ALL, about="change", template="ledger/act_decide.html",
)  # fmt: skip
RESUME = Screen(
    "resume", "恢复办理", "恢复办理", Sure, changes.resume, "已恢复办理。", ASK, move="resume",
    style="",
)  # fmt: skip


def with_now(request: HttpRequest, item: Commitment, form: ItemForm) -> dict[str, Any]:
    """Show what stands now, and how often it was changed already."""
    kind = getattr(form, "kind", "")
    done = item.changes.filter(kind=kind, state=Change.State.APPROVED).count()
    return {"kind_label": Change.Kind(kind).label, "times": done}


def with_change(request: HttpRequest, item: Commitment, form: ItemForm) -> dict[str, Any]:
    """Show the request that is to be decided; raises ``NotFound`` for another item's."""
    row = item.changes.filter(pk=form.about).select_related("asked_by", "decided_by").first()
    if row is None:
        raise NotFound("没有找到这件变更申请。")
    times = item.changes.filter(kind=row.kind, state=Change.State.APPROVED).count()
    hide = words.hiding(request)
    return {"change": row, "differences": story.differences_of(row, hide), "times": times}


SCREENS: dict[Screen, Extra | None] = {
    RESUME: None,
    **{_ask(kind): with_now for kind in kinds.RULES},
    DECIDE: with_change,
    CANCEL: with_change,
}


def choose(request: HttpRequest, key: int) -> HttpResponse:
    """Show which changes can be asked for now."""
    reach.require(request, *ASK)
    item = reach.item_of(request, key)
    open_kinds = set(item.changes.filter(state=Change.State.OPEN).values_list("kind", flat=True))
    screens = [
        (screen, kind_of(screen) in open_kinds)
        for screen in SCREENS
        if screen.group == "change" and item.state in screen.states
    ]
    context = {"item": item, "screens": screens, "state": table.states()[item.state]}
    return render(request, "ledger/changes.html", context)


def kind_of(screen: Screen) -> str:
    """Return the kind of change that a form asks for."""
    return str(getattr(screen.form, "kind", ""))
