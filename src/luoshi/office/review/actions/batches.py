"""A batch is made, changed, closed and opened again."""

from __future__ import annotations

from datetime import date
from typing import Any

from luoshi.office.accounts.models import Person
from luoshi.office.accounts.permissions import permissions_of
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act, action
from luoshi.office.journal.errors import Refused, Stale
from luoshi.office.ledger import values
from luoshi.office.review.models import Against, Assignment, Batch
from luoshi.office.review.reach import REVIEWS

REVIEWERS_MOST = 40


@action("review.batch.make", "建立评审批次", needs="review.manage")
def make(
    act: Act, *, by: Person, name: str, meeting: str, held_on: date | None, reviewers: list[int]
) -> Batch:
    """Make a batch for a meeting and assign its reviewers."""
    row = act.save(
        Batch(
            office_id=by.office_id, name=values.words(name, "批次名称", 2, 80),
            meeting=values.words(meeting, "会议", 2, 120), held_on=values.day(held_on, "会议日期"),
            made_by=by, made_on=clock.today(),
        )
    )  # fmt: skip
    _assign(act, by, row, reviewers)
    act.about(row, facts={"reviewers": sorted(reviewers)})
    return row


@action("review.batch.edit", "修改评审批次", needs="review.manage")
def edit(
    act: Act, *, by: Person, batch: int, version: int, name: str, meeting: str,
    held_on: date | None, reviewers: list[int], against: list[int],
) -> Batch:  # fmt: skip
    """Change what a batch is called, who reviews it, and with which earlier ones it is compared."""
    row = opened(act, batch)
    if row.version != version:
        raise Stale("批次刚才已被修改。请看过新的内容，再改一次。")
    row.name = values.words(name, "批次名称", 2, 80)
    row.meeting = values.words(meeting, "会议", 2, 120)
    row.held_on = values.day(held_on, "会议日期")
    row.version += 1
    act.save(row)
    _assign(act, by, row, reviewers)
    _compare_with(act, by, row, against)
    act.about(row, facts={"reviewers": sorted(reviewers), "against": sorted(against)})
    return row


@action("review.batch.close", "结束评审批次", needs="review.manage")
def close(act: Act, *, by: Person, batch: int, version: int) -> Batch:
    """Close a batch: nothing in it changes any more."""
    return _turn(act, by, batch, version, Batch.State.CLOSED)


@action("review.batch.reopen", "重新打开评审批次", needs="review.manage")
def reopen(act: Act, *, by: Person, batch: int, version: int) -> Batch:
    """Open a closed batch again."""
    return _turn(act, by, batch, version, Batch.State.OPEN)


def _turn(act: Act, by: Person, batch: int, version: int, state: Batch.State) -> Batch:
    del by
    row = act.lock(Batch, batch)
    if row.version != version or row.state == state:
        raise Stale("批次的情况刚才已经变了，请看过再办。")
    row.state = state
    row.version += 1
    act.save(row)
    act.about(row, facts={"state": str(state)})
    return row


def opened(act: Act, key: int) -> Batch:
    """Return a batch, locked; raises ``Refused`` for one that is closed."""
    row = act.lock(Batch, key)
    if row.state != Batch.State.OPEN:
        raise Refused("这个批次已经结束。确需改动的，请经办人先重新打开批次。")
    return row


def _assign(act: Act, by: Person, batch: Batch, reviewers: list[int]) -> None:
    """Make the reviewers of a batch these; raises ``Refused`` for who cannot review."""
    wanted = set(values.keys(reviewers, "审阅人"))
    if len(wanted) > REVIEWERS_MOST:
        raise Refused(f"一个批次最多指定{REVIEWERS_MOST}名审阅人。")
    held: dict[int, Any] = {
        a.person_id: a for a in Assignment.objects.filter(batch=batch).select_related("person")
    }
    new = wanted - {key for key, row in held.items() if row.active}
    people = Person.objects.filter(pk__in=new, office=by.office_id)
    fit = {p.pk for p in people if REVIEWS in permissions_of(p)}
    if new - fit:
        raise Refused("审阅人要从本单位有“审阅人”或者“领导”角色的在岗人员中选择。请重新选择。")
    for key in sorted(wanted | set(held)):
        row = held.get(key) or Assignment(
            office_id=by.office_id, batch=batch, person_id=key, active=False
        )
        if row.active != (key in wanted):
            row.active = key in wanted
            act.save(row)


def _compare_with(act: Act, by: Person, batch: Batch, against: list[int]) -> None:
    wanted = set(values.keys(against, "比对的批次")) - {batch.pk}
    known = set(Batch.for_office(by.office_id).filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted - known:
        raise Refused("要比对的批次不在本单位，请重新选择。")
    held = {row.other_id: row for row in Against.objects.filter(batch=batch)}
    for key in sorted(held.keys() - wanted):
        act.delete(held[key])
    for key in sorted(wanted - held.keys()):
        act.save(Against(office_id=by.office_id, batch=batch, other_id=key))
