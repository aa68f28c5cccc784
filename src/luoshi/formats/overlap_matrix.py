"""The sheet that shows how much of each document stands in each other one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from luoshi.formats.overlap import Overlap

AT_MOST = 250  # documents: a sheet in which people can still find their way
_FONT = "宋体"
_A4 = 9
_NAMES = 3  # rows above: title, note, numbers
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_matrix(book: Any, result: Overlap) -> None:
    """Add the sheet; the documents that share most where there are too many."""
    chosen = result.ordered[:AT_MOST]
    sheet = book.add_worksheet("对照矩阵")
    base = {
        "font_name": _FONT,
        "font_size": 10,
        "valign": "vcenter",
        "border": 1,
        "border_color": "#BFBFBF",
    }
    head = book.add_format({**base, "bold": True, "align": "center", "bg_color": "#EDEDED"})
    name = book.add_format({**base, "quote_prefix": True})
    title = book.add_format(
        {"font_name": _FONT, "font_size": 16, "bold": True, "valign": "vcenter"}
    )
    note = book.add_format(
        {"font_name": _FONT, "font_size": 10, "valign": "top", "text_wrap": True}
    )
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 1 + len(chosen), 5)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, "材料之间的雷同比例", title)
    sheet.set_row(1, 64)
    sheet.merge_range(1, 0, 1, max(11, 1 + min(len(chosen), 20)), "", note)
    sheet.write_string(1, 0, _note(result, len(chosen)), note)
    for column, words in enumerate(("序号", "材料")):
        sheet.write_string(_NAMES - 1, column, words, head)
    for index in range(len(chosen)):
        sheet.write_number(_NAMES - 1, 2 + index, index + 1, head)
    shares = _shares(result, chosen)
    looks = _looks(book, base)
    for index, number in enumerate(chosen):
        row = _NAMES + index
        sheet.write_number(row, 0, index + 1, head)
        path = result.documents[number].path
        shown = PurePath(path).name or path
        sheet.write_string(row, 1, shown, name if shown.startswith(_FORMULA) else looks[0])
        for other in range(len(chosen)):
            share = shares.get((index, other))
            if other == index:
                sheet.write_blank(row, 2 + other, None, looks[-1])
            elif share is not None:
                sheet.write_number(row, 2 + other, share, looks[_grade(share)])
    _page(sheet, len(chosen))


def _note(result: Overlap, shown: int) -> str:
    words = (
        "每格是左边那份材料有百分之几的文字在上边那个序号的材料里也有；空格表示没有雷同。"
        "整篇相同的几份只列第一份。是不是抄的，请人来判断。"
    )
    if not shown:
        return "没有发现雷同的段落。" + ("整篇相同的材料见“材料清单”。" if result.alike else "")
    if shown < len(result.ordered):
        words += f"有雷同的材料共 {len(result.ordered)} 份，这里列前 {shown} 份，其余见“雷同段落”。"
    return words


def _shares(result: Overlap, chosen: Sequence[int]) -> dict[tuple[int, int], float]:
    """Return by row and column the share of the row's document that stands in the column's."""
    at = {number: index for index, number in enumerate(chosen)}
    out = {}
    for pair in result.pairs:
        if pair.a in at and pair.b in at:
            a, b = at[pair.a], at[pair.b]
            out[a, b] = pair.of_a / max(1, len(result.documents[pair.a].text))
            out[b, a] = pair.of_b / max(1, len(result.documents[pair.b].text))
    return out


def _looks(book: Any, base: dict[str, Any]) -> list[Any]:
    """Return the formats of a cell: plain words, by how large the share is, the diagonal."""
    colours = ("#FDF1E3", "#FAD9B5", "#F5B57F", "#E98A5B", "#D5603F")
    figure = {**base, "num_format": "0%", "align": "center"}
    graded = [
        book.add_format(
            {**figure, "bg_color": c, "font_color": "#FFFFFF" if c == colours[-1] else "#000000"}
        )
        for c in colours
    ]
    return [book.add_format(base), *graded, book.add_format({**base, "bg_color": "#D9D9D9"})]


def _grade(share: float) -> int:
    return 1 + sum(share >= edge for edge in (0.05, 0.15, 0.3, 0.5))


def _page(sheet: Any, number: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    # Up to some forty columns can be read on one page; more go on beside it.
    sheet.fit_to_pages(1 if number <= 40 else 0, 0)
    sheet.repeat_rows(_NAMES - 1)
    sheet.repeat_columns(0, 1)
    sheet.freeze_panes(_NAMES, 2)
    sheet.set_footer("&C第 &P 页，共 &N 页")
