"""Materials come into a batch: the first draft of a person's, and each one after it."""

from __future__ import annotations

from typing import Any

from luoshi.office.accounts.models import Person, Unit
from luoshi.office.examinations.models import Examination
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act, action
from luoshi.office.journal.errors import NotFound, Refused, Stale
from luoshi.office.ledger import values
from luoshi.office.review import reach
from luoshi.office.review.actions.batches import opened
from luoshi.office.review.models import Batch, Draft, Submission


@action("review.submission.add", "收入材料", needs="review.manage")
def add(
    act: Act, *, by: Person, batch: int, examination: int, name: str, unit: int | None = None,
    author: int | None = None, previous: int | None = None,
) -> Draft:  # fmt: skip
    """Take a person's first draft into a batch."""
    row = opened(act, batch)
    material = _fresh(act, row, examination)
    submission = Submission(office_id=by.office_id, batch=row)
    _describe(act, submission, name, unit, author, previous, material.pk)
    act.save(submission)
    draft = _draft(act, by, submission, material, 1)
    act.about(submission, facts={"batch": row.pk, "material": material.pk})
    return draft


@action("review.draft.add", "收入新稿", needs="review.manage")
def follow(act: Act, *, by: Person, submission: int, version: int, examination: int) -> Draft:
    """Take the next draft of a person's material; it waits for a decision of its own."""
    row = act.lock(Submission, submission)
    batch = opened(act, row.batch_id)
    if row.version != version:
        raise Stale("这份材料的情况刚才已经变了，请看过再收新稿。")
    material = _fresh(act, batch, examination)
    draft = _draft(act, by, row, material, reach.latest(row.pk) + 1)
    row.state = Submission.State.WAITING
    row.version += 1
    act.save(row)
    act.about(row, facts={"draft": draft.number, "material": material.pk})
    return draft


@action("review.submission.edit", "更正报送信息", needs="review.manage")
def edit(
    act: Act, *, by: Person, submission: int, version: int, name: str, unit: int | None,
    author: int | None, previous: int | None,
) -> Submission:  # fmt: skip
    """Correct whose material it is, and which one of the meeting before answers for it."""
    del by
    row = act.lock(Submission, submission)
    opened(act, row.batch_id)
    if row.version != version:
        raise Stale("报送信息刚才已被修改。请看过新的内容，再改一次。")
    _describe(act, row, name, unit, author, previous, 0)
    row.version += 1
    act.save(row)
    act.about(row, facts={"author": author, "unit": unit, "previous": previous})
    return row


def _fresh(act: Act, batch: Batch, key: int) -> Examination:
    """Return a material of the office that is not in the batch yet."""
    material = act.lock(Examination, key)
    before = Draft.objects.filter(submission__batch=batch, examination=material)
    held = before.select_related("submission").first()
    if held is not None:
        raise Refused(
            f"这份材料已经在本批次里了（{held.submission.name}，第{held.number}稿），没有重复收入。"
        )
    return material


def _draft(act: Act, by: Person, submission: Submission, material: Any, number: int) -> Draft:
    return act.save(
        Draft(
            office_id=by.office_id, submission=submission, number=number, examination=material,
            added_by=by, added_on=clock.today(),
        )
    )  # fmt: skip


def _describe(
    act: Act, row: Submission, name: str, unit: int | None, author: int | None,
    previous: int | None, material: int,
) -> None:  # fmt: skip
    row.name = values.words(name, "报送人", 2, 60)
    row.unit = _of_office(act, Unit, unit, "部门")
    row.author = _of_office(act, Person, author, "报送人的账号")
    row.previous = _of_office(act, Examination, previous, "上一次会议的材料")
    mine = (
        {material, *row.drafts.values_list("examination_id", flat=True)} if row.pk else {material}
    )
    if row.previous is not None and row.previous.pk in mine:
        raise Refused("上一次会议的材料不能就是这一份。请选择上一次的，或者不选。")


def _of_office(act: Act, model: Any, key: int | None, label: str) -> Any:
    if key is None:
        return None
    try:
        return act.lock(model, key)
    except NotFound:
        raise Refused(f"没有找到所选的{label}，请重新选择。") from None
