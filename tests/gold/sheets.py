"""Annotated documents as the fits need them: the program's points, the annotator's verdicts."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from gold_loader import Gold, load_folder  # noqa: E402  # the paths above come first
from luoshi.core.material import split  # noqa: E402  # the same
from luoshi.core.material.answers import citations, rows_to_problems  # noqa: E402  # the same
from luoshi.core.material.measured import measured  # noqa: E402  # the same
from luoshi.core.material.model import Examination, Point  # noqa: E402  # the same
from luoshi.core.material.pairs import Row  # noqa: E402  # the same
from luoshi.core.reading import read_bytes  # noqa: E402  # the same


class Sheet(NamedTuple):
    """A document: its measures against its ``count`` problems, and what is said of them.

    ``bare`` are the places of problems without a measure, ``weak`` of those that are touched
    only, ``lost`` of those that the annotator does not have. ``verdict`` tells of each pair
    (measure, problem) strong, weak or no; it is empty where only ``bare`` is annotated.
    ``kind`` is ``gold`` or ``checks``.
    """

    name: str
    kind: str
    rows: list[Row]
    count: int
    cited: list[frozenset[int]]
    verdict: dict[tuple[int, int], str]
    bare: frozenset[int]
    weak: frozenset[int]
    lost: frozenset[int]


def _sheet(name: str, found: Examination, problems: Sequence[Point]) -> Sheet:
    text = found.document.text
    known = measured(text, found.points)
    cited = citations(text, found.points, known.problems, known.measures)
    rows = rows_to_problems(known)
    nothing: frozenset[int] = frozenset()
    return Sheet(name, "checks", rows, len(problems), cited, {}, nothing, nothing, nothing)


def gold_sheet(gold: Gold) -> Sheet:
    """Return the sheet of a document of tests/gold."""
    found = split(read_bytes(gold.text.encode(), f"x.{gold.format}"))
    places = {(p.kind, p.start, p.end): p.id for p in gold.points}
    ids = {p.id: places.get((p.kind, p.start, p.end), "") for p in found.points}
    problems, measures = found.of_kind("problem"), found.of_kind("measure")
    said = {(a.measure, a.problem): a.strength for a in gold.answers}
    names = [ids[p.id] for p in problems]
    return _sheet(gold.name, found, problems)._replace(
        kind="gold",
        verdict={
            (j, i): said.get((ids[m.id], name), "no")
            for j, m in enumerate(measures)
            for i, name in enumerate(names)
        },
        bare=frozenset(i for i, name in enumerate(names) if name in gold.unanswered),
        weak=frozenset(i for i, name in enumerate(names) if name in gold.weak),
        lost=frozenset(i for i, name in enumerate(names) if not name),
    )


def checks_sheet(spec: Path) -> Sheet:
    """Return the sheet of a document annotated with defects (tests/checks_tune)."""
    body = next(p for p in spec.parent.glob(f"{spec.stem}.*") if p.suffix != ".toml")
    told = tomllib.loads(spec.read_text("utf-8"))
    found = split(read_bytes(body.read_bytes(), body.name), told.get("outline"))
    problems = found.of_kind("problem")
    quotes = [
        found.document.text.index(defect["quote"]) + len(defect["quote"]) // 2
        for defect in told.get("defect", ())
        if defect["kind"] == "problem-without-measure"
    ]
    bare = (i for i, p in enumerate(problems) if any(p.start <= at < p.end for at in quotes))
    return _sheet(spec.stem, found, problems)._replace(bare=frozenset(bare))


def all_sheets(tests: Path) -> list[Sheet]:
    """Return the sheets of all documents for tuning that have problems and measures."""
    golds = (*load_folder(tests / "gold" / "tune"), *load_folder(tests / "gold" / "seen"))
    sheets = [gold_sheet(gold) for gold in golds]
    sheets += [checks_sheet(spec) for spec in sorted((tests / "checks_tune").glob("*.toml"))]
    return [sheet for sheet in sheets if sheet.rows and sheet.count]
