"""The content of a page → its lines and table rows in reading order."""

from __future__ import annotations

from itertools import accumulate

from luoshi.core.reading.pdf.columns import zones
from luoshi.core.reading.pdf.lines import make_line, rows_of
from luoshi.core.reading.pdf.shapes import Item, Line, PageContent, PageLayout, Row
from luoshi.core.reading.pdf.tables import find_grids, take_rows


def lay_out(content: PageContent) -> PageLayout:
    """Return the lines and table rows of one page in reading order."""
    grids = find_grids(content.rulings)
    rows, glyphs = take_rows(grids, content.glyphs, content.number)
    bars = tuple(grid.ys[0] for grid in grids)
    lines: list[Line] = []
    for zone in zones(rows_of(glyphs), bars):
        found = (make_line(row, content.number, zone.column) for row in zone.rows)
        lines.extend(line for line in found if line is not None)
    return PageLayout(
        content.number, content.width, content.height, content.bottom, tuple(_merged(lines, rows))
    )


def _merged(lines: list[Line], rows: list[Row]) -> list[Item]:
    """Put each table before the first line from which on everything stands below it."""
    highest = list(accumulate((line.base for line in reversed(lines)), max))[::-1]
    items: list[Item] = []
    waiting = list(rows)
    for line, top in zip(lines, highest, strict=True):
        while waiting and top < waiting[0].base:
            table = waiting[0].table
            items.extend(row for row in waiting if row.table == table)
            waiting = [row for row in waiting if row.table != table]
        items.append(line)
    return [*items, *waiting]
