"""B107: a document studied before it existed.

What: a dated study of a document or of a meeting's decisions that came out later.
Why: the study record was made up or copied; it is what inspections look for first.
Basis: seen. Study records dated before the document studied (DOMAIN.md §2).
Example: “2021年3月5日学习《信访工作条例》”: it came out on 2022-02-25.
Counter-example: “2024年7月20日学习党的二十届三中全会精神”: two days after it closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
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
_STUDY = re.compile(r"学习|研读|传达|研讨|领学|通读|精读|自学|宣讲|学了")
# Words before the name of a meeting that has not been held yet.
_AHEAD = re.compile(r"迎接|喜迎|筹备|即将|征求意见|草案")
_STOP = re.compile(r"[。；;！？\n]")


@cache
def _issued() -> tuple[tuple[str, date, str], ...]:
    """Return words of a title, its day of issue and what it is called, longest words first."""
    rows = knowledge.table("checks/documents")["documents"]
    found = [(word, row["issued"], row["name"]) for row in rows for word in row["words"]]
    return tuple(sorted(found, key=lambda row: -len(row[0])))


def find(page: Page) -> Iterator[Objection]:
    """Object to each dated study that ends before its document came out."""
    text = page.text
    year = 0
    matches = list(_DAY.finditer(text))
    starts = [*(match.start() for match in matches[1:]), len(text)]
    for match, following in zip(matches, starts, strict=False):
        parts = _PARTS.fullmatch(match[0])
        if parts is None:
            continue
        year = int(parts["year"] or year)
        end = min(following, match.end() + 60)
        stop = _STOP.search(text, match.end(), end)
        end = stop.start() if stop else end
        study = _STUDY.search(text, match.end(), end)
        last = _last_day(parts, year)
        if last is not None and study is not None:
            yield from _too_early(page, match.start(), Span(study.end(), end), last)


def _too_early(page: Page, start: int, named: Span, last: date) -> Iterator[Objection]:
    words = page.words(named)
    for word, issued, name in _issued():
        place = words.find(word)
        if place >= 0 and last < issued and not _AHEAD.search(words, max(0, place - 10), place):
            day = f"{issued.year}年{issued.month}月{issued.day}日"
            yield Objection(
                (Span(start, named.start + place + len(word)),),
                f"{name}{day}才有，学习日期早于这一天。",
            )
            return


def _last_day(match: re.Match[str], year: int) -> date | None:
    """Return the last day that the words can mean, or None where they name none."""
    if not year:
        return None
    month, day = int(match["month"] or 0), int(match["day"] or 0)
    if not month:
        return date(year, 12, 31)
    try:
        if day:
            return date(year, month, day)
        following = date(year + month // 12, month % 12 + 1, 1)
    except ValueError:
        return None
    return following - timedelta(days=1)
