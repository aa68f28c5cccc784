"""B107: a document studied before it existed.

What: a dated study of a document or of a meeting's decisions that came out later, or of the
new version of one (修订后的, 新修订的) before it was revised. The date stands before the study
(9月18日学习……) or in brackets behind it; without a year it lies before the paper's date.
Why: the study record was made up or copied; it is what inspections look for first.
Basis: seen. Study records dated before the document studied (DOMAIN.md §2).
Example: “2021年3月5日学习《信访工作条例》”: it came out on 2022-02-25.
Example: “2025年4月9日学习修订后的《党政机关厉行节约反对浪费条例》”: revised in May 2025.
Counter-example: “2024年7月20日学习党的二十届三中全会精神”: two days after it closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._figures import written
from luoshi.core.reading.model import Span

META = Meta(
    code="B107",
    title="学习早于文件发布",
    family="substance",
    severity="error",
    basis="seen",
    why="学习记录的日期早于文件发布，通常会被认为是补记或照搬。请核对学习日期和文件名称。",
)
# A year on its own is a date to the year; without a year the last one named goes on.
_DAY = re.compile(r"[0-9]{1,4}[年月](?:[0-9]{1,2}[月日])?(?:[0-9]{1,2}日)?")
_PARTS = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年)?(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?"
)
_TO = re.compile(r"(?:至|到|—|–|-|－|～|~)+(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日")
_OPEN_END = re.compile(r"\s*(?:以来|起|开始|至|到|—|–|-|－|～|~|之?前|以前|底前)")
_STUDY = re.compile(
    r"学习|研读|传达|研讨|领学|通读|精读|自学|宣讲|学了|讲党课|读书班|宣贯|培训|辅导"
)
# Words before the name of a meeting that has not been held yet.
_AHEAD = re.compile(r"迎接|喜迎|筹备|即将|征求意见|草案|召开前|准备")
_REVISED = re.compile(r"(?:新修订|修订后|新修改|修改后|新修正|最新修订|新版|修订版|新颁布)的?$")
_STOP = re.compile(r"[。；;！？\n]")
_REACH = 90
# A text that calls a version new means one that came out in the last year, and not the one
# before it where that is more than two years old.
_NEW, _OLD = timedelta(days=365), timedelta(days=730)


class _Document(NamedTuple):
    """How papers name a document, its first day, the days of its revisions, and its name."""

    word: str
    issued: date
    revised: tuple[date, ...]
    name: str


@knowledge.derived
def _documents() -> tuple[_Document, ...]:
    """Return what can be studied, the longest words first."""
    rows = knowledge.table("checks/documents")["documents"]
    found = [
        _Document(word, row["issued"], tuple(row.get("revised", ())), row["name"])
        for row in rows
        for word in row["words"]
    ]
    return tuple(sorted(found, key=lambda row: -len(row.word)))


def find(page: Page) -> Iterator[Objection]:
    """Object to each dated study that ends before its document came out."""
    text = page.text
    year, paragraph = 0, -1
    matches = list(_DAY.finditer(text))
    starts = [*(match.start() for match in matches[1:]), len(text)]
    for match, following in zip(matches, starts, strict=False):
        parts = _PARTS.fullmatch(match[0])
        if parts is None:
            continue
        place = Span(*match.span())
        line = text.rfind("\n", 0, place.start)
        if parts["year"]:
            year = int(parts["year"])
            # 2024年度 is what the paper is about, not when somebody studied.
            paragraph = paragraph if text.startswith("度", place.end) else line
        told_here = line == paragraph
        last = _last_day(parts, year if told_here else _year_before(page, parts, place, year))
        through = _TO.match(text, place.end)
        if last is not None and through is not None and parts["day"]:
            place = Span(place.start, through.end())
            month = int(through["month"] or last.month)
            last = _day(last.year, month, int(through["day"]))
        if last is None or _OPEN_END.match(text, place.end):
            continue
        told = _told(text, place, following)
        if _STUDY.search(text, *told):
            yield from _too_early(page, place, told, last)


def _year_before(page: Page, parts: re.Match[str], place: Span, year: int) -> int:
    """Return the year of a date without one: the last in which it lies before the paper's date.

    In measures, and where the paper bears no date, the last year named goes on.
    """
    dated, point = written(page), page.point_at(place.start)
    if dated is None or not parts["month"] or (point is not None and point.kind == "measure"):
        return year
    day = dated[0]
    later = (int(parts["month"]), int(parts["day"] or 0)) > (day.month, day.day)
    return day.year - later


def _told(text: str, place: Span, following: int) -> Span:
    """Return the text that a date dates: what follows it, or what stands before its bracket."""
    if text[place.start - 1 : place.start] in ("（", "("):
        low = max(0, place.start - _REACH)
        stops = [match.end() for match in _STOP.finditer(text, low, place.start)]
        return Span(stops[-1] if stops else low, place.start)
    high = min(place.end + _REACH, max(following, place.end))
    stop = _STOP.search(text, place.end, high)
    return Span(place.end, stop.start() if stop else high)


def _too_early(page: Page, place: Span, told: Span, last: date) -> Iterator[Objection]:
    words = page.words(told)
    for document in _documents():
        at = words.find(document.word)
        if at < 0 or _AHEAD.search(words, max(0, at - 10), at):
            continue
        day = document.issued if last < document.issued else None
        what = "才有"
        if day is None and _is_new(words, at):
            day, what = _revision(document, last), "才修订"
        if day is not None:
            end = told.start + at + len(document.word)
            shown = f"{day.year}年{day.month}月{day.day}日"
            yield Objection(
                (Span(min(place.start, told.start + at), max(place.end, end)),),
                f"{document.name}{shown}{what}，学习日期早于这一天。",
            )
            return


def _is_new(words: str, at: int) -> bool:
    """Tell whether the title at ``at``, from its 《 on, is called a new version."""
    opening = words.rfind("《", max(0, at - 12), at + 1)
    return bool(_REVISED.search(words, 0, opening if opening >= 0 else at))


def _revision(document: _Document, last: date) -> date | None:
    """Return the day of the new version that cannot have been studied yet, or None."""
    after = next((day for day in document.revised if day > last), None)
    before = max((day for day in document.revised if day <= last), default=None)
    if after is None or (before is not None and (after - last > _NEW or last - before < _OLD)):
        return None
    return after


def _last_day(match: re.Match[str], year: int) -> date | None:
    """Return the last day that the words can mean, or None where they name none."""
    if not year:
        return None
    month, day = int(match["month"] or 0), int(match["day"] or 0)
    if not month:
        return date(year, 12, 31)
    if day:
        return _day(year, month, day)
    following = _day(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1) if following else None


def _day(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
