"""Forms of work on an item."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from luoshi.core.workflow import table
from luoshi.office.journal.errors import NotFound
from luoshi.office.ledger.actions import access, evidence, special, work
from luoshi.office.ledger.forms import work as forms
from luoshi.office.ledger.forms.base import ItemForm, Sure
from luoshi.office.ledger.forms.closing import Reason
from luoshi.office.ledger.models import Commitment, SpecialLedger
from luoshi.office.ledger.views.act import Extra
from luoshi.office.ledger.views.screens import Screen, working

_WORK = frozenset({"ledger.work"})
_SEE = frozenset({"ledger.read", "ledger.verify.assigned"})
_PUBLISH = frozenset({"ledger.publish"})
_DRAFT = frozenset({"ledger.draft"})
_VERIFY = frozenset({"ledger.verify", "ledger.verify.assigned"})

START = Screen(
    "start", "开始办理", "开始办理", Sure, work.start, "已开始办理。", _WORK, move="start",
    who="own", style="",
)  # fmt: skip
STAND = Screen(
    "stand", "转入长期坚持", "转入长期坚持", Sure, work.stand, "已转入长期坚持，按期复查。", _WORK,
    move="stand", who="own", when=lambda s: s["item"].time_class == "standing",
    lead="长期坚持不等于完成：由没有牵连的人按期复查，做不到就重新打开。",
)  # fmt: skip
PROGRESS = Screen(
    "progress", "记录进展", "记录", forms.Progress, work.add_progress, "进展已记录。", _WORK,
    states=working(), who="own",
    lead="有变化或者到了节点才需要记，不用天天填。",
)  # fmt: skip
READING = Screen(
    "reading", "登记读数", "登记", forms.Reading, work.add_reading, "读数已登记。", _SEE,
    states=working(), when=lambda s: s["item"].indicator_kind == "number",
    lead="销号要有责任人以外的人在完成之后登记的读数。同一天重新登记的，以后登记的为准。",
)  # fmt: skip
EVIDENCE = Screen(
    "evidence", "提交佐证", "提交", forms.EvidenceForm, evidence.add, "佐证已提交。", _SEE,
    states=working(),
    lead="销号要有责任人控制之外、在整改完成之后形成的佐证：由其他科室（社区）或外单位的人提交。",
)  # fmt: skip
REVISE = Screen(
    "evidence-revise", "更正佐证", "更正", forms.Revise, evidence.revise,
    "佐证已更正，原来的一件保留。", _SEE, states=working(), about="evidence",
)  # fmt: skip
WITHDRAW = Screen(
    "evidence-withdraw", "撤回佐证", "撤回", Reason, evidence.withdraw,
    "佐证已撤回，仍然保留在经过里，但不再算数。", _SEE, states=working(), about="evidence",
    style="bad",
)  # fmt: skip
CHECK = Screen(
    "check", "复查", "记录复查", forms.StandingCheck, work.check_standing, "复查已记录。", _VERIFY,
    states=frozenset({"standing"}), style="",
    lead="由与这一事项没有牵连的人到现场看。没有做到的，事项按反弹重新打开。",
)  # fmt: skip

OPEN = Screen(
    "access-open", "向外单位人员开放", "开放这一项", forms.OpenTo, access.open_to,
    "已开放：此人只能看到、核验这一项。", _PUBLISH, states=working(),
    lead="外单位的核验人只看得到向他（她）开放的事项，可以提交佐证和读数，也可以核验。",
)  # fmt: skip
REVOKE = Screen(
    "access-revoke", "停止向外单位人员开放", "停止开放", Reason, access.revoke, "已停止开放。",
    _PUBLISH, states=frozenset(table.states()), about="person", style="bad",
)  # fmt: skip
SPECIAL = Screen(
    "special-link", "列入专项台账", "保存", forms.InSpecial, special.link, "已保存。", _DRAFT,
    states=working(), when=lambda s: SpecialLedger.objects.filter(office=s["item"].office_id).exists(),
    lead="只是归类，约定的内容不变。",
)  # fmt: skip


def of_evidence(request: HttpRequest, item: Commitment, form: ItemForm) -> dict[str, Any]:
    """Show which piece of evidence it is about; raises ``NotFound`` for another item's."""
    row = item.evidence_set.filter(pk=form.about).first()
    if row is None:
        raise NotFound("没有找到这件佐证。")
    return {"subject": row.title}


def of_person(request: HttpRequest, item: Commitment, form: ItemForm) -> dict[str, Any]:
    """Show whom it is about; raises ``NotFound`` for somebody to whom it is not open."""
    row = item.access_set.filter(person=form.about, revoked=False).select_related("person").first()
    if row is None:
        raise NotFound("这一事项没有向此人开放。")
    return {"subject": row.person.name}


SCREENS: dict[Screen, Extra | None] = {
    START: None,
    PROGRESS: None,
    READING: None,
    EVIDENCE: None,
    REVISE: of_evidence,
    WITHDRAW: of_evidence,
    STAND: None,
    CHECK: None,
    OPEN: None,
    REVOKE: of_person,
    SPECIAL: None,
}
