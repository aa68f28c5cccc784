"""The forms of closing, and what each shows beside its fields."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from luoshi.core.workflow import independence
from luoshi.core.workflow.facts import Item, People
from luoshi.office.journal import clock
from luoshi.office.journal.errors import NotFound
from luoshi.office.ledger import collect, kept
from luoshi.office.ledger.actions import closing
from luoshi.office.ledger.candidates import candidates
from luoshi.office.ledger.forms import closing as forms
from luoshi.office.ledger.forms.base import ItemForm, Sure
from luoshi.office.ledger.models import Commitment, Objection, Verification
from luoshi.office.ledger.views import missing
from luoshi.office.ledger.views.screens import Screen

_WORK = frozenset({"ledger.work"})
_PUBLISH = frozenset({"ledger.publish"})
_VERIFY = frozenset({"ledger.verify", "ledger.verify.assigned"})
_DECIDE = frozenset({"ledger.objection.decide", "ledger.verify.assigned"})
_SEE = frozenset({"ledger.read", "ledger.verify.assigned"})

APPLY = Screen(
    "apply", "申请销号", "提交申请", forms.Apply, closing.apply,
    "已申请销号，等待指定核验人。", _WORK, move="apply", who="own", style="",
    lead="提交以后由没有牵连的人到现场核验，通过后公示。只有做完了再申请。",
    template="ledger/act_missing.html",
    when=lambda s: s["item"].indicator_kind != "none" and s["item"].time_class != "standing",
)  # fmt: skip
UNAPPLY = Screen(
    "unapply", "撤回销号申请", "撤回申请", forms.Reason, closing.unapply,
    "申请已撤回，事项回到办理中。", _WORK, move="unapply", who="own",
    lead="正在进行的核验会一并作废。",
)  # fmt: skip
ASSIGN = Screen(
    "assign", "指定核验人", "指定", forms.Assign, closing.assign,
    "核验人已指定，可以打印现场核验单。", _PUBLISH, move="assign", style="",
    lead="核验人不能是责任人、协办人，不能受他们领导，也不能提交过这一事项的佐证；按人判断，"
    "看事项存续的全部时间。",
    template="ledger/act_assign.html",
)  # fmt: skip
REGISTER_FORM = Screen(
    "form-register", "登记外部核验单", "登记", forms.RegisterForm, closing.register_form,
    "核验单已登记，要由另一人对照原件确认后才算数。", _PUBLISH, move="assign",
    lead="照签字的原件登记。登记以后由另一个人对照原件确认。",
)  # fmt: skip
CONFIRM_FORM = Screen(
    "form-confirm", "确认外部核验单", "确认", forms.ConfirmForm, closing.confirm_form,
    "核验单已确认。", _PUBLISH, states=frozenset({"verifying"}), style="",
    lead="请拿着签字的原件，逐项对照登记的内容。与原件不符的，不要确认。",
    template="ledger/act_verification.html", when=lambda s: has_form(s["verification"]),
)  # fmt: skip
VERIFY = Screen(
    "verify", "核验", "作出决定", forms.Verify, closing.verify, "核验决定已记录。", _VERIFY,
    move="pass", who="verifier", style="",
    lead="先到现场看过再填写。通过后进入公示；退回要写明还差什么。谁核验、谁负责。",
    template="ledger/act_missing.html",
)  # fmt: skip
OBJECT = Screen(
    "object", "登记异议", "登记异议", forms.ObjectTo, closing.object_to,
    "异议已登记，要由与此事没有牵连的人处理。", frozenset({"ledger.objection"}),
    states=frozenset({"published"}),
)  # fmt: skip
DECIDE_OBJECTION = Screen(
    "objection", "处理异议", "作出处理决定", forms.DecideObjection, closing.decide_objection,
    "异议已处理。", _DECIDE, states=frozenset({"published"}), about="objection",
    template="ledger/act_objection.html",
)  # fmt: skip
CLOSE = Screen(
    "close", "销号", "销号，进入观察期", Sure, closing.close, "已销号，进入观察期。", _PUBLISH,
    move="close", style="",
    lead="系统会按现在的情况重新判断每一项条件。销号以后进入观察期，问题再出现就重新打开。",
    template="ledger/act_missing.html",
)  # fmt: skip
VOID = Screen(
    "void", "核验作废，重新核验", "作废并重新核验", forms.Reason, closing.void,
    "原核验已作废，请重新指定核验人。", _PUBLISH, move="void", style="bad",
    lead="核验之后情况有变化时用。原来的核验、公示都保留在经过里。",
)  # fmt: skip
CONFIRM = Screen(
    "confirm", "观察期满确认", "确认问题没有再出现", forms.Confirm, closing.confirm,
    "已确认。这一事项到此办结，全部经过保留。", _VERIFY, move="confirm", style="",
    lead="观察期满后再到现场看一次（回头看），写明看到的情况。",
)  # fmt: skip
RELAPSE = Screen(
    "relapse", "登记反弹", "登记反弹，重新打开", forms.RelapseForm, closing.relapse,
    "已登记反弹，事项重新打开，严重程度提高一级。", _SEE, move="relapse", style="bad",
    lead="问题又出现了，谁看到都可以登记。原来的核验和公示随之作废，全部经过保留。",
)  # fmt: skip


def has_form(row: Verification | None) -> bool:
    """Tell whether a verification under way is a registered form waiting to be confirmed."""
    return row is not None and row.form_id is not None and not row.result


def standing_of(item: Commitment) -> dict[str, Any]:
    """Return where an item stands: its rows, its checks, the verification, the application."""
    rows, staff = kept.read(item), collect.staff(item.office_id)
    facts = collect.facts(rows)
    return {
        "item": item, "rows": rows, "staff": staff, "facts": facts, "people": staff.people,
        "verification": rows.verification, "publication": rows.publication,
        "application": rows.application, "verifier_place": place_of(rows.verification, facts, staff.people),
        "checks": missing.checks(facts, staff.people, rows, clock.today()),
    }  # fmt: skip


def place_of(row: Verification | None, facts: Item, people: People) -> tuple[str, ...]:
    """Return in Chinese how the verifier stands to those who have the item in hand."""
    if row is None:
        return ()
    if row.verifier_id is None:
        return ("单位以外",)
    return independence.place(facts, people, row.verifier_id, clock.today())


def evidence_of(standing: dict[str, Any]) -> list[missing.Weighed]:
    """Return the evidence of an item by its dates, each piece with how it counts."""
    rows = sorted(standing["rows"].evidence, key=lambda row: (row.dated, row.pk))
    return missing.weigh(rows, standing["facts"], standing["people"], clock.today())


def with_checks(request: HttpRequest, item: Commitment, form: ItemForm) -> dict[str, Any]:
    """Show what is still missing, and what there is to go by."""
    shown = standing_of(item)
    shown["evidence"] = evidence_of(shown)
    shown["least_days"] = forms.least_days(item)
    return shown


def with_candidates(request: HttpRequest, item: Commitment, form: ItemForm) -> dict[str, Any]:
    """Offer those who may verify; show the others with what speaks against them."""
    return {"others": [one for one in candidates(item) if one.reasons]}


def with_verification(request: HttpRequest, item: Commitment, form: ItemForm) -> dict[str, Any]:
    """Show what was registered from the signed form."""
    return {"verification": kept.read(item).verification}


def with_objection(request: HttpRequest, item: Commitment, form: ItemForm) -> dict[str, Any]:
    """Show the objection that is to be decided; raises ``NotFound`` for another item's."""
    rows = Objection.objects.filter(pk=form.about, publication__commitment=item)
    row = rows.select_related("registered_by", "decided_by").first()
    if row is None:
        raise NotFound("没有找到这件异议。")
    return {"objection": row}


SCREENS = {
    APPLY: with_checks,
    UNAPPLY: None,
    ASSIGN: with_candidates,
    REGISTER_FORM: None,
    CONFIRM_FORM: with_verification,
    VERIFY: with_checks,
    OBJECT: None,
    DECIDE_OBJECTION: with_objection,
    CLOSE: with_checks,
    VOID: None,
    CONFIRM: None,
    RELAPSE: None,
}
