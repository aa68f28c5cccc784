"""From an uploaded workbook to drafts, in two steps: a preview, and what somebody confirms of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from luoshi.core.reading.model import ReadError
from luoshi.core.sheets.columns import label
from luoshi.engines.sheets import understand_bounded
from luoshi.office.accounts.models import Office, Person
from luoshi.office.examinations.storage import Stored, path_of
from luoshi.office.journal.act import Act, action, may
from luoshi.office.journal.errors import NotAllowed, Refused, Stale
from luoshi.office.ledger.actions.bulk import Draft, make_drafts
from luoshi.office.ledger.models import Commitment
from luoshi.office.sheets import plan as plans
from luoshi.office.sheets.models import ImportedRow, SheetImport
from luoshi.office.sheets.plan import CLAIMS, Plan, Planned

_SOURCE = (
    "serial", "number", "source", "category", "problem", "details", "cause", "goal", "measure", "leader",
    "unit", "person", "owner", "co_unit", "co_person", "start", "deadline", "time_class", "indicator",
    "progress", "status", "closed", "evidence", "note", "other",
)  # fmt: skip
# Names and words of a workbook are kept no longer than they are needed (个人信息保护法 19).
_FORGOTTEN: Mapping[str, Any] = {"sheets": []}
_PROBLEM_MOST = 200
_NOTE_MOST = 120
_OLD_PROBLEM = "材料里没有，原台账所列的问题是："


def require(by: Person) -> None:
    """Raise ``NotAllowed`` for somebody who may not import."""
    if not may(by, "ledger.draft"):
        raise NotAllowed("您没有导入台账的权限。如确有需要，请与管理员联系。")


def understand(*, by: Person, stored: Stored) -> Mapping[str, Any]:
    """Return what a stored workbook says, read in a process with limits; nothing is written.

    Raises ``Refused`` with what is wrong for a file that cannot be read and for one without a row.
    """
    require(by)
    try:
        record = understand_bounded(path_of(stored.sha256).read_bytes())
    except ReadError as error:
        raise Refused(f"“{stored.name}”读不了：{error.message}") from error
    if not any(sheet["rows"] for sheet in record["sheets"]):
        whys = [f"工作表“{sheet['name']}”：{sheet['why']}" for sheet in record["sheets"]]
        raise Refused(f"在“{stored.name}”里没有认出台账，没有导入。", *whys[:10])
    return record


def upload(*, by: Person, stored: Stored) -> SheetImport:
    """Take a workbook in for a preview; the ledger stays as it is. Raises as `understand`."""
    return _record(by=by, stored=stored, record=dict(understand(by=by, stored=stored)))


@action("sheets.upload", "上传台账表格", needs="ledger.draft")
def _record(act: Act, *, by: Person, stored: Stored, record: dict[str, Any]) -> SheetImport:
    if "\\u0000" in json.dumps(record):
        raise Refused("表格里有不能保存的字符，请删去后另存再试。")
    file = act.save(stored.row(by.office_id))
    row = act.save(
        SheetImport(
            office_id=by.office_id, file=file, record=record, uploaded_by=by, uploaded_at=act.time
        )
    )
    act.about(
        row, facts={"sha256": stored.sha256, "rows": sum(len(s["rows"]) for s in record["sheets"])}
    )
    return row


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decided on the preview.

    ``seen`` is the digest of the plan that was shown; ``whole`` rows whose measures stay together,
    ``left_out`` measures that are not wanted, ``again`` those of dropped items that are wanted anew,
    ``names`` who is meant by a name (``p17``, ``u3``).
    """

    seen: str
    whole: Collection[str] = frozenset()
    left_out: Collection[str] = frozenset()
    again: Collection[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)


@action("sheets.import", "导入整改台账", needs="ledger.draft")
def confirm(act: Act, *, by: Person, sheet_import: int, choices: Choices) -> list[Commitment]:
    """Make the drafts of a preview, all or none; what changed in known rows is noted.

    Raises ``Stale`` when the preview was decided already, or would not look as it was shown.
    """
    row = _waiting(act, sheet_import)
    # Two workbooks with the same rows, confirmed at once: the second is judged on what the first made.
    Office.objects.select_for_update(no_key=True).filter(pk=row.office_id).first()
    shown = plans.build(row.office_id, row.record)
    if shown.digest != choices.seen:
        raise Stale(
            "预览打开以后，台账或人员有了变化，没有导入。请重新核对下面的预览，再确认一次。"
        )
    plan = plans.build(
        row.office_id, row.record, whole=frozenset(choices.whole), names=choices.names
    )
    wanted = _wanted(plan, choices)
    items = make_drafts(act, by, [_draft(row, planned) for planned in wanted])
    _remember(act, row, wanted, items)
    changed = [p for p in plan.of(plans.CHANGED) if p.row is not None]
    for planned in changed:
        _update(act, planned)
    row.state, row.made, row.record = SheetImport.State.DONE, len(items), dict(_FORGOTTEN)
    row.decided_by, row.decided_at = by, act.time
    act.save(row)
    act.about(row, facts={
        "sha256": row.file.sha256, "made": len(items), "changed": len(changed),
        "left_out": len(plan.of(plans.NEW)) - sum(p.status == plans.NEW for p in wanted),
        "claims": sum(bool(p.piece.claim) for p in wanted),
    })  # fmt: skip
    return items


@action("sheets.discard", "放弃导入台账", needs="ledger.draft")
def discard(act: Act, *, by: Person, sheet_import: int) -> SheetImport:
    """Give a preview up: what was understood of the workbook is forgotten."""
    row = _waiting(act, sheet_import)
    row.record, row.state = dict(_FORGOTTEN), SheetImport.State.DISCARDED
    row.decided_by, row.decided_at = by, act.time
    act.save(row)
    act.about(row, facts={"sha256": row.file.sha256})
    return row


def _waiting(act: Act, key: int) -> SheetImport:
    row = act.lock(SheetImport, key)
    if row.state != SheetImport.State.PREVIEW:
        raise Stale(f"这份表格{SheetImport.State(row.state).label}，不需要再办。")
    return row


def _wanted(plan: Plan, choices: Choices) -> list[Planned]:
    again = set(choices.again)
    wanted = [
        planned
        for planned in plan.of(plans.NEW, plans.GONE)
        if planned.piece.id not in choices.left_out
        and (planned.status == plans.NEW or planned.piece.id in again)
    ]
    if not wanted and not any(planned.row for planned in plan.of(plans.CHANGED)):
        raise Refused("没有要建立的事项。表里的各行要么已经导入过，要么没有措施，要么选了不导入。")
    return wanted


def _draft(row: SheetImport, planned: Planned) -> Draft:
    piece = planned.piece
    given: dict[str, Any] = {
        "owner": planned.owner, "co_owners": planned.co_owners, "unit": planned.unit,
        "deadline": planned.deadline, "time_class": planned.time_class,
        "no_problem": f"{_OLD_PROBLEM}{piece.problem}"[:_PROBLEM_MOST] if piece.problem else "",
    }  # fmt: skip
    words = piece.deadline["words"]
    if planned.deadline is not None and words != piece.deadline["day"]:
        given["deadline_note"] = f"原台账写作“{words}”"[:_NOTE_MOST]
    note = f"由“{row.file.name}”导入（{place_of(piece)}）。"
    if piece.claim:
        note += f"表里称{CLAIMS[piece.claim]}，没有独立佐证，按草稿导入。"
    return Draft(planned.title, source_text(row.file.name, planned), note, given)


def place_of(piece: Any) -> str:
    """Return where a measure stands: its sheet and row."""
    return f"{piece.sheet}第{piece.row}行"


def source_text(name: str, planned: Planned) -> str:
    """Return everything that the row says, column by column, for the item to keep."""
    piece = planned.piece
    lines = [f"原台账“{name}”，{place_of(piece)}" + "".join(f"、{also}" for also in piece.also)]
    for column in _SOURCE:
        words = piece.values.get(column)
        if words:
            lines.append(words if column == "other" else f"{label(column)}：{words}")
    if piece.of > 1:
        lines.append(f"本事项是其中第{piece.place}条措施：{piece.measure}")
    if piece.claim:
        lines.append(f"（原台账称{CLAIMS[piece.claim]}；没有独立佐证，未予认定。）")
    return "\n".join(lines)


def _remember(act: Act, row: SheetImport, wanted: list[Planned], items: list[Commitment]) -> None:
    fresh = []
    for planned, item in zip(wanted, items, strict=True):
        if planned.row is not None:
            planned.row.commitment = item
            _update(act, planned)
            continue
        piece = planned.piece
        fresh.append(
            ImportedRow(
                office_id=row.office_id, sheet_import=row, commitment=item,
                place=place_of(piece)[:80], key=piece.key, base=piece.base, spot=piece.spot,
                content=piece.content,
            )
        )  # fmt: skip
    act.create_many(fresh)


def _update(act: Act, planned: Planned) -> None:
    held, piece = planned.row, planned.piece
    assert held is not None, "only rows that were imported are compared"
    held.content, held.base, held.spot = piece.content, piece.base, piece.spot
    if not ImportedRow.objects.filter(office=held.office_id, key=piece.key).exists():
        held.key = piece.key
    act.save(held)
