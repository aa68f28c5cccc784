"""From what a workbook says to what would become items: one piece for each measure.

The three lists (问题清单、任务清单、责任清单) on sheets of their own are put together: the same measure
on two sheets is one piece.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from luoshi.core.sheets.columns import label
from luoshi.core.sheets.grid import plain
from luoshi.core.sheets.parts import one_line

# What a later import is compared by; where a row stands is no difference.
COMPARED = (
    "problem", "details", "measure", "goal", "leader", "unit", "person", "owner", "co_unit",
    "co_person", "deadline", "time_class", "indicator", "progress", "status", "closed", "note",
)  # fmt: skip
_OWNERS = ("unit", "person", "owner")
_NO_DEADLINE: Mapping[str, Any] = {
    "words": "", "day": "", "standing": False, "immediate": False, "why": "",
}  # fmt: skip


@dataclass
class Piece:
    """One measure of a row. ``id`` names it within the workbook: sheet, row, which measure.

    ``of`` counts the measures of its cell; ``also`` names rows of other sheets that say more of it.
    """

    id: str
    sheet: str
    row: int
    place: int
    of: int
    values: dict[str, str]
    cells: dict[str, str]
    measure: str
    deadline: Mapping[str, Any]
    owners: str
    claim: str
    above: tuple[str, ...] = ()
    also: list[str] = field(default_factory=list)

    @property
    def problem(self) -> str:
        """Return the problem, or how it shows."""
        return self.values.get("problem") or self.values.get("details", "")

    @property
    def base(self) -> str:
        """Return what tells the measure of a problem from every other."""
        return _digest(self.problem, self.measure)

    @property
    def key(self) -> str:
        """Return what tells it from the same measure in other hands."""
        return _digest(self.problem, self.measure, self.owners, *self._said(_OWNERS))

    @property
    def spot(self) -> str:
        """Return what stays when the measure is written anew: its problem and its number."""
        number = self.values.get("number") or self.values.get("serial", "")
        return _digest("spot", self.sheet, number, self.problem, str(self.place))

    @property
    def content(self) -> dict[str, str]:
        """Return what a later import is compared with, by field."""
        held = {name: self.values[name] for name in COMPARED if self.values.get(name)}
        return held | {"measure": self.measure}

    def _said(self, names: tuple[str, ...]) -> list[str]:
        return [self.values.get(name, "") for name in names]


@dataclass(frozen=True, slots=True)
class Gap:
    """A row with a problem and no measure."""

    sheet: str
    row: int
    problem: str
    cell: str


def row_id(sheet: int, row: int) -> str:
    """Return the name of a row within a workbook."""
    return f"{sheet}-{row}"


def pieces(
    record: Mapping[str, Any], whole: frozenset[str] = frozenset()
) -> tuple[list[Piece], list[Gap]]:
    """Return the measures of a workbook and the problems without one.

    ``whole`` names rows (`row_id`) whose measures are to stay one piece.
    """
    found: list[Piece] = []
    by_measure: dict[str, Piece] = {}
    without: list[tuple[str, Mapping[str, Any]]] = []
    for place, sheet in enumerate(record["sheets"]):
        ours = [p for row in sheet["rows"] for p in _of_row(place, sheet["name"], row, whole)]
        without += [(sheet["name"], row) for row in sheet["rows"] if not row["measures"]]
        for piece in ours:
            held = by_measure.get(plain(piece.measure))
            if held is not None and held.sheet != piece.sheet and _same(held, piece):
                _add(held, piece)
            else:
                found.append(piece)
        for piece in ours:
            by_measure.setdefault(plain(piece.measure), piece)
    return found, _gaps(found, without)


def _of_row(
    sheet: int, name: str, row: Mapping[str, Any], whole: frozenset[str]
) -> list[Piece]:  # fmt: skip
    key = row_id(sheet, row["number"])
    measures = row["measures"]
    if key in whole and len(measures) > 1:
        first = measures[0] | {"text": one_line(row["values"]["measure"]), "owners": ""}
        measures = [first | {"deadline": _last([m["deadline"] for m in measures])}]
    return [
        Piece(
            f"{key}-{n}", name, row["number"], n, len(measures), dict(row["values"]),
            dict(row["cells"]), measure["text"], measure["deadline"], measure["owners"],
            row["claim"], tuple(row["above"]),
        )
        for n, measure in enumerate(measures, 1)
    ]  # fmt: skip


def _last(deadlines: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    return max(deadlines, key=lambda deadline: str(deadline["day"]), default=_NO_DEADLINE)


def _same(held: Piece, piece: Piece) -> bool:
    numbers = {p.values["number"] for p in (held, piece) if p.values.get("number")}
    if len(numbers) > 1:
        return False
    return not held.problem or not piece.problem or plain(held.problem) == plain(piece.problem)


def _add(held: Piece, piece: Piece) -> None:
    for name, words in piece.values.items():
        held.values.setdefault(name, words)
    if not held.deadline["words"]:
        held.deadline = piece.deadline
    held.owners = held.owners or piece.owners
    held.claim = held.claim or piece.claim
    held.also.append(f"{piece.sheet}第{piece.row}行")


def _gaps(found: list[Piece], without: list[tuple[str, Mapping[str, Any]]]) -> list[Gap]:
    """Return the rows without a measure whose problem has none elsewhere; the others add to it."""
    by_problem: dict[str, list[Piece]] = {}
    for piece in found:
        by_problem.setdefault(plain(piece.problem), []).append(piece)
    gaps = []
    for sheet, row in without:
        values = row["values"]
        problem = values.get("problem") or values.get("details", "")
        answered = by_problem.get(plain(problem), ())
        for piece in answered:
            if piece.sheet != sheet:
                for name in ("source", "category", "details", "cause"):
                    if name in values:
                        piece.values.setdefault(name, values[name])
        if not answered:
            cell = row["cells"].get("problem") or row["cells"].get("details", "")
            gaps.append(Gap(sheet, row["number"], problem, cell))
    return gaps


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return what has changed: the name of the column, what stood there, what stands there."""
    return [
        (label(name), old.get(name, ""), new.get(name, ""))
        for name in COMPARED
        if plain(old.get(name, "")) != plain(new.get(name, ""))
    ]


def _digest(*words: str) -> str:
    return hashlib.sha256("\x1f".join(map(plain, words)).encode()).hexdigest()
