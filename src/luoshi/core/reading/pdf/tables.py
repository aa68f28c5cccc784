"""Ruled tables: rulings that meet → a grid → the cells of each row."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from luoshi.core.reading.pdf.lines import make_line, rows_of
from luoshi.core.reading.pdf.shapes import Glyph, Line, Row, Ruling

_TOUCH = 2.5  # points within which rulings meet, or are one ruling drawn in pieces
_MOST_CELLS = 4_000
_MOST_RULINGS = 600


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: positions of its columns (rising) and rows (falling), and the cells.

    ``cells[row][column]`` is the number of the (possibly merged) cell at that place.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]

    def cell_at(self, x: float, y: float) -> int | None:
        """Return the number of the cell at a point, ``None`` outside the table."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[-1] <= y <= self.ys[0]):
            return None
        column = min(bisect_right(self.xs, x) - 1, len(self.xs) - 2)
        row = min(bisect_right([-level for level in self.ys], -y) - 1, len(self.ys) - 2)
        return self.cells[row][column]


def find_grids(rulings: list[Ruling]) -> list[Grid]:
    """Return the ruled tables of a page, from the top.

    A table has at least two columns; a frame around text, an underline or a rule under
    a running head is none.
    """
    whole = _joined(rulings)
    if len(whole) > _MOST_RULINGS:
        return []
    grids = [grid for group in _groups(whole) if (grid := _grid(group)) is not None]
    return sorted(grids, key=lambda grid: -grid.ys[0])


def _joined(rulings: list[Ruling]) -> list[Ruling]:
    """Join rulings that programs draw in pieces, cell by cell, into whole ones."""
    whole: list[Ruling] = []
    for ruling in sorted(rulings, key=lambda each: (each.across, round(each.level), each.start)):
        last = whole[-1] if whole else None
        if (
            last
            and last.across == ruling.across
            and abs(last.level - ruling.level) <= 1
            and ruling.start <= last.end + _TOUCH
        ):
            whole[-1] = last._replace(end=max(last.end, ruling.end))
        else:
            whole.append(ruling)
    return whole


def _groups(rulings: list[Ruling]) -> list[list[Ruling]]:
    parent = list(range(len(rulings)))
    for index, one in enumerate(rulings):
        for other in range(index):
            if _root(parent, index) != _root(parent, other) and _meet(one, rulings[other]):
                parent[_root(parent, index)] = _root(parent, other)
    groups: dict[int, list[Ruling]] = {}
    for index, ruling in enumerate(rulings):
        groups.setdefault(_root(parent, index), []).append(ruling)
    return list(groups.values())


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index


def _meet(one: Ruling, other: Ruling) -> bool:
    if one.across == other.across:
        return (
            abs(one.level - other.level) <= _TOUCH
            and one.start <= other.end + _TOUCH
            and other.start <= one.end + _TOUCH
        )
    return (
        other.start - _TOUCH <= one.level <= other.end + _TOUCH
        and one.start - _TOUCH <= other.level <= one.end + _TOUCH
    )


def _grid(group: list[Ruling]) -> Grid | None:
    across = [ruling for ruling in group if ruling.across]
    along = [ruling for ruling in group if not ruling.across]
    xs, ys = _levels(across), _levels(along)[::-1]
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_CELLS:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    parent = list(range(rows * columns))
    for row in range(rows):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(columns - 1):
            if not _covered(across, xs[column + 1], middle):
                parent[_root(parent, row * columns + column + 1)] = _root(
                    parent, row * columns + column
                )
    for row in range(rows - 1):
        for column in range(columns):
            middle = (xs[column] + xs[column + 1]) / 2
            if not _covered(along, ys[row + 1], middle):
                one, two = row * columns + column, (row + 1) * columns + column
                low, high = sorted((_root(parent, one), _root(parent, two)))
                parent[high] = low
    cells = tuple(
        tuple(_root(parent, row * columns + column) for column in range(columns))
        for row in range(rows)
    )
    return Grid(xs, ys, cells) if len(set(cells[0])) + len(set(cells[-1])) > 2 else None


def _levels(rulings: list[Ruling]) -> tuple[float, ...]:
    levels: list[float] = []
    for level in sorted(ruling.level for ruling in rulings):
        if not levels or level - levels[-1] > _TOUCH:
            levels.append(level)
    return tuple(levels)


def _covered(rulings: list[Ruling], level: float, at: float) -> bool:
    return any(
        abs(ruling.level - level) <= _TOUCH and ruling.start - _TOUCH <= at <= ruling.end + _TOUCH
        for ruling in rulings
    )


def take_rows(grids: list[Grid], glyphs: list[Glyph], page: int) -> tuple[list[Row], list[Glyph]]:
    """Return the tables' rows (from the top) and the glyphs outside all tables.

    ``Row.table`` counts the tables of this page from 0. A cell merged over several rows
    stands in its first row and is empty in the others; rows without text are left out.
    """
    inside: dict[tuple[int, int], list[Glyph]] = {}
    outside: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph.left + glyph.right) / 2, glyph.base + 0.35 * glyph.size
        for table, grid in enumerate(grids):
            cell = grid.cell_at(x, y)
            if cell is not None:
                inside.setdefault((table, cell), []).append(glyph)
                break
        else:
            outside.append(glyph)
    rows: list[Row] = []
    for table, grid in enumerate(grids):
        seen: set[int] = set()
        for index, numbers in enumerate(grid.cells):
            cells: list[tuple[Line, ...]] = []
            for cell in dict.fromkeys(numbers):
                cells.append(() if cell in seen else _lines(inside.get((table, cell), []), page))
                seen.add(cell)
            if any(cells):
                rows.append(Row(page, grid.ys[index], tuple(cells), table, grid.xs))
    return rows, outside


def _lines(glyphs: list[Glyph], page: int) -> tuple[Line, ...]:
    lines = (make_line(row, page) for row in rows_of(glyphs))
    return tuple(line for line in lines if line is not None)
