"""问题清单、原因清单、措施清单 as one workbook, every row with its source."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Any

Record = dict[str, Any]
_SHEETS = (
    ("问题清单", "problem", "to", "回应的措施", "没有措施回应"),
    ("原因清单", "cause", "from", "可能说明的问题（仅供参考）", ""),
    ("措施清单", "measure", "from", "回应的问题和原因", "没有对应的问题"),
)
_WIDTHS = (6, 18, 15, 18, 26, 50, 9, 30, 10)
_LINE_POINTS, _LINES_AT_MOST = 15, 27
_CELL_LIMIT = 32_000


def write_lists(records: Iterable[Record], path: Path) -> int:
    """Write the three lists of all documents to ``path``; return how many documents.

    The file appears only when it is complete, and not at all without a document. Cells
    are plain text: a heading that begins with ``=`` is no formula. Raises ``OSError``
    when it cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    temporary = path.with_name(path.name + ".part")
    # Rows go to disk as they come: ten thousand documents need no more memory than one.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    try:
        with xlsxwriter.Workbook(str(temporary), options) as book:
            writer = _Writer(book)
            for record in records:
                writer.add(record)
                count += 1
            writer.finish()
        if count:
            temporary.replace(path)
    except FileCreateError as error:
        raise error.args[0] from None
    finally:
        temporary.unlink(missing_ok=True)
    return count


def _lines(value: str, width: int) -> int:
    """Return how many lines ``value`` takes in a column of ``width`` (Chinese counts double)."""
    return sum(
        max(1, -(-(2 * len(part) - len(part.encode("ascii", "ignore"))) // width))
        for part in value.split("\n")
    )


class _Writer:
    """Three sheets that grow by one document at a time."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": "宋体", "font_size": 11, "valign": "top", "text_wrap": True}
        self.cell = book.add_format({**base, "border": 1, "border_color": "#BFBFBF"})
        self.alarm = book.add_format(
            {**base, "border": 1, "border_color": "#BFBFBF", "font_color": "#C00000", "bold": True}
        )
        self.head = book.add_format(
            {**base, "bold": True, "bg_color": "#EDEDED", "border": 1, "valign": "vcenter"}
        )
        self.sheets = []
        for title, _, _, column, _ in _SHEETS:
            sheet = book.add_worksheet(title)
            name = title[:2]
            titles = (
                "序号",
                "材料",
                "位置",
                "提纲标题",
                name,
                "具体内容",
                "出处",
                column,
                "关联强弱",
            )
            for index, (words, width) in enumerate(zip(titles, _WIDTHS, strict=True)):
                sheet.set_column(index, index, width)
                sheet.write_string(0, index, words, self.head)
            sheet.freeze_panes(1, 0)
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
            self.sheets.append(sheet)
        self.rows = [0] * len(_SHEETS)

    def add(self, record: Record) -> None:
        points = {point["id"]: point for point in record["points"]}
        for number, (_, kind, end, _, none) in enumerate(_SHEETS):
            relation = "explains" if kind == "cause" else "answers"
            for point in record["points"]:
                if point["kind"] != kind:
                    continue
                links = [
                    link for link in record["links"]
                    if link["kind"] == relation and link[end] == point["id"]
                ]  # fmt: skip
                self._row(
                    number, record, point, links, points, "from" if end == "to" else "to", none
                )

    def _row(
        self, number: int, record: Record, point: Record, links: list[Record],
        points: dict[str, Record], other: str, none: str,
    ) -> None:  # fmt: skip
        self.rows[number] += 1
        row, sheet = self.rows[number], self.sheets[number]
        named = "\n".join(
            f"{points[k[other]]['path']} {points[k[other]]['heading']}" for k in links
        )
        strength = "\n".join({"strong": "强", "weak": "弱"}[k["strength"]] for k in links)
        values = (
            PurePath(record["path"]).name, point["path"], point["aspect"], point["heading"], point["body"],
            point["place"], named or none, strength if point["kind"] != "cause" else "",
        )  # fmt: skip
        lines = max(_lines(v, w) for v, w in zip(values, _WIDTHS[1:], strict=True))
        # Not every program measures wrapped text when it opens a workbook.
        sheet.set_row(row, _LINE_POINTS * min(lines, _LINES_AT_MOST))
        sheet.write_number(row, 0, row, self.cell)
        for column, value in enumerate(values, 1):
            style = self.alarm if column == 7 and not named and none else self.cell
            sheet.write_string(row, column, value[:_CELL_LIMIT], style)

    def finish(self) -> None:
        for sheet, rows in zip(self.sheets, self.rows, strict=True):
            sheet.autofilter(0, 0, max(rows, 1), len(_WIDTHS) - 1)
