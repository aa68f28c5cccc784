"""What would be made of a workbook: worked out for the preview, and again when it is confirmed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from luoshi.core.knowledge import table
from luoshi.core.sheets.grid import plain
from luoshi.core.sheets.pieces import Gap, Piece, pieces
from luoshi.office.journal import clock
from luoshi.office.ledger.models import Commitment
from luoshi.office.sheets.directory import Directory
from luoshi.office.sheets.matching import Difference, match
from luoshi.office.sheets.models import ImportedRow

NEW, KNOWN, CHANGED, REPEATED, GONE, SHORT = "new", "known", "changed", "repeated", "gone", "short"
TITLE_LEAST, TITLE_MOST = 4, 200
CLAIMS = {"done": "已完成", "closed": "已销号"}


@dataclass
class Planned:
    """One measure: what is to become of it (``status``), in whose hands, and what to look at.

    ``unknown`` are names that nobody in the office has; ``notes`` what is missing or not clear.
    """

    piece: Piece
    status: str
    item: Commitment | None = None
    row: ImportedRow | None = None
    differences: tuple[Difference, ...] = ()
    owner: int | None = None
    owner_name: str = ""
    co_owners: tuple[int, ...] = ()
    co_names: str = ""
    unit: int | None = None
    unit_name: str = ""
    unknown: tuple[str, ...] = ()
    deadline: date | None = None
    time_class: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Return the title of the item to be."""
        words = self.piece.measure
        return words if len(words) <= TITLE_MOST else words[: TITLE_MOST - 1] + "…"

    @property
    def is_first(self) -> bool:
        """Tell whether it is the first of several measures of one cell."""
        return self.piece.of > 1 and self.piece.place == 1

    @property
    def row_id(self) -> str:
        """Return the name of its row within the workbook."""
        return self.piece.id.rpartition("-")[0]


@dataclass
class Plan:
    """All measures of a workbook, problems without one, and the names to be chosen."""

    items: list[Planned]
    gaps: list[Gap]
    unknown: dict[str, int]

    def of(self, *statuses: str) -> list[Planned]:
        """Return the measures with one of these statuses, in their order."""
        return [planned for planned in self.items if planned.status in statuses]

    @property
    def digest(self) -> str:
        """Return what tells this plan from one in which anything that was shown is different."""
        shown: list[Any] = [
            [p.piece.id, p.piece.key, p.status, p.item.pk if p.item else 0, p.owner, p.unit,
             list(p.co_owners), list(p.unknown), p.notes, [list(d) for d in p.differences]]
            for p in self.items
        ]  # fmt: skip
        shown.append([[gap.sheet, gap.row] for gap in self.gaps])
        return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def build(
    office: int,
    record: Mapping[str, Any],
    *,
    directory: Directory | None = None,
    whole: frozenset[str] = frozenset(),
    names: Mapping[str, str] | None = None,
) -> Plan:
    """Return what would be made of a record (`core/sheets`) today.

    ``whole`` names rows whose measures stay together, ``names`` what was chosen for unknown names.
    """
    known = directory or Directory(office)
    found, gaps = pieces(record, whole)
    matches, seen = match(office, found)
    items = []
    for piece in found:
        held = matches.get(piece.id)
        planned = Planned(piece, _status(piece, held is not None, seen))
        if held is not None:
            planned.item, planned.row, planned.differences = held.item, held.row, held.differences
            if held.item.state == "withdrawn":
                planned.status = GONE
            elif held.differences:
                planned.status = CHANGED
        seen.add(piece.key)
        _assign(planned, known, names or {})
        _dates(planned)
        _look(planned)
        items.append(planned)
    unknown: dict[str, int] = {}
    for planned in items:
        if planned.status in {NEW, GONE}:
            for word in planned.unknown:
                unknown[word] = unknown.get(word, 0) + 1
    return Plan(items, gaps, unknown)


def _status(piece: Piece, known: bool, seen: set[str]) -> str:
    if known:
        return KNOWN
    if piece.key in seen:
        return REPEATED
    return NEW if len(piece.measure) >= TITLE_LEAST else SHORT


def _assign(planned: Planned, known: Directory, names: Mapping[str, str]) -> None:
    """Find out in whose hands it is: the first person named owns it, the others help."""
    values = planned.piece.values
    cells = [values.get(name, "") for name in ("unit", "person", "owner")]
    if planned.piece.owners:
        cells = [values.get("unit", ""), planned.piece.owners]
    persons: list[int] = []
    units: list[int] = []
    unknown: list[str] = []
    for kind, name in known.register.find(*cells).named:
        chosen = known.chosen(name, names) if kind == "unknown" else None
        if kind == "person" or (chosen and chosen[0] == "p"):
            persons.append(chosen[1] if chosen else known.person(name))
        elif kind == "unit" or chosen:
            units.append(chosen[1] if chosen else known.unit(name))
        if kind == "unknown":
            unknown.append(name)
    helpers = known.register.find(values.get("co_person", ""), values.get("co_unit", ""))
    persons = list(dict.fromkeys(persons))
    others = [known.person(name) for name in helpers.of("person")]
    planned.owner = persons[0] if persons else None
    planned.co_owners = tuple(
        p for p in dict.fromkeys([*persons[1:], *others]) if p != planned.owner
    )
    planned.unit = units[0] if units else None
    planned.unknown = tuple(unknown)
    if planned.unit is None and planned.owner is not None:
        planned.unit = known.unit_of(planned.owner)
        if planned.unit is not None:
            planned.notes.append("责任单位按责任人现任职务填写")
    planned.owner_name = known.persons[planned.owner] if planned.owner else ""
    planned.co_names = "、".join(known.persons[key] for key in planned.co_owners)
    planned.unit_name = known.units[planned.unit] if planned.unit else ""


def _dates(planned: Planned) -> None:
    end = planned.piece.deadline
    planned.deadline = date.fromisoformat(end["day"]) if end["day"] else None
    words = plain(planned.piece.values.get("time_class", ""))
    classes = table("sheets/words")["classes"]
    said = next((key for key in classes if any(word in words for word in classes[key])), "")
    if not said and end["standing"]:
        said = "standing"
    if not said and end["immediate"]:
        said = "short"
    if said == "standing" and planned.deadline is not None:
        said = ""  # the words of the deadline say so: a person has to choose
    planned.time_class = said


def _look(planned: Planned) -> None:
    """Write down what is missing or not clear, as an official would say it."""
    piece, notes = planned.piece, planned.notes
    end = piece.deadline
    for word in planned.unknown:
        notes.append(f"“{word}”没有对上本单位的人员或科室")
    if planned.owner is None and not planned.unknown:
        notes.append("没有责任人")
    if planned.unit is None and not planned.unknown:
        notes.append("没有责任单位")
    if end["why"]:
        notes.append(f"时限“{_short(end['words'])}”：{end['why']}")
    elif planned.deadline is None and planned.time_class != "standing":
        words = f"时限只写了“{_short(end['words'])}”，没有日期" if end["words"] else "没有整改时限"
        notes.append(words)
    elif planned.time_class == "standing":
        notes.append("长期坚持：还要填写多少天复查一次")
    if planned.deadline is not None and planned.deadline < clock.today():
        notes.append("时限已过，提请认领前要另定时限")
    if not piece.problem:
        notes.append("没有写问题")
    if piece.above:
        notes.append("问题沿用上一行")
    if piece.claim:
        notes.append(f"表里称{CLAIMS[piece.claim]}：没有独立佐证，仍按草稿导入")
    if len(piece.measure) > TITLE_MOST:
        notes.append(f"措施超过{TITLE_MOST}字，名称截短，全文留在原文里")


def _short(words: str) -> str:
    return words if len(words) <= 30 else words[:29] + "…"
