"""问题清单、原因清单、措施清单 as one workbook, every row with its source, after a 汇总."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from luoshi.core.reading.model import ReadError
from luoshi.formats.links import OWN_ROW, Linked, linked
from luoshi.formats.wrapping import wrapped

Record = dict[str, Any]


class _List(NamedTuple):
    """A sheet of points: ``column`` titles their links, ``none`` says that there are none."""

    title: str
    kind: str
    column: str
    none: str


_LISTS = (
    _List("问题清单", "problem", "回应的措施", "没有措施回应"),
    _List("原因清单", "cause", "可能说明的问题（仅供参考）", ""),
    _List("措施清单", "measure", "回应的问题和原因", "没有对应的问题"),
)
_SUMMARY = {
    "序号": 6, "材料": 34, "单位职务": 34, "提纲": 34, "问题": 8, "原因": 8, "措施": 8,
    "没有措施回应的问题": 12, "没有对应问题的措施": 12,
}  # fmt: skip
_FIRST_COUNT, _FIRST_ALARM = 4, 7
# Line pitch in points. Excel takes no row higher than 409 points.
_LINE, _HIGHEST = 16, 409
_MARGIN = 2
_CELL_LIMIT = 32_000


def write_lists(
    records: Iterable[Record], path: Path,
    names: Mapping[str, str] | None = None, failures: Sequence[tuple[str, ReadError]] = (),
) -> int:  # fmt: skip
    """Write the three lists of all documents to ``path``; return how many documents.

    ``names`` tells by path what a document is called (else its file name). ``failures``,
    read after the records, are the files that could not be read. The file appears only
    when it is complete, and not at all without a document. Cells are plain text: a heading
    that begins with ``=`` is no formula. Raises ``OSError`` when it cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    temporary = path.with_name(path.name + ".part")
    # Rows go to disk as they come: ten thousand documents need no more memory than one.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    try:
        with xlsxwriter.Workbook(str(temporary), options) as book:
            looks = _Looks(book)
            summary = _Sheet(book, "汇总", _SUMMARY, looks)
            sheets = [_Sheet(book, each.title, _columns(each), looks) for each in _LISTS]
            for record in records:
                name = (names or {}).get(record["path"]) or PurePath(record["path"]).name
                _summarise(summary, record, name)
                for each, sheet in zip(_LISTS, sheets, strict=True):
                    _list(sheet, each, record, name)
                count += 1
            for sheet in (summary, *sheets):
                sheet.filter()
            _fail(summary, failures)
        if count:
            temporary.replace(path)
    except FileCreateError as error:
        raise error.args[0] from None
    finally:
        temporary.unlink(missing_ok=True)
    return count


def _columns(each: _List) -> dict[str, int]:
    """Return the titles of a list's columns with their widths in characters."""
    aspect = {"提纲标题": 14} if each.kind == "problem" else {}
    return {
        "序号": 6, "材料": 20, "编号": 6, "位置": 15, **aspect, each.title[:2]: 28,
        "具体内容": 56, "出处": 9, each.column: 34, "依据的词": 26,
    }  # fmt: skip


def _summarise(sheet: _Sheet, record: Record, name: str) -> None:
    profile = record["profile"]
    counts = [sum(p["kind"] == each.kind for p in record["points"]) for each in _LISTS]
    alarms = [len(record["unanswered"]), len(record["rootless"])]
    author = "，".join(filter(None, (profile["unit"], profile["post"])))
    cells = [name, author, record["outline_name"], *counts, *alarms]
    red = {_FIRST_ALARM + index for index, count in enumerate(alarms) if count}
    sheet.add([sheet.row, *cells], red)


def _fail(sheet: _Sheet, failures: Sequence[tuple[str, ReadError]]) -> None:
    if failures:
        sheet.row += 1
        sheet.note("序号", "没有读成的材料", "原因和办法", title=True)
        for index, (name, problem) in enumerate(failures, 1):
            sheet.note(index, name, problem.message)


def _list(sheet: _Sheet, each: _List, record: Record, name: str) -> None:
    links = linked(record, each.kind)
    for point in record["points"]:
        if point["kind"] != each.kind:
            continue
        others = links[point["id"]]
        aspect = [point["aspect"]] if each.kind == "problem" else []
        cells = [
            sheet.row, name, point["id"], point["path"], *aspect, point["heading"], point["body"],
            point["place"], "\n".join(map(_entry, others)) or each.none,
            "\n".join(_reason(other) for other in others if other.words),
        ]  # fmt: skip
        sheet.add(cells, set() if others else {len(cells) - 2})


def _entry(link: Linked) -> str:
    if not link.id:
        return f"{OWN_ROW}：{link.heading}"
    return f"{link.id} {link.path} {link.heading}{'（弱）' if link.weak else ''}"


def _reason(link: Linked) -> str:
    words = "、".join(link.words)
    return f"{link.id}：{words}" if link.id else words


class _Looks:
    """The formats of cells."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": "宋体", "font_size": 11, "valign": "top", "text_wrap": True,
                "border": 1, "border_color": "#BFBFBF"}  # fmt: skip
        self.cell = book.add_format(base)
        self.small = book.add_format({**base, "font_size": 8})
        self.alarm = book.add_format({**base, "font_color": "#C00000", "bold": True})
        self.head = book.add_format(
            {**base, "bold": True, "bg_color": "#EDEDED", "valign": "vcenter"}
        )


class _Sheet:
    """A sheet that grows downwards; ``row`` is the next row (0-based, the first is titles)."""

    def __init__(self, book: Any, name: str, columns: dict[str, int], looks: _Looks) -> None:
        self.sheet, self.looks = book.add_worksheet(name), looks
        self.widths = tuple(columns.values())
        for index, width in enumerate(self.widths):
            self.sheet.set_column(index, index, width)
        self.sheet.set_row(0, _LINE * max(map(_count, columns, self.widths)))
        for index, words in enumerate(columns):
            self.sheet.write_string(0, index, words, looks.head)
        self.row = 1
        self.sheet.freeze_panes(1, 0)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)

    def add(self, cells: Sequence[str | int], red: set[int]) -> None:
        """Write one row; not every program measures wrapped text when it opens a workbook."""
        counts = [_count(str(v), w) for v, w in zip(cells, self.widths, strict=True)]
        self.sheet.set_row(self.row, min(_LINE * max(counts), _HIGHEST))
        for column, value in enumerate(cells):
            look = self.looks.alarm if column in red else self.looks.cell
            if _LINE * counts[column] > _HIGHEST:
                look = self.looks.small
            if isinstance(value, int):
                self.sheet.write_number(self.row, column, value, look)
            else:
                self.sheet.write_string(self.row, column, value[:_CELL_LIMIT], look)
        self.row += 1

    def note(self, first: str | int, name: str, words: str, title: bool = False) -> None:
        """Write a number, a name, and words over all the other columns."""
        look, last = self.looks.head if title else self.looks.cell, len(self.widths) - 1
        counts = _count(name, self.widths[1]), _count(words, sum(self.widths[2:]))
        self.sheet.set_row(self.row, min(_LINE * max(counts), _HIGHEST))
        self.sheet.write(self.row, 0, first, look)
        self.sheet.write_string(self.row, 1, name, look)
        self.sheet.merge_range(self.row, 2, self.row, last, words, look)
        self.row += 1

    def filter(self) -> None:
        """Put a filter on the rows written so far."""
        self.sheet.autofilter(0, 0, max(self.row - 1, 1), len(self.widths) - 1)


def _count(words: str, width: int) -> int:
    """Return how many lines ``words`` take in a column; fonts differ, so rather too many."""
    return sum(len(wrapped(line, width - _MARGIN)) for line in words.split("\n"))
