"""What the rules on dates and figures share: dates with their year, amounts with their unit."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span
from luoshi.core.text.numerals import number

# A pattern that begins with a digit is looked for quickly; the year is read backwards from it.
_DATE = re.compile(
    r"(?P<n>\d(?<!\d\d)\d{0,3})(?:月份?(?:(?P<d>\d{1,2})[日号]|(?P<late>底))?|(?P<end>年年?[底末]))"
)
# Words that leave the year named before: what year they mean is not for us to tell.
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年)|今年|本年|去年|上年|前年|次年|明年|翌年")
_JUST_BEFORE = re.compile(r"(?:19|20)\d\d年$")
_LABELLED = re.compile(
    r"(?:报告|编制|成文|填报|撰写|填表|落款)?(?:日期|时间)[：:][\s*]*"
    r"(?P<y>(?:19|20)\d\d)(?:年|[-./])(?P<m>\d{1,2})(?:月|[-./])(?P<d>\d{1,2})日?(?![\d至到—-])"
)
_NOT_OF_WRITING = re.compile(r"[\u4e00-\u9fff]$")
_ALONE = re.compile(
    r"[\s*（(]*(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?:(?P<d>\d{1,2})\s*日)?[\s*）)]*"
)
# 二〇二二年一月十二日, as a signature is printed.
_IN_WORDS = re.compile(
    r"[\s*（(]*(?P<y>[二2][〇○零0][〇○零一二三四五六七八九]{2})年(?P<m>[一二三四五六七八九十]{1,2})月"
    r"(?:(?P<d>[一二三四五六七八九十]{1,3})日)?[\s*）)]*"
)
# 某某街道党工委　2026年1月20日: who wrote it may stand before the date.
_SIGNED = re.compile(
    r"[^。；，：:\d]{2,24}[ \u3000]+(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日[\s*）)]*"
)


_LONGEST_LINE = 44


class Dated(NamedTuple):
    """A date as printed at ``[start, end)``; ``year`` or ``day`` are 0 where none is printed.

    A month with 底 has the day 31 or the last one; the end of a year is its 31 December.
    ``sure`` is False where the year was taken from the sentence before it.
    """

    start: int
    end: int
    year: int
    month: int
    day: int
    sure: bool = True

    def last(self) -> date | None:
        """Return the last day the words allow, or None without a year or for no real day."""
        if not self.year or not 1 <= self.month <= 12:
            return None
        days = monthrange(self.year, self.month)[1]
        return date(self.year, self.month, self.day or days) if self.day <= days else None

    def first(self) -> date | None:
        """Return the first day the words allow, or None without a year or for no real day."""
        found = self.last()
        return found.replace(day=self.day or 1) if found else None


@lru_cache(maxsize=1)
def dates(page: Page) -> tuple[Dated, ...]:
    """Return the dates of all paragraphs, those without a year with the last year before them."""
    text = page.text
    found: list[Dated] = []
    for paragraph in page.paragraphs:
        year, place = 0, paragraph.start
        for match in _DATE.finditer(text, *paragraph):
            for named in _YEAR.finditer(text, place, match.end()):
                year = int(named[1] or 0)
            place = match.end()
            number = int(match["n"])
            start = match.start()
            if match["end"]:
                year = number if number > 1900 else year
                found.append(Dated(start, place, number, 12, 31))
                continue
            sure = bool(_JUST_BEFORE.search(text[max(paragraph.start, start - 5) : start]))
            start -= 5 if sure else 0
            day = int(match["d"] or 0)
            if match["late"] and year and 1 <= number <= 12:
                day = monthrange(year, number)[1]
            found.append(Dated(start, place, year, number, day, sure))
    return tuple(found)


@lru_cache(maxsize=1)
def written(page: Page) -> tuple[date, Span] | None:
    """Return the date of the material and its place, told under the title or at the end.

    It is a line that is nothing but a date, or stands behind 日期：. A date without a day
    counts from its first.
    """
    spans = page.paragraphs
    for start, end in (*spans[:8], *spans[-3:]):
        label = _LABELLED.search(page.text, start, min(end, start + 120))
        if label and not _NOT_OF_WRITING.search(
            page.text[max(start, label.start() - 1) : label.start()]
        ):
            year, month, day = int(label["y"]), int(label["m"]), int(label["d"])
            if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
                return date(year, month, day), Span(label.start("y"), label.end())
        if end - start > _LONGEST_LINE:
            continue
        match = _ALONE.fullmatch(page.text, start, end) or _SIGNED.fullmatch(page.text, start, end)
        in_words = None if match else _IN_WORDS.fullmatch(page.text, start, end)
        if in_words:
            parts = [number(in_words[part] or "一") or 0 for part in "ymd"]
            if 1 <= parts[1] <= 12 and 1 <= parts[2] <= monthrange(*parts[:2])[1]:
                place = Span(in_words.start("y"), in_words.end())
                return date(*parts), place
        if match and 1 <= int(match["m"]) <= 12:
            year, month, day = int(match["y"]), int(match["m"]), int(match["d"] or 1)
            if day <= monthrange(year, month)[1]:
                low = page.text.index(match["y"], start)
                return date(year, month, day), Span(
                    low, low + len(page.text[low:end].rstrip(" *（()）\n\t"))
                )
    return None


def last_year(page: Page) -> int:
    """Return the year in which the material was written or which it is about, or 0."""
    known = written(page)
    if known:
        return known[0].year
    match = _YEAR.search(page.examination.profile.title)
    return int(match[1] or 0) if match else page.outline.year


def possible_years(page: Page, dated: Dated) -> tuple[int, ...]:
    """Return the years a date may be of: its own, else those its part of the material tells of.

    Problems and causes tell of the year under review and of the weeks before the paper was
    written, measures of the time after, reports on the meeting before also of the year before.
    """
    if dated.year:
        return (dated.year,)
    known = written(page)
    title = _YEAR.search(page.examination.profile.title)
    year = (
        page.outline.year or int(title[1] or 0 if title else 0) or (known[0].year if known else 0)
    )
    if not year:
        return ()
    now = known[0].year if known else year + 1
    point = page.point_at(dated.start)
    kind = point.kind if point else ""
    if kind == "measure":
        return tuple(sorted({now, year + 1}))
    if kind == "previous":
        return (year - 1, year, year + 1)
    if kind not in {"problem", "cause"}:
        return (year, year + 1)
    recent = known is not None and (dated.month, dated.day) <= (known[0].month, known[0].day)
    return tuple(sorted({year, now})) if recent else (year,)


def chinese(day: date) -> str:
    """Return the date as documents print it: 2025年9月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


# A leap year, for dates of which only the order matters: 29 February may be right.
ANY_YEAR = 2000
_QUOTED = re.compile(r"[“《]([^”》\n]{2,20})[”》]")
_RUN = re.compile(r"[\u4e00-\u9fff]{5,}")
_NAME = 6


def sentence_at(page: Page, position: int) -> Span:
    """Return the sentence around ``position``."""
    text = page.text
    start = max(text.rfind(mark, 0, position) for mark in "。；\n") + 1
    stops = (text.find(mark, position) for mark in "。；\n")
    return Span(start, min((stop for stop in stops if stop >= 0), default=len(text)))


def same_matter(page: Page, one: Span, other: Span, noun: str = "") -> bool:
    """Tell whether two places in two statements speak of one matter by name.

    Their sentences must share a quoted name or six characters in a row. A noun that both
    count is not enough by itself: ``noun`` is struck out first. Reports on the meeting
    before tell of another year and never count.
    """
    points = page.point_at(one.start), page.point_at(other.start)
    if None in points or points[0] == points[1]:
        return False
    if any(point is not None and point.kind == "previous" for point in points):
        return False
    first, second = (page.words(sentence_at(page, place.start)) for place in (one, other))
    if noun:
        first, second = first.replace(noun, "\n"), second.replace(noun, "\n")
    if set(_QUOTED.findall(first)) & set(_QUOTED.findall(second)):
        return True
    pieces = {
        run[i : i + _NAME] for run in _RUN.findall(first) for i in range(len(run) - _NAME + 1)
    }
    return any(piece in second for piece in pieces)
