"""Opening one item to somebody from outside the office, and closing it to them again."""

from __future__ import annotations

from luoshi.core.workflow import independence
from luoshi.office.accounts.models import Person
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act, action, may
from luoshi.office.journal.errors import NotAllowed, Refused
from luoshi.office.ledger import collect, values
from luoshi.office.ledger.actions import base
from luoshi.office.ledger.models import ItemAccess, Verification


@action("ledger.access.open", "向外部核验人开放", needs="ledger.publish")
def open_to(act: Act, *, by: Person, commitment: int, version: int, person: int) -> ItemAccess:
    """Let somebody from outside the office see this one item, add evidence, and verify it.

    Never by who has the item in hand: they do not choose who looks at it.
    """
    item = base.lock(act, commitment, version)
    who = act.lock(Person, person)
    today = clock.today()
    facts, people = collect.item(item), collect.people(item.office_id)
    held = {term.person for term in independence.responsible(facts, people, today)}
    if by.pk in held:
        raise NotAllowed("责任人、协办人及其代管人不能为自己的事项选择外部核验人。")
    if not who.active or not independence.is_outside(people, who.pk, (today, today)):
        raise Refused(f"{who.name}不是在岗的外部人员，不需要单独开放；本单位人员按权限查看台账。")
    if who.pk in held:
        raise Refused(f"{who.name}曾经办理过这一事项，不能作为外部核验人。")
    if not may(who, "ledger.verify.assigned", item):
        raise Refused(f"{who.name}没有外部核验人的角色，请先由管理员授予。")
    if base.has_access(who, item):
        raise Refused(f"这一事项已经向{who.name}开放。")
    row = act.save(
        ItemAccess(
            office_id=item.office_id, commitment=item, person=who, granted_by=by,
            granted_at=act.time,
        )
    )  # fmt: skip
    base.keep(act, item, new={"person": who.pk})
    act.about(item, facts={"person": who.pk})
    return row


@action("ledger.access.revoke", "停止向外部核验人开放", needs="ledger.publish")
def revoke(
    act: Act, *, by: Person, commitment: int, version: int, person: int, reason: str
) -> ItemAccess:
    """Close an item to somebody from outside; refused while they are verifying it."""
    item = base.lock(act, commitment, version)
    opened = ItemAccess.objects.filter(commitment=item, person=person, revoked=False)
    row: ItemAccess | None = opened.first()
    if row is None:
        raise Refused("这一事项没有向此人开放。")
    verifying = Verification.objects.filter(
        commitment=item, verifier=person, result=Verification.Result.OPEN
    )
    if verifying.exists():
        raise Refused("此人正在核验这一事项。请先改派核验人，再停止开放。")
    why = values.words(reason, "理由", 5, 500)
    row.revoked = True
    act.save(row)
    base.keep(act, item, why, old={"person": row.person_id}, new={"person": None})
    act.about(item, facts={"person": row.person_id, "reason": why})
    return row
