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
from luoshi.core.reading.model import Block, Span

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


_QUARTER = re.compile(
    r"(?P<y>(?:19|20)\d\d)年(?:(?:第)?(?P<q>[一二三四1-4])季度|(?P<half>[上下])半年)(?:末|底|内|之?前|结束前|以前)?"
    r"(?=完成|到位|办结|落实|[，。；）\s|]|$|[\u4e00-\u9fff](?<![的度和与及以来至到起同比各]))"
)
_PRINTED = re.compile(
    r"(?P<y>(?:19|20)\d\d)[-./](?P<m>\d{1,2})(?:[-./](?P<d>\d{1,2}))?(?=之?前|以前)"
)
_LAST_YEAR = re.compile(r"(?:去年|上年)(?:年?[底末]|\d{1,2}月(?:\d{1,2}日|底|末)?)(?:之?前|以前)")
_SEASON = re.compile(
    r"(?P<y>(?:19|20)\d\d)年(?:汛期|春节|国庆|五一|入冬|供暖季?|采暖季?|开学|暑期|暑假|寒假|中秋|清明|端午|入冬|春耕|秋收|雨季|元旦|端午|重阳|冬至)"
    r"节?(?:之?前|以前|期间|结束前)"
)
# The month in which each season has begun whatever the year; of others the year alone decides.
_BEGUN = {
    "春节": 2,
    "清明": 4,
    "五一": 5,
    "端午": 6,
    "国庆": 10,
    "中秋": 10,
    "秋收": 11,
    "入冬": 11,
    "元旦": 1,
}
_THIS_YEAR = re.compile(r"(?:今年|本年)$")
# What was left undone by an earlier day is the matter of the measure, not its deadline.
_MATTER = re.compile(
    r"^[^，。；]{0,1}(?:没有|未|尚未|没能|积压|遗留|形成|签订|建成|登记|发生|查出|发现|收到|受理|已|应)[^，。；]{0,12}的"
)
# A day without a year is of this year where it went by only weeks ago.
_RECENT = 60


_COLUMN = re.compile(r"时限|期限|限期|(?:计划|预计|要求)完成")
# A column of this name tells when things are to be done, or when they were: most of it decides.
_DONE_BY = re.compile(r"^[\s*]*完成(?:日期|时间)[\s*]*$")
_CELL = re.compile(
    r"[\s*]*(?:于|在)?(?P<y>(?:19|20)\d\d)(?:年|[-./])(?P<m>\d{1,2})(?:月|[-./])?"
    r"(?:(?P<d>\d{1,2})日?)?(?:底|末)?(?:之?前|以前)?(?:完成)?[\s*]*"
)


def _in_words(page: Page, day: date) -> Iterator[Span]:
    """Yield the deadlines of measures that were over on ``day``."""
    for dated in dates(page):
        match = _BEFORE.match(page.text, dated.end)
        last = _last(page, dated, day) if match else None
        if match and last and last < day and _is_deadline(page, Span(dated.start, match.end())):
            yield Span(dated.start, match.end())
    for match in (*_QUARTER.finditer(page.text), *_PRINTED.finditer(page.text)):
        place = Span(*match.span())
        if _end(match) < day and _is_deadline(page, place):
            yield place
    for match in _SEASON.finditer(page.text):
        begun = next((month for name, month in _BEGUN.items() if name in match[0]), 12)
        over = (int(match["y"]), begun) < (day.year, day.month)
        if over and _is_deadline(page, Span(*match.span())):
            yield Span(*match.span())
    for match in _LAST_YEAR.finditer(page.text):
        if _is_deadline(page, Span(*match.span())):
            yield Span(*match.span())


def _is_deadline(page: Page, place: Span) -> bool:
    """Tell whether a date is one by which a measure is to be done."""
    low = max(page.text.rfind(mark, 0, place.start) for mark in "，。；\n") + 1
    point = page.point_at(place.start)
    return (
        point is not None
        and point.kind == "measure"
        and not _DONE.search(page.text, low, place.start)
        and not _MATTER.match(page.text[place.end : place.end + 30])
    )


def _last(page: Page, dated: Dated, day: date) -> date | None:
    """Return the last day of a deadline: without a year only where that can be told."""
    if dated.sure:
        return dated.last()
    assumed = dated._replace(year=day.year).last()
    if assumed is None or dated.year not in (0, day.year):
        return None
    this_year = _THIS_YEAR.search(page.text, max(0, dated.start - 2), dated.start)
    return assumed if this_year or (day - assumed).days <= _RECENT else None


_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}


def _end(match: re.Match[str]) -> date:
    """Return the last day of a quarter, a half year or a date in figures."""
    parts = match.groupdict()
    if "q" in parts:
        month = _QUARTERS[parts["q"]] if parts["q"] else {"上": 6, "下": 12}[parts["half"]]
    else:
        month = int(parts["m"])
    last = Dated(0, 0, int(parts["y"]), month, int(parts.get("d") or 0)).last()
    return last or date.max


def _in_tables(page: Page, day: date) -> Iterator[Span]:
    """Yield the dates over on ``day`` in the columns for deadlines; rows told as done are quiet."""
    columns: dict[int, dict[int, bool]] = {}
    unsure: dict[tuple[int, int], list[tuple[date, Span]]] = {}
    for block in page.document.blocks:
        if block.kind != "row" or block.contents:
            continue
        if block.table not in columns:
            columns[block.table] = _columns(page, block)
            continue
        if _CLOSED.search(page.text, block.start, block.end):
            continue
        for index, sure in columns[block.table].items():
            due = _due(page, block, index)
            if due and sure and due[0] < day:
                yield due[1]
            elif due and not sure:
                unsure.setdefault((block.table, index), []).append(due)
    for rows in unsure.values():
        over = [place for last, place in rows if last < day]
        if 2 * len(over) < len(rows):
            yield from over


def _columns(page: Page, header: Block) -> dict[int, bool]:
    """Return the columns that tell a deadline, and whether their titles leave no doubt."""
    names = [page.words(cell) for cell in header.cells]
    return {
        index: bool(_COLUMN.search(name))
        for index, name in enumerate(names)
        if _COLUMN.search(name) or _DONE_BY.search(name)
    }


def _due(page: Page, row: Block, index: int) -> tuple[date, Span] | None:
    cell = row.cells[index] if index < len(row.cells) else None
    match = _CELL.fullmatch(page.text, *cell) if cell else None
    if match is None or not 1 <= int(match["m"]) <= 12:
        return None
    last = Dated(0, 0, int(match["y"]), int(match["m"]), int(match["d"] or 0)).last()
    return (last, Span(match.start("y"), match.end())) if last else None


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
