"""A sheet as a grid of values, with the cells that were merged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from luoshi.core.text.normalise import folded

Value = str | int | float | bool | date | datetime | time | timedelta | None


class Area(NamedTuple):
    """Cells merged into one: first and last row and column, counted from 0, all included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: ``rows`` of values from A1 on, the merged areas, whether it was hidden."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    merged: tuple[Area, ...] = ()
    hidden: bool = False


def address(row: int, column: int) -> str:
    """Return the name of a cell by its row and column, counted from 0: (6, 1) → ``B7``."""
    letters, rest = "", column + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        letters = chr(ord("A") + last) + letters
    return f"{letters}{row + 1}"


def shown(value: Value) -> str:
    """Return a value as a person reads it in the cell: 3.0 is 3, a day is 2026-06-30."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").strip()


def plain(words: str) -> str:
    """Return words without blanks and with marks of one width, to compare them."""
    return folded(words).replace("\n", "")


class Cells:
    """The cells of a grid; a merged area has the value of its first cell everywhere."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.height = len(grid.rows)
        self.width = max((len(row) for row in grid.rows), default=0)
        self._of: dict[tuple[int, int], Area] = {}
        for area in grid.merged:
            for row in range(area.top, min(area.bottom + 1, self.height)):
                for column in range(area.left, min(area.right + 1, self.width)):
                    self._of[row, column] = area

    def area(self, row: int, column: int) -> Area:
        """Return the merged area that a cell belongs to, or the cell alone."""
        return self._of.get((row, column)) or Area(row, column, row, column)

    def own(self, row: int, column: int) -> Value:
        """Return what is typed in the cell itself."""
        if row >= self.height:
            return None
        cells = self.grid.rows[row]
        return cells[column] if column < len(cells) else None

    def value(self, row: int, column: int) -> Value:
        """Return what the cell shows: its own value, or that of the area it belongs to."""
        area = self.area(row, column)
        return self.own(area.top, area.left)

    def words(self, row: int, column: int) -> str:
        """Return what the cell shows, as text."""
        return shown(self.value(row, column))

    def filled(self, row: int) -> Iterator[int]:
        """Yield the columns of a row in which something is typed."""
        for column in range(self.width):
            if shown(self.own(row, column)):
                yield column
