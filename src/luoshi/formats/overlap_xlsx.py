"""What documents share as a workbook: a matrix, the documents, the passages with both texts."""

from __future__ import annotations

from datetime import date
from typing import IO

from luoshi.core.overlap.groups import Place
from luoshi.formats.overlap import Overlap
from luoshi.formats.overlap_matrix import write_matrix
from luoshi.formats.overlap_text import (
    KINDS,
    kind,
    order,
    remark,
    slip_code,
    slip_words,
    summary,
    too_much,
)
from luoshi.formats.sheets_out import Cell, Column, List, write_lists

_ROWS_AT_MOST = 50_000
_PLACES_AT_MOST = 20
_AROUND = 14


def overlap_workbook(result: Overlap) -> IO[bytes]:
    """Return the workbook as an open temporary file, at its beginning. Raises ``OSError``."""
    lists = [
        _documents(result),
        _passages(result),
        _copied(result),
        _slips(result),
        _common(result),
    ]
    return write_lists(lists, lambda book: write_matrix(book, result))


def _documents(result: Overlap) -> List:
    cluster = {n: at for at, group in enumerate(result.clusters, 1) for n in group}
    others: dict[int, int] = {}
    for pair in result.pairs:
        others[pair.a] = others.get(pair.a, 0) + 1
        others[pair.b] = others.get(pair.b, 0) + 1
    columns = [
        Column("序号", 6, True), Column("材料", 44), Column("落款日期", 12, True), Column("字数", 8, True),
        Column("雷同字数", 8, True), Column("占全文", 8, True), Column("与几份雷同", 8, True),
        Column("组", 5, True), Column("说明", 36),
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for number, one in enumerate(result.documents):
        shared = result.shared.get(number, 0)
        told = "参照材料" if number < result.references else ""
        if (first := result.same_as.get(number)) is not None:
            told = f"{told}{'；' if told else ''}与 {result.documents[first].path} 整篇相同"
        rows.append([
            number + 1, one.path, date.fromisoformat(one.dated) if one.dated else "", len(one.text), shared,
            f"{shared / max(1, len(one.text)):.0%}", others.get(number, 0), cluster.get(number, ""), told,
        ])  # fmt: skip
    return List("材料清单", "参加比对的材料", summary(result), columns, rows)


def _passages(result: Overlap) -> List:
    columns = [
        Column("序号", 6, True), Column("材料一", 22), Column("行", 6, True), Column("材料一的文字", 46),
        Column("材料二", 22), Column("行", 6, True), Column("材料二的文字", 46), Column("字数", 6, True),
        Column("相同程度", 12), Column("先后", 22),
    ]  # fmt: skip
    ordered = sorted(result.found, key=lambda one: -one.bits)
    rows: list[list[Cell]] = []
    for number, one in enumerate(ordered[:_ROWS_AT_MOST], 1):
        first, second = result.documents[one.a], result.documents[one.b]
        rows.append([
            number, first.path, result.line(one.a, one.a_span[0]), first.text[slice(*one.a_span)],
            second.path, result.line(one.b, one.b_span[0]), second.text[slice(*one.b_span)],
            one.a_span[1] - one.a_span[0], kind(result, one), order(result, one.a, one.b),
        ])  # fmt: skip
    note = remark(result)
    if len(ordered) > len(rows):
        note += f"雷同共 {len(ordered):,} 处，这里列前 {len(rows):,} 处；全部的请写成 json。"
    return List("雷同段落", "雷同的段落", note, columns, rows)


def _copied(result: Overlap) -> List:
    columns = [
        Column("序号", 6, True),
        Column("处数", 6, True),
        Column("文字", 80),
        Column("在哪里", 60),
    ]
    rows: list[list[Cell]] = []
    for number, group in enumerate(result.copied_most[:_ROWS_AT_MOST], 1):
        document, start, end = group[0]
        rows.append(
            [number, len(group), result.documents[document].text[start:end], _where(result, group)]
        )
    note = "同一段话在三份以上材料里出现的，按处数从多到少列。"
    return List("抄用最多", "抄用最多的段落", note, columns, rows)


def _where(result: Overlap, group: list[Place]) -> str:
    shown = "\n".join(
        f"{result.documents[n].path} 第 {result.line(n, start)} 行"
        for n, start, _ in group[:_PLACES_AT_MOST]
    )
    return shown + (f"\n等 {len(group)} 处" if len(group) > _PLACES_AT_MOST else "")


def _slips(result: Overlap) -> List:
    columns = [
        Column("序号", 6, True), Column("材料", 30), Column("行", 6, True), Column("原文", 40), Column("写作", 8, True),
        Column("多数写作", 8, True), Column("多数份数", 8, True), Column("少数份数", 8, True), Column("说明", 46),
        Column("对照材料", 30),
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for number, one in enumerate((result.slips or ())[:_ROWS_AT_MOST], 1):
        document, start, end = one.place
        text = result.documents[document].text
        around = text[max(0, start - _AROUND) : end + _AROUND].replace("\n", " ")
        rows.append([
            number, result.documents[document].path, result.line(document, start), around, one.written, one.usual,
            one.documents, one.few, slip_words(one), result.documents[one.example[0]].path,
        ])  # fmt: skip
    note = f"{slip_code()}：上下文相同、读音相同，只有极少数材料写法不同的字。人名、地名和数字不在其内。"
    if result.slips is None:
        note = too_much()
    return List("疑似错字", "与同批写法不一致的字", note, columns, rows)


def _common(result: Overlap) -> List:
    columns = [
        Column("序号", 6, True),
        Column("类别", 14, True),
        Column("份数", 8, True),
        Column("文字", 90),
    ]
    rows: list[list[Cell]] = [
        [number, KINDS[one.kind], one.documents, one.text]
        for number, one in enumerate(result.common.listed[:_ROWS_AT_MOST], 1)
    ]
    note = "提纲标题、固定提法和这批材料里多份都写的话，不算雷同；列在这里，供核对扣除得对不对。"
    return List("不算雷同的话", "不算雷同的话", note, columns, rows)
