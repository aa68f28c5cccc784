"""Lists as a workbook that can be printed as it is: A4 across, titles on every page, nothing cut off.

Every cell that holds words is text: what begins like a formula is shown as it was written, also after
somebody has edited the cell.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from luoshi.formats.wrapping import wrapped

Cell = str | int | date | None
_FONT = "宋体"
_LINE, _HIGHEST, _MARGIN = 15, 409, 2
_CELL_MOST = 32_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_A4 = 9
_HEADER_ROW = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in characters of half a Chinese one, whether it is centred."""

    title: str
    width: int
    middle: bool = False


@dataclass(frozen=True, slots=True)
class List:
    """A sheet: its name, the title over it, a note that says what its figures count, its rows."""

    name: str
    title: str
    note: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


def write_lists(lists: Sequence[List], first: Callable[[Any], None] | None = None) -> IO[bytes]:
    """Return a workbook as an open temporary file, at its beginning. Raises ``OSError``.

    ``first`` is given the workbook and may put a sheet of its own before the lists.
    """
    import xlsxwriter

    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # handed to the caller open
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(file, options) as book:
        if first is not None:
            first(book)
        looks = _Looks(book)
        for each in lists:
            _write(book, each, looks)
    file.seek(0)
    return file


class _Looks:
    """The formats of cells; ``quoted`` keeps words that look like a formula words."""

    def __init__(self, book: Any) -> None:
        base = {
            "font_name": _FONT,
            "font_size": 11,
            "valign": "vcenter",
            "text_wrap": True,
            "border": 1,
        }
        self.words = book.add_format(base)
        self.quoted = book.add_format({**base, "quote_prefix": True})
        self.small = book.add_format({**base, "font_size": 7})
        self.middle = book.add_format({**base, "align": "center"})
        self.day = book.add_format({**base, "align": "center", "num_format": "yyyy-mm-dd"})
        self.head = book.add_format(
            {**base, "bold": True, "align": "center", "bg_color": "#EDEDED"}
        )
        self.title = book.add_format(
            {
                "font_name": _FONT,
                "font_size": 16,
                "bold": True,
                "align": "center",
                "valign": "vcenter",
            }
        )
        self.note = book.add_format(
            {"font_name": _FONT, "font_size": 11, "valign": "vcenter", "text_wrap": True}
        )


def _write(book: Any, each: List, looks: _Looks) -> None:
    sheet = book.add_worksheet(each.name)
    widths = [column.width for column in each.columns]
    last = len(widths) - 1
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
    _page(sheet, each)
    sheet.set_row(0, 30)
    sheet.merge_range(0, 0, 0, last, "", looks.title)
    sheet.write_string(0, 0, each.title, looks.title)
    sheet.set_row(1, _LINE * _lines(each.note, sum(widths)) + 3)
    sheet.merge_range(1, 0, 1, last, "", looks.note)
    sheet.write_string(1, 0, each.note, looks.note)
    titles = [column.title for column in each.columns]
    sheet.set_row(_HEADER_ROW, _LINE * max(map(_lines, titles, widths)) + 6)
    for index, words in enumerate(titles):
        sheet.write_string(_HEADER_ROW, index, words, looks.head)
    for number, row in enumerate(each.rows, _HEADER_ROW + 1):
        high = max(_lines(_shown(value), width) for value, width in zip(row, widths, strict=True))
        sheet.set_row(number, min(_LINE * high + 4, _HIGHEST))
        for index, value in enumerate(row):
            column = each.columns[index]
            if _LINE * _lines(_shown(value), column.width) > _HIGHEST:
                sheet.write_string(number, index, _shown(value)[:_CELL_MOST], looks.small)
                continue
            _cell(sheet, number, index, value, looks, column.middle)
    if each.rows:
        sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + len(each.rows), last)


def _page(sheet: Any, each: List) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _cell(
    sheet: Any, row: int, column: int, value: Cell, looks: _Looks, middle: bool
) -> None:  # fmt: skip
    if value is None or value == "":
        sheet.write_blank(row, column, None, looks.words)
    elif isinstance(value, int):
        sheet.write_number(row, column, value, looks.middle)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, looks.day)
    else:
        plain = looks.middle if middle else looks.words
        look = looks.quoted if value.startswith(_FORMULA) else plain
        sheet.write_string(row, column, value[:_CELL_MOST], look)


def _shown(value: Cell) -> str:
    return "" if value is None else str(value)


def _lines(words: str, width: int) -> int:
    """Return how many lines words take in a column; fonts differ, so rather too many."""
    return sum(len(wrapped(line, max(width - _MARGIN, 4))) for line in words.split("\n"))
