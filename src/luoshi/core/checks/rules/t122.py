"""T122: a deadline that was over before the material was written.

What: a date with its year and 前, 之前 or 以前 in a measure, or in a column for deadlines
(时限, 期限), before the date under the title or at the end, that is not told as done.
Why: a measure cannot be due before it is written; the date was taken from an older text.
Basis: seen. Reviewers return measures with deadlines that are over (DOMAIN.md §2).
Example: material of 2026年1月22日, measure 2025年12月31日前修复到位.
Counter-example: 已于2025年12月31日前修复; a date in the account of a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._figures import Dated, chinese, dates, written
from luoshi.core.reading.model import Span

META = Meta(
    code="T122",
    title="期限已经过了",
    family="text",
    severity="error",
    basis="seen",
    why="措施的期限在写材料时已经过了，多半是从旧稿带来的。请写一个以后的日期。",
)
_BEFORE = re.compile(r"(?:之前|以前|前)(?!期|后|段|往|来|已|就|述|列|款|文|面)")
_CLOSED = re.compile(r"已(?:经)?(?:完成|整改|销号|关闭|验收|解决|办结)|完成整改")
_YEAR = re.compile(r"((?:19|20)\d\d)年度")
_DONE = re.compile(r"已|曾|原定|原计划|当时|没有|未能|未按|截至|截止|应于")


_COLUMN = re.compile(r"时限|期限|限期|(?:计划|预计|要求)完成")
_CELL = re.compile(
    r"[\s*]*(?:于|在)?(?P<y>(?:19|20)\d\d)(?:年|[-./])(?P<m>\d{1,2})(?:月|[-./])?"
    r"(?:(?P<d>\d{1,2})日?)?(?:底|末)?(?:之?前|以前)?(?:完成)?[\s*]*"
)


def _in_words(page: Page, day: date) -> Iterator[Span]:
    """Yield the deadlines of measures that were over on ``day``."""
    measures = page.points("measure")
    for dated in dates(page):
        match = _BEFORE.match(page.text, dated.end)
        last = dated.last()
        if match is None or last is None or last >= day or not dated.sure:
            continue
        if not any(m.start <= dated.start < m.end for m in measures):
            continue
        low = max(page.text.rfind(mark, 0, dated.start) for mark in "，。；\n") + 1
        if not _DONE.search(page.text, low, dated.start):
            yield Span(dated.start, match.end())


def _in_tables(page: Page, day: date) -> Iterator[Span]:
    """Yield the dates over on ``day`` in the columns for deadlines; rows told as done are quiet."""
    columns: dict[int, tuple[int, ...]] = {}
    for block in page.document.blocks:
        if block.kind != "row" or block.contents:
            continue
        if block.table not in columns:
            names = [page.words(cell) for cell in block.cells]
            columns[block.table] = tuple(i for i, name in enumerate(names) if _COLUMN.search(name))
            continue
        if _CLOSED.search(page.text, block.start, block.end):
            continue
        for index in columns[block.table]:
            cell = block.cells[index] if index < len(block.cells) else None
            match = _CELL.fullmatch(page.text, *cell) if cell else None
            if match and 1 <= int(match["m"]) <= 12:
                dated = Dated(0, 0, int(match["y"]), int(match["m"]), int(match["d"] or 0))
                last = dated.last()
                if last and last < day:
                    yield Span(match.start("y"), match.end())


def _not_before(page: Page) -> tuple[date, Span, str] | None:
    """Return the day before which no deadline may lie, where it is told, and what it is called.

    Without a date of writing it is the first day of the year that the title is about.
    """
    known = written(page)
    if known:
        return (*known, f"材料的日期{chinese(known[0])}")
    title = page.examination.profile.title_span
    year = _YEAR.search(page.text, *title) if title else None
    if year is None:
        return None
    return date(int(year[1]), 1, 1), Span(*year.span()), f"材料所说的{year[0]}"


def find(page: Page) -> Iterator[Objection]:
    """Object to every deadline of a measure that lies before the date of the material."""
    known = _not_before(page)
    if known is None:
        return
    day, place, called = known
    for start, end in sorted({*_in_words(page, day), *_in_tables(page, day)}):
        shown = page.words((start, end)).strip("* ")
        message = f"期限“{shown}”早于{called}。"
        yield Objection((Span(start, end), place), message)
