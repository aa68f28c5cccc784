"""Deciding a handover (工作交接): one decision for all of its items that somebody is above.

Whoever is not above the owner of one of them leaves that one to another superior; it stays open.
"""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.office.accounts.models import Person
from luoshi.office.accounts.permissions import acting_for
from luoshi.office.journal.act import Act, action
from luoshi.office.journal.errors import NotAllowed, Refused
from luoshi.office.ledger import collect, values
from luoshi.office.ledger.actions import base, changes
from luoshi.office.ledger.models import Change, Commitment, Handover


@dataclass(frozen=True, slots=True)
class Decided:
    """How many items were decided, and how many wait for another superior."""

    done: int
    left: int


@action("ledger.handover.decide", "审批工作交接", needs="ledger.decide")
def decide(act: Act, *, by: Person, handover: int, approve: bool, decision: str = "") -> Decided:
    """Decide all requests of a handover whose owner the person is above.

    Raises ``NotAllowed`` with the reasons where that is none of them, and for who asked for it;
    ``Refused`` where an item says something else by now. Every item keeps the decision.
    """
    whole = act.lock(Handover, handover)
    words = values.text(decision, "审批意见", 500)
    if not approve and len(words) < 2:
        raise Refused("不同意的，请写明理由。")
    if whole.asked_by_id in acting_for(by):
        raise NotAllowed("不能审批自己提出的工作交接，请由另一位上级审批。")
    mine, left, why = _sorted(act, by, whole)
    if not mine:
        raise NotAllowed(*(why or ("这次工作交接已经办结。",)))
    for item, row in mine:
        if approve:
            _carry_out(act, by, item, row)
        changes.settle(act, by, item, row, approve, words)
    act.about(
        whole, facts={"approved": approve, "changes": [row.pk for _, row in mine], "left": left}
    )
    return Decided(len(mine), left)


def _sorted(
    act: Act, by: Person, whole: Handover
) -> tuple[list[tuple[Commitment, Change]], int, tuple[str, ...]]:
    """Return what the person may decide, how many others there are, and why not those."""
    people = collect.people(whole.office_id)
    rows = Change.objects.filter(handover=whole, state=Change.State.OPEN)
    mine: list[tuple[Commitment, Change]] = []
    why: list[str] = []
    left = 0
    for key, commitment in rows.order_by("commitment_id").values_list("pk", "commitment_id"):
        item = act.lock(Commitment, commitment)
        row = act.lock(Change, key, commitment=item)
        if row.state != Change.State.OPEN:
            continue
        try:
            base.require_above(by, collect.item(item), people)
            changes.require_not_own_hands(by, row)
        except NotAllowed as refusal:
            left += 1
            why += refusal.reasons
        else:
            mine.append((item, row))
    return mine, left, tuple(dict.fromkeys(why))


def _carry_out(act: Act, by: Person, item: Commitment, row: Change) -> None:
    try:
        changes.carry_out(act, by, item, row)
    except Refused as refusal:
        raise Refused(f"编号{item.number}：", *refusal.reasons) from refusal


@action("ledger.handover.cancel", "撤回工作交接", needs="office.manage")
def cancel(act: Act, *, by: Person, handover: int) -> int:
    """Take a handover back as far as nobody has decided it; returns how many items stay."""
    whole = act.lock(Handover, handover)
    rows = Change.objects.filter(handover=whole, state=Change.State.OPEN)
    keys = list(rows.order_by("commitment_id").values_list("pk", "commitment_id"))
    if not keys:
        raise Refused("这次工作交接已经办结，不能撤回。")
    for key, commitment in keys:
        item = act.lock(Commitment, commitment)
        row = act.lock(Change, key, commitment=item)
        row.state = Change.State.CANCELLED
        act.save(row)
        base.keep(act, item, new={"kind": row.kind})
    act.about(whole, facts={"changes": [key for key, _ in keys]})
    return len(keys)
