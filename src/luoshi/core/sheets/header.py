"""Where the titles of the columns stand: one row or several, below whatever stands above them."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.core.sheets.columns import name_of
from luoshi.core.sheets.grid import Cells, address, plain

_LOOKED_AT = 40
_DEPTH_MOST = 3
_CONTENT = frozenset({"problem", "details", "measure"})
_CHILDREN_MOST = 60
# Above a bare 时间 these say whose time it is; above it anything else, it is the deadline.
_TIMED = frozenset({"closed", "progress", "status", "start", "deadline"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where its title stands, its titles from above to below, its field ("": unknown).

    ``option`` is set where the columns under one title stand for one value each (units or persons
    with a tick in the rows).
    """

    index: int
    address: str
    titles: tuple[str, ...]
    field: str
    option: str = ""

    @property
    def title(self) -> str:
        """Return the whole title."""
        return "／".join(self.titles)


@dataclass(frozen=True, slots=True)
class Header:
    """The rows ``first`` to ``last`` (from 0) and what their columns are about."""

    first: int
    last: int
    columns: tuple[Column, ...]

    def of(self, field: str) -> list[Column]:
        """Return the columns of a field, from left to right."""
        return [column for column in self.columns if column.field == field]

    @property
    def fields(self) -> frozenset[str]:
        """Return the fields that were recognised."""
        return frozenset(column.field for column in self.columns) - {""}


def find(cells: Cells) -> Header | None:
    """Return the first row of titles that names what a ledger is about, or None.

    It names at least two things, and one of them is a problem, how it shows, or a measure.
    """
    best: Header | None = None
    for row in range(min(cells.height, _LOOKED_AT)):
        found = _read(cells, row)
        if found is not None and (best is None or len(found.fields) > len(best.fields)):
            # A row of titles is followed by data, never by a better row of titles far below.
            if best is not None and row > best.last + 1:
                break
            best = found
    return best


def _read(cells: Cells, row: int) -> Header | None:
    if len(list(cells.filled(row))) < 2:
        return None  # the name of the ledger, over all columns
    last = _last(cells, row)
    columns = _decided([_column(cells, row, last, c) for c in range(cells.width)])
    header = Header(row, last, tuple(column for column in columns if column.titles))
    if len(header.fields) < 2 or not header.fields & _CONTENT:
        return None
    return header


def _last(cells: Cells, row: int) -> int:
    """Return the last row of the titles that begin in a row."""
    last = row
    known = [c for c in range(cells.width) if name_of(cells.words(row, c))]
    for column in known:
        area = cells.area(row, column)
        if area.top == row and area.bottom - row < _DEPTH_MOST:
            last = max(last, area.bottom)
    if last > row or len(known) < 1:
        return last
    # Nothing is merged downwards: titles stand below where they are titles, and nothing else does.
    below = list(cells.filled(row + 1))
    if below and all(_is_child(cells, row, column) for column in below):
        return row + 1
    return row


def _is_child(cells: Cells, row: int, column: int) -> bool:
    """Tell whether the cell under a row is a title below one that spans several columns."""
    words = cells.words(row + 1, column)
    over = cells.words(row, column) or _parent(cells, row, column, row + 1)
    return (name_of(words) or name_of(over + words)) is not None and (
        not cells.words(row, column)
        or cells.area(row, column).right > cells.area(row, column).left
        or (column + 1 < cells.width and not cells.words(row, column + 1))
    )


def _column(cells: Cells, first: int, last: int, index: int) -> Column:
    titles: list[str] = []
    place = address(last, index)
    for row in range(first, last + 1):
        words = cells.words(row, index)
        if not words and row < last:
            words = _parent(cells, row, index, last)
        if words and (not titles or titles[-1] != words) and plain(words):
            titles.append(words)
            area = cells.area(row, index)
            place = address(area.top, area.left)
    return Column(index, place, tuple(titles), "")


def _parent(cells: Cells, row: int, index: int, last: int) -> str:
    """Return the title to the left that an empty cell over another title belongs to."""
    if not cells.words(last, index):
        return ""
    for column in range(index - 1, max(index - _CHILDREN_MOST, -1), -1):
        words = cells.words(row, column)
        if words:
            return words if cells.words(last, column) not in {"", words} else ""
    return ""


def _decided(columns: list[Column]) -> list[Column]:
    """Return the columns with their fields; weak names where nothing else has the field."""
    found = [_named(column) for column in columns]
    strong = {name for _, name, weak, _ in found if not weak}
    return [
        Column(c.index, c.address, c.titles, "" if weak and name in strong else name, option)
        for c, name, weak, option in found
    ]


def _named(column: Column) -> tuple[Column, str, bool, str]:
    titles = column.titles
    if not titles:
        return column, "", False, ""
    whole = name_of("".join(titles)) if len(titles) > 1 else None
    own = name_of(titles[-1])
    parent = name_of(titles[0]) if len(titles) > 1 else None
    if own is not None and not (own.weak and parent is not None and parent.field in _TIMED):
        return column, own.field, own.weak, ""
    if parent is not None:
        # 销号情况／时间 is about closing, 责任单位／城管科 is a unit with ticks in its rows.
        ticked = own is None and parent.field in {"unit", "person", "owner", "co_unit"}
        return column, parent.field, parent.weak and own is not None, titles[-1] if ticked else ""
    if whole is not None:
        return column, whole.field, whole.weak, ""
    return column, own.field if own else "", bool(own and own.weak), ""
