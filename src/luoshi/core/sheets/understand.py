"""A workbook as grids → what was understood and what was not, each with its cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from luoshi.core.sheets import header as headers
from luoshi.core.sheets.columns import label
from luoshi.core.sheets.grid import Cells, Grid
from luoshi.core.sheets.header import Column
from luoshi.core.sheets.rows import Measure, Reading, Row, Skipped

_NO_HEADER = "没有认出表头。表头里至少要有“问题”“具体表现”“整改措施”中的一栏，再加上另外一栏，例如“责任人”“整改时限”。"
_HIDDEN = "这是隐藏的工作表，没有读取。需要导入的，请取消隐藏，另存后重新上传。"
_NO_ROWS = "认出了表头，但下面没有内容。"
_ABOVE_MOST = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its columns, its rows, rows that are none, and ``why`` where there are no rows.

    ``above`` are the words over the titles: the name of the ledger, the unit that filled it in.
    """

    name: str
    hidden: bool
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    why: str = ""
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """All sheets of a workbook that hold anything."""

    sheets: tuple[Sheet, ...]

    @property
    def measures(self) -> int:
        """Return how many measures there are in all."""
        return sum(len(row.measures) for sheet in self.sheets for row in sheet.rows)


def understand(grids: Iterable[Grid]) -> Understood:
    """Return what a workbook says. Empty sheets are left out."""
    return Understood(tuple(_sheet(grid) for grid in grids if any(map(any, grid.rows))))


def _sheet(grid: Grid) -> Sheet:
    if grid.hidden:
        return Sheet(grid.name, True, why=_HIDDEN)
    cells = Cells(grid)
    header = headers.find(cells)
    if header is None:
        return Sheet(grid.name, grid.hidden, why=_NO_HEADER)
    reading = Reading(cells, header)
    reading.run()
    above = dict.fromkeys(
        cells.words(row, column)[:_ABOVE_MOST]
        for row in range(header.first)
        for column in cells.filled(row)
    )
    return Sheet(
        grid.name, grid.hidden, header.columns, tuple(reading.rows), tuple(reading.skipped),
        "" if reading.rows else _NO_ROWS, tuple(above),
    )  # fmt: skip


def record(found: Understood) -> dict[str, Any]:
    """Return what was understood as plain values, dates as ``2026-06-30``, for keeping."""
    return {"sheets": [_sheet_record(sheet) for sheet in found.sheets]}


def _sheet_record(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "why": sheet.why,
        "above": list(sheet.above),
        "columns": [
            {
                "address": c.address, "title": " ".join(c.title.split()), "field": c.field,
                "label": label(c.field) if c.field else "", "option": c.option,
            }
            for c in sheet.columns
        ],
        "skipped": [{"address": s.address, "words": s.words, "why": s.why} for s in sheet.skipped],
        "rows": [_row_record(row) for row in sheet.rows],
    }  # fmt: skip


def _row_record(row: Row) -> dict[str, Any]:
    return {
        "number": row.number, "values": row.values, "cells": row.cells, "claim": row.claim,
        "above": list(row.above), "measures": [_measure_record(m) for m in row.measures],
    }  # fmt: skip


def _measure_record(measure: Measure) -> dict[str, Any]:
    end = measure.deadline
    return {
        "text": measure.text,
        "owners": measure.owners,
        "deadline": {
            "words": end.words, "day": end.day.isoformat() if end.day else "",
            "standing": end.standing, "immediate": end.immediate, "why": end.why,
        },
    }  # fmt: skip
