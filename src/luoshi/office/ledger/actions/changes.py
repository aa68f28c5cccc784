"""Changing what was agreed: asked for by somebody, decided visibly by a superior.

A request changes nothing by itself. It is decided on what it was asked on: where the item says
something else by then, it has to be asked for anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luoshi.core.journal.canonical import Value
from luoshi.office.accounts.models import Person
from luoshi.office.accounts.permissions import acting_for
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act, action, may
from luoshi.office.journal.errors import NotAllowed, Refused
from luoshi.office.ledger import collect, kinds, structure, terms, values
from luoshi.office.ledger.actions import base
from luoshi.office.ledger.models import Change, Commitment

Kind = Change.Kind


@action("ledger.change.ask", "申请变更", needs="")
def ask(
    act: Act, *, by: Person, commitment: int, version: int, kind: str, new: Mapping[str, Any],
    reason: str,
) -> Change:  # fmt: skip
    """Ask for a change; by who has the item in hand, or who drafts.

    ``new`` holds columns (`kinds.RULES`), ``returns_on`` to suspend, ``parts`` to split,
    ``into`` to merge.
    """
    item = _lock(act, commitment, version, new.get("into") if kind == Kind.MERGE else None)
    _require_may_ask(by, item)
    kinds.require_state(item, kind)
    why = values.words(reason, "变更的理由", 5, 500)
    if Change.objects.filter(commitment=item, kind=kind, state=Change.State.OPEN).exists():
        raise Refused("同一种变更已有一件申请在等待审批，请先等待审批或撤回。")
    cleaned = kinds.prepare(act, item, kind, new)
    asked = kinds.plain(cleaned)
    row = act.save(
        Change(
            office=item.office, commitment=item, kind=kind, new=asked, reason=why,
            old=terms.current(item, kinds.compared(kind)), version=item.version,
            asked_by=by, asked_at=act.time,
        )
    )  # fmt: skip
    base.keep(act, item, why, old=_shown_old(row), new=_shown_new(row))
    act.about(item, facts={"change": row.pk, "kind": kind, "new": asked, "reason": why})
    return row


def _require_may_ask(by: Person, item: Commitment) -> None:
    if may(by, "ledger.draft", item):
        return
    if not may(by, "ledger.work", item):
        raise NotAllowed("您没有办理这件事的权限。如确有需要，请与管理员联系。")
    base.require_own(by, item)


def _shown_old(row: Change) -> dict[str, Value]:
    """Return the old values of the columns that are asked for."""
    return {name: row.old[name] for name in row.new if name in row.old}


def _shown_new(row: Change) -> dict[str, Value]:
    shown = dict(row.new)
    if "into" in shown:
        other = Commitment.objects.filter(pk=shown["into"], office=row.office_id)
        shown["into"] = other.values_list("number", flat=True).first()
    return {"kind": row.kind, **shown}


@action("ledger.change.decide", "审批变更", needs="")
def decide(
    act: Act, *, by: Person, commitment: int, version: int, change: int, approve: bool,
    decision: str = "",
) -> Change:  # fmt: skip
    """Decide a request as somebody above the owner; an approved one is carried out at once.

    For items of the head that is somebody outside the office to whom the item was opened.
    Nobody decides their own request, nor one that puts the item into their own hands.
    """
    item = _lock(act, commitment, version, _into(act, commitment, change))
    base.require_seen(act, by, item, "ledger.decide")
    row = act.lock(Change, change, commitment=item)
    if row.state != Change.State.OPEN:
        raise Refused("这件申请已经办结。")
    if row.asked_by_id in acting_for(by):
        raise NotAllowed("不能审批自己提出的申请，请由另一位上级审批。")
    base.require_above(by, collect.item(item), collect.people(item.office_id))
    words = values.text(decision, "审批意见", 500)
    if approve:
        carry_out(act, by, item, row)
    elif len(words) < 2:
        raise Refused("不同意的，请写明理由。")
    settle(act, by, item, row, approve, words)
    act.about(item, facts={"change": row.pk, "kind": row.kind, "approved": approve, "new": row.new})
    return row


def settle(
    act: Act, by: Person, item: Commitment, row: Change, approve: bool, words: str
) -> None:  # fmt: skip
    """Write a decision down, on the request and on the item's line of time."""
    row.state = Change.State.APPROVED if approve else Change.State.REFUSED
    row.decided_by, row.decided_at, row.decision = by, act.time, words
    act.save(row)
    if item.state == "withdrawn":
        _cancel_others(act, item)
    new = _shown_new(row) if approve else {"kind": row.kind}
    note = words or ("同意" if approve else "")
    base.keep(act, item, note, old=_shown_old(row) if approve else {}, new=new)


def _lock(act: Act, commitment: int, version: int, other: Any) -> Commitment:
    """Lock the item, and the one it may be merged into: always in the same order.

    Otherwise two items that are merged into each other would wait for each other.
    """
    if isinstance(other, int) and isinstance(commitment, int) and other < commitment:
        act.lock(Commitment, other)
    return base.lock(act, commitment, version)


def _into(act: Act, commitment: int, change: int) -> Any:
    """Return the item that a request would merge into, if it is such a one.

    Read without a lock: requests are locked after their item, and a request never changes what
    it asks for.
    """
    if not isinstance(change, int) or not isinstance(commitment, int):
        return None
    asked = Change.objects.filter(pk=change, commitment=commitment, office=act.by.office_id)
    new = asked.filter(kind=Kind.MERGE).values_list("new", flat=True).first()
    return new.get("into") if new else None


def carry_out(act: Act, by: Person, item: Commitment, row: Change) -> None:
    """Apply a request, if everything is as it was when it was asked for."""
    kinds.require_state(item, row.kind)
    later = Change.objects.filter(
        commitment=item, state=Change.State.APPROVED, decided_at__gt=row.asked_at
    )
    if later.exists() or terms.current(item, kinds.compared(row.kind)) != row.old:
        raise Refused(
            "提出申请之后，这一事项的内容又有变更，原申请不再适用。请退回，按现在的情况重新申请。"
        )
    cleaned = kinds.prepare(act, item, row.kind, row.new)
    require_not_own_hands(by, row)
    if row.kind == Kind.MERGE:
        structure.require_above_other(act, by, cleaned["into"])
    kinds.apply(act, item, row.kind, cleaned)


def require_not_own_hands(by: Person, row: Change) -> None:
    """Raise ``NotAllowed`` where a request would put the item into the person's own hands."""
    given = [row.new, *(row.new.get("parts") or ())]
    holders = {one.get("owner") for one in given}
    holders |= {person for one in given for person in one.get("co_owners") or ()}
    if holders & acting_for(by):
        raise NotAllowed("不能审批把事项交给自己的申请，请由另一位上级审批。")


def _cancel_others(act: Act, item: Commitment) -> None:
    for row in Change.objects.filter(commitment=item, state=Change.State.OPEN):
        row.state, row.decision = Change.State.CANCELLED, "事项已撤销、拆分或合并"
        act.save(row)


@action("ledger.change.cancel", "撤回变更申请", needs="")
def cancel(
    act: Act, *, by: Person, commitment: int, version: int, change: int, reason: str = ""
) -> Change:
    """Take one's own request back while nobody has decided it."""
    item = base.lock(act, commitment, version)
    row = act.lock(Change, change, commitment=item)
    if row.asked_by_id not in acting_for(by):
        raise NotAllowed("只有提出申请的人可以撤回。")
    if row.state != Change.State.OPEN:
        raise Refused("这件申请已经办结，不能撤回。")
    row.state = Change.State.CANCELLED
    act.save(row)
    base.keep(act, item, values.text(reason, "理由", 500), new={"kind": row.kind})
    act.about(item, facts={"change": row.pk, "kind": row.kind})
    return row


@action("ledger.resume", "恢复办理", needs="")
def resume(act: Act, *, by: Person, commitment: int, version: int) -> Commitment:
    """Take an item up again; who drafts may do so too, once the day of its return is there."""
    item = base.lock(act, commitment, version)
    overdue = item.returns_on is not None and item.returns_on <= clock.today()
    if not (overdue and may(by, "ledger.draft", item)):
        if not may(by, "ledger.work", item):
            raise NotAllowed("您没有办理这件事的权限。如确有需要，请与管理员联系。")
        base.require_own(by, item)
    base.move(act, item, "resume")
    item.suspended_from, item.returns_on = "", None
    base.keep(act, item)
    act.about(item, facts={"state": item.state})
    return item
