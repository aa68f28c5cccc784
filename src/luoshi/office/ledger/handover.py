"""A person leaves: their items go to somebody else, once superiors have decided it.

Drafts, which nobody has taken on, go over at once. Every other item gets a request to change its
owner or co-owners, decided as any such change is (issue of the ledger, §2), all together or one
by one; the old value stays on the item's line of time, and the change is counted.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from luoshi.core.workflow import table
from luoshi.office.accounts.models import Person
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act
from luoshi.office.journal.errors import Refused
from luoshi.office.ledger import kinds, terms
from luoshi.office.ledger.models import Change, Commitment, Duty, Handover

NOTE = "工作交接，等待上级审批"


def _in_hand(person: Person) -> models.QuerySet[Commitment]:
    """Return the items not at their end that a person owns or helps with."""
    ends = [key for key, state in table.states().items() if state.end]
    running = Duty.objects.filter(person=person, ends__isnull=True)
    rows: models.QuerySet[Commitment] = Commitment.objects.filter(
        pk__in=running.values("commitment")
    )
    return rows.exclude(state__in=ends).order_by("id")


def count(person: Person) -> int:
    """Return how many items a person has in hand."""
    return _in_hand(person).count()


def hand_over(act: Act, person: Person, successor: Person) -> int:
    """Hand a person's drafts over and ask for the rest, inside the open action; returns how many.

    Raises ``Refused`` where the successor cannot have items in hand, and where a change of
    owner or co-owners of one of them waits for a decision already.
    """
    items = [act.lock(Commitment, key) for key in _in_hand(person).values_list("pk", flat=True)]
    drafts = [item for item in items if item.state == "draft"]
    rest = [item for item in items if item.state != "draft"]
    _require_free(rest)
    try:
        for item in drafts:
            _give(act, item, _wanted(item, person, successor))
        if rest:
            whole = act.save(
                Handover(office_id=person.office_id, person=person, successor=successor,
                         asked_by=_asker(act), asked_at=act.time)
            )  # fmt: skip
            for item in rest:
                _ask(act, item, whole)
    except Refused as refused:
        raise Refused(f"不能交接给{successor.name}：", *refused.reasons) from refused
    return len(items)


def _asker(act: Act) -> Person:
    if not isinstance(act.by, Person):
        raise Refused("工作交接要由一位具名的人员提出。")
    return act.by


def _require_free(items: list[Commitment]) -> None:
    waiting = Change.objects.filter(
        commitment__in=items, state=Change.State.OPEN,
        kind__in=(Change.Kind.OWNER, Change.Kind.CO_OWNERS),
    )  # fmt: skip
    numbers = sorted(set(waiting.values_list("commitment__number", flat=True)))
    if numbers:
        raise Refused(
            f"编号{'、'.join(numbers)}已有更换责任人或协办人的申请在等待上级审批，"
            "请先等待审批，或者由提出的人撤回。"
        )


def _wanted(item: Commitment, person: Person, successor: Person) -> dict[str, Any]:
    """Return who is to have the item in hand: as owner, or as one of the co-owners."""
    if item.owner_id == person.pk:
        return {"owner": successor.pk}
    helping = item.duties.filter(kind=Duty.Kind.CO_OWNER, ends__isnull=True)
    helpers = set(helping.values_list("person_id", flat=True)) - {person.pk}
    if item.owner_id != successor.pk:
        helpers.add(successor.pk)
    return {"co_owners": sorted(helpers)}


def _give(act: Act, item: Commitment, wanted: dict[str, Any]) -> None:
    from luoshi.office.ledger.actions import base

    old = terms.current(item, ("owner", "co_owners"))
    terms.put(act, item, terms.clean(act, wanted, terms.ALL), clock.today())
    base.keep(act, item, "工作交接", old=old, new=terms.current(item, ("owner", "co_owners")))


def _ask(act: Act, item: Commitment, whole: Handover) -> None:
    from luoshi.office.ledger.actions import base

    wanted = _wanted(item, whole.person, whole.successor)
    kind = Change.Kind.OWNER if "owner" in wanted else Change.Kind.CO_OWNERS
    kinds.require_state(item, kind)
    asked = kinds.plain(kinds.prepare(act, item, kind, _with_unit(item, wanted)))
    row = act.save(
        Change(
            office_id=item.office_id, commitment=item, kind=kind, new=asked, reason="工作交接",
            old=terms.current(item, kinds.compared(kind)), version=item.version,
            asked_by=whole.asked_by, asked_at=act.time, handover=whole,
        )
    )  # fmt: skip
    old = {name: row.old[name] for name in asked if name in row.old}
    base.keep(act, item, NOTE, old=old, new={"kind": kind, **asked})


def _with_unit(item: Commitment, wanted: dict[str, Any]) -> dict[str, Any]:
    """The section that answers for the item stays the same."""
    return {**wanted, "unit": item.unit_id} if "owner" in wanted else wanted
