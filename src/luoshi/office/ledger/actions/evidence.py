"""Evidence (佐证): added, revised, withdrawn by its author; nothing of it is ever lost."""

from __future__ import annotations

from datetime import date
from typing import Any

from luoshi.office.accounts.models import Person
from luoshi.office.examinations.storage import Stored
from luoshi.office.journal.act import Act, action
from luoshi.office.journal.errors import NotAllowed, Refused
from luoshi.office.ledger import values
from luoshi.office.ledger.actions import base, supply
from luoshi.office.ledger.models import Commitment, Evidence


@action("ledger.evidence", "提交佐证", needs="")
def add(
    act: Act, *, by: Person, commitment: int, version: int | None, kind: str, title: str,
    dated: date, declared: int, note: str = "", expires_on: date | None = None,
    file: Stored | None = None,
) -> Evidence:  # fmt: skip
    """Add a piece of evidence with its own date; ``file`` lies on the disk already.

    ``declared`` is what its author says of where it comes from; how independent it counts is
    worked out from who they are. Without a file the note has to say what there is to see.
    """
    item = supply.open_item(act, commitment, version)
    supply.require_supplier(act, by, item)
    row = _evidence(act, by, item, kind, title, dated, declared, note, expires_on, file)
    act.save(row)
    new = _shown(row)
    base.keep(act, item, row.title, new=new)
    act.about(item, facts={"evidence": row.pk, "title": row.title, **new})
    return row


def _evidence(
    act: Act, by: Person, item: Commitment, kind: str, title: str, dated: Any, declared: Any,
    note: str, expires_on: Any, file: Stored | None,
) -> Evidence:  # fmt: skip
    if kind not in Evidence.Kind.values:
        raise Refused("请选择佐证的种类。")
    origin = values.whole(declared, "佐证来源", 0, 3)
    if origin is None:
        raise Refused("请选择佐证的来源。")
    day = values.a_day(dated, "佐证日期")
    base.day_not_ahead(day, "佐证日期")
    until = values.day(expires_on, "有效期")
    if until is not None and until < day:
        raise Refused("有效期不能早于佐证日期。")
    words = values.text(note, "说明", 5000)
    if file is None and len(words) < 10:
        raise Refused("没有上传文件的佐证，请在说明里写清是什么、怎样可以看到（至少十个字）。")
    name = values.words(title, "佐证名称", 2, 100)
    stored = act.save(file.row(item.office_id)) if file is not None else None
    return Evidence(
        office_id=item.office_id, commitment=item, author=by, kind=kind, title=name, note=words,
        dated=day, declared=origin, expires_on=until, file=stored, added_at=act.time,
    )  # fmt: skip


def _shown(row: Evidence) -> dict[str, Any]:
    return {
        "kind": row.kind, "dated": row.dated.isoformat(), "declared": row.declared,
        "expires_on": values.plain(row.expires_on),
    }  # fmt: skip


def _own_evidence(act: Act, by: Person, item: Commitment, key: int) -> Evidence:
    row = act.lock(Evidence, key, commitment=item)
    if row.author_id != by.pk:
        raise NotAllowed("只有提交这件佐证的人可以修订或撤回。")
    if row.withdrawn:
        raise Refused("这件佐证已经撤回或被新版代替。")
    return row


@action("ledger.evidence.revise", "修订佐证", needs="")
def revise(
    act: Act, *, by: Person, commitment: int, version: int | None, evidence: int, kind: str,
    title: str, dated: date, declared: int, note: str = "", expires_on: date | None = None,
    file: Stored | None = None,
) -> Evidence:  # fmt: skip
    """Replace one's own evidence; the old one is kept and counts no more.

    The file of the old one stays with the new one unless another is given.
    """
    item = supply.open_item(act, commitment, version)
    supply.require_supplier(act, by, item)
    old = _own_evidence(act, by, item, evidence)
    kept = old.file if file is None else None
    words = note or ("见所附文件，内容没有变化。" if kept else "")
    row = _evidence(act, by, item, kind, title, dated, declared, words, expires_on, file)
    row.revises, row.file, row.note = old, row.file or kept, note.strip()
    act.save(row)
    old.withdrawn, old.withdrawn_reason = True, "已由新版代替"
    act.save(old)
    base.keep(act, item, row.title, old=_shown(old), new=_shown(row))
    act.about(item, facts={"evidence": row.pk, "revises": old.pk, **_shown(row)})
    return row


@action("ledger.evidence.withdraw", "撤回佐证", needs="")
def withdraw(
    act: Act, *, by: Person, commitment: int, version: int | None, evidence: int, reason: str
) -> Evidence:
    """Take one's own evidence back, with a reason; it is kept and counts no more."""
    item = supply.open_item(act, commitment, version)
    base.require_seen(act, by, item, "ledger.read")
    row = _own_evidence(act, by, item, evidence)
    row.withdrawn, row.withdrawn_reason = True, values.words(reason, "撤回的理由", 5, 200)
    act.save(row)
    base.keep(act, item, f"{row.title}：{row.withdrawn_reason}")
    act.about(item, facts={"evidence": row.pk, "reason": row.withdrawn_reason})
    return row
