"""Rows of tables: what a row carries, by the titles of its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from luoshi.core import knowledge
from luoshi.core.material.parts import Carrying, carried
from luoshi.core.reading.model import Block, Span
from luoshi.core.text.normalise import folded

_LONGEST_TITLE = 16


class Row(NamedTuple):
    """One row: the kind of point it is, and the cell that states a measure, if any.

    ``above``: the cell of the problem is empty, as it is where one problem is merged over
    several measures; the row then answers the problem of the last row that has one.
    """

    kind: Carrying
    remedy: Span | None
    above: bool


@cache
def _titles() -> tuple[tuple[Carrying, re.Pattern[str]], ...]:
    columns = knowledge.table("phrases/structure")["columns"]
    found: list[tuple[Carrying, re.Pattern[str]]] = []
    for name, patterns in columns.items():
        kind = carried(name)
        if kind is not None:
            found.append((kind, re.compile("|".join(patterns))))
    return tuple(found)


class Table:
    """A table as its first row titles it: ``columns`` gives the kind of each column."""

    def __init__(self, text: str, cells: Sequence[Span]) -> None:
        self.columns: dict[int, Carrying] = {}
        self.titles = titles = [folded(text[low:high]) for low, high in cells]
        if any(len(title) > _LONGEST_TITLE for title in titles):
            return
        for kind, pattern in _titles():
            for index, title in enumerate(titles):
                if index not in self.columns and title and pattern.search(title):
                    self.columns[index] = kind

    def row(self, text: str, block: Block, part: Carrying | None, numbered: bool) -> Row | None:
        """Return what a row carries, or None for a row that carries nothing.

        ``part`` is what the section's items are; the titles decide where it says nothing.
        A table without known titles counts only where its rows are ``numbered``.
        """
        if not self.columns:
            return Row(part, None, False) if part and numbered else None
        if self.titles == [folded(text[low:high]) for low, high in block.cells]:
            return None  # the titles again, on the next page
        filled: dict[Carrying, Span] = {}
        for index, kind in self.columns.items():
            if index < len(block.cells) and text[slice(*block.cells[index])].strip():
                filled.setdefault(kind, block.cells[index])
        main = next(k for k, _ in _titles() if k in self.columns.values())
        remedy = filled.get("measure")
        if main == "problem" and "problem" not in filled and remedy is not None:
            return Row("measure", remedy, True)
        kind = part or main
        return Row(kind, remedy if kind == "problem" else None, False)
