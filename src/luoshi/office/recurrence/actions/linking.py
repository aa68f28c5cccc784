"""A person says which material answers for which."""

from __future__ import annotations

from luoshi.office.accounts.models import Person
from luoshi.office.examinations.models import Examination
from luoshi.office.journal.act import Act, action
from luoshi.office.journal.errors import Refused, Stale
from luoshi.office.recurrence.models import Predecessor
from luoshi.office.recurrence.orders import Orders


@action("recurrence.previous", "指定上次的材料", needs="examination.correct")
def set_previous(
    act: Act, *, by: Person, examination: int, version: int, previous: int | None
) -> Predecessor:
    """Say which material is that of the meeting before, or (None) that there is none.

    ``version`` is 0 where nobody has said anything yet. Raises ``NotFound`` for a material of
    another office, ``Stale`` when somebody said something since, ``Refused`` for the material
    itself, one that is later, or one that comes after it along what was said.
    """
    # In the order of their keys, so that two that name each other do not wait for one another.
    wanted = {examination} if previous is None else {examination, previous}
    rows = {key: act.lock(Examination, key) for key in sorted(wanted)}
    row = rows[examination]
    held = Predecessor.objects.filter(examination=row).first()
    if (held.version if held else 0) != version:
        raise Stale("上次的材料刚刚有人指定过。请重新打开，看过再定。")
    if previous is not None:
        _require_earlier(by, row, rows[previous])
    if held is None:
        held = Predecessor(office_id=row.office_id, examination=row, version=0)
    held.previous = rows[previous] if previous is not None else None
    held.by, held.at, held.version = by, act.time, version + 1
    act.save(held)
    act.about(row, facts={"previous": previous})
    return held


def _require_earlier(by: Person, row: Examination, previous: Examination) -> None:
    if row.pk == previous.pk:
        raise Refused("一份材料不能和自己对照。请选上次会议的材料。")
    if not Orders(by.office_id).may_precede(previous.pk, row.pk):
        raise Refused(
            f"“{previous.title}”不早于这份材料，不能作为上次的材料。请核对年度；年度读错的，先核对原文件。"
        )
