"""What the row of a table says of a measure, column by column."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from luoshi.core import knowledge
from luoshi.core.checks.page import Page
from luoshi.core.material.model import Point
from luoshi.core.reading.model import Block, Span

Need = Literal["owner", "deadline", "indicator"]
State = Literal["given", "blank", "vague"]

# Titles are tried in this order: 完成标准 is no date.
_TITLES: tuple[tuple[Need, str], ...] = (
    ("indicator", "check-header"),
    ("owner", "owner-header"),
    ("deadline", "date-header"),
)
_SHORT_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")


class Cells(NamedTuple):
    """The cell of a row that states the measure, and what its columns give of each need."""

    body: Span
    states: dict[Need, State]


def cells(page: Page, point: Point) -> Cells | None:
    """Return what the row of a measure gives, or None where the measure is no row."""
    row = _row_at(page, point)
    if row is None or not row.cells:
        return None
    inside = [c for c in row.cells if c.start >= point.start and c.end <= point.end]
    if not inside:
        return None
    head = _rows(page)[1][row.table]
    states: dict[Need, State] = {}
    body = max(inside, key=lambda cell: cell.end - cell.start)
    named = False
    for title, cell in zip(head.cells, row.cells, strict=False):
        words = page.words(title)
        need = next((n for n, name in _TITLES if _pattern(name).search(words)), None)
        if need is not None and row is not head:
            states[need] = _state(page.words(cell), need)
        elif not named and cell in inside and _pattern("remedy-header").search(words):
            body, named = cell, True
    if not states and any(_SHORT_NAME.fullmatch(page.words(c).strip()) for c in row.cells[1:]):
        states["owner"] = "given"
    return Cells(body, states)


def _state(words: str, need: Need) -> State:
    """Tell what a cell under a title gives."""
    if _pattern("blank-cell").fullmatch(words):
        return "blank"
    vague = _pattern(f"vague-{need}-cell")
    return "vague" if vague.fullmatch(words) else "given"


@lru_cache(maxsize=1)
def _rows(page: Page) -> tuple[tuple[Block, ...], dict[int, Block]]:
    """Return all table rows in text order, and the first row of each table."""
    rows = tuple(block for block in page.document.blocks if block.kind == "row")
    heads: dict[int, Block] = {}
    for row in rows:
        heads.setdefault(row.table, row)
    return rows, heads


def _row_at(page: Page, point: Point) -> Block | None:
    rows = _rows(page)[0]
    place = bisect_right(rows, point.start, key=lambda row: row.start) - 1
    return rows[place] if place >= 0 and point.start < rows[place].end else None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    found: dict[str, Any] = knowledge.table("checks/words-measures")["patterns"]
    return re.compile(found[name])
