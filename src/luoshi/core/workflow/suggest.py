"""What the words of a measure suggest: a deadline, an indicator, how often to look.

Suggestions only: a person agrees to them or writes something else. Nothing here is kept.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.core.text.numerals import chinese_number

_N = r"(?:\d+(?:\.\d+)?|[〇零一二两三四五六七八九十百千万]+)"
_DECEMBER = 12
_YEAR_WORDS = {"今年": 0, "本年": 0, "本年度": 0, "明年": 1, "次年": 1}
_DATE = re.compile(
    r"(?:(?P<y>20\d\d)年|(?P<yw>今年|本年度?|明年|次年))?"
    r"(?:(?P<m>1[0-2]|0?[1-9])月(?:(?P<d>3[01]|[12]\d|0?[1-9])[日号]|(?P<late>份?(?:底|末))?)"
    r"|(?P<end>年?[底末]|上半年|第?(?P<q>[一二三四1-4])季度末?))"
    r"(?P<by>之?以?前|内|完成)?"
)
_WITHIN = re.compile(rf"(?P<n>{_N})\s*个?(?P<unit>工作日|月|天|日|周)(?:之|以)?内")
_FROM_TO = re.compile(
    rf"(?:由|从)\D{{0,12}}?(?P<a>{_N})\s*(?P<u>[^\d\s，。；、到至]{{0,4}}?)\s*"
    rf"(?:减少|降低|下降|压减|压缩|提高|提升|增加|增长|上升|扩大|减|增|降|升)?[到至为]\s*"
    rf"(?P<b>{_N})\s*(?P<v>%|[^\d\s，。；、]{{0,3}})"
)
_AIM = re.compile(
    rf"(?P<what>[^，。；、\s]{{0,16}}?)(?:达到|达|不低于|不少于|至少|不超过|控制在|降(?:低)?到|提高到|"
    rf"减少到|压减到)\s*(?P<b>{_N})\s*(?P<v>%|[次个处件户人家项场份条名天套]?)"
)
_EVERY = (
    (re.compile(r"每天|每日"), 1),
    (re.compile(r"每周|每星期"), 7),
    (re.compile(r"每半月"), 15),
    (re.compile(r"每个?月"), 30),
    (re.compile(r"每个?季度?"), 90),
    (re.compile(r"每半年"), 182),
    (re.compile(r"每年"), 365),
)
_STANDING = re.compile(r"长期坚持|常态化|长效|经常性|持续|始终|坚持定期|每(?:天|日|周|月|季|半?年)")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What was found; ``words`` are the ones each part was taken from (empty: not found)."""

    deadline: date | None = None
    deadline_words: str = ""
    working_days: int | None = None
    baseline: Decimal | None = None
    target: Decimal | None = None
    measure_unit: str = ""
    indicator_words: str = ""
    check_days: int | None = None
    standing_words: str = ""


def suggest(text: str, written: date) -> Suggestion:
    """Return what the words of a measure suggest that were written on a day.

    "年底前" means the end of the year in which it was written, not of the one in which somebody
    reads it; in December it means the next one (our reading: a meeting in December plans ahead).
    """
    deadline, deadline_words, working = _deadline(text, written)
    base, goal, unit, indicator_words = _indicator(text)
    every = next(((m[0], days) for find, days in _EVERY if (m := find.search(text))), None)
    standing = _STANDING.search(text)
    return Suggestion(
        deadline, deadline_words, working, base, goal, unit, indicator_words,
        every[1] if every else None, standing[0] if standing else "",
    )  # fmt: skip


def value(text: str) -> Decimal | None:
    """Return a number printed in Arabic digits or Chinese numerals, or None."""
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return Decimal(text)
    read = chinese_number(text)
    return None if read is None else Decimal(read)


def written_about(written: date | None, year: int, otherwise: date) -> date:
    """Return the day from which a material's words are counted.

    That is the day it prints; else the end of the year that its meeting is for, since such
    meetings are held about the turn of the year (seen, DOMAIN.md §2); else ``otherwise``.
    """
    if written is not None:
        return written
    return min(date(year, 12, 31), otherwise) if year else otherwise


def _deadline(text: str, written: date) -> tuple[date | None, str, int | None]:
    """Return the last date named with 前 or 内, else the last one that was not past."""
    found = [(m, day) for m in _DATE.finditer(text) if (day := _day(m, written)) is not None]
    bound = [pair for pair in found if pair[0]["by"]] or found
    coming = [pair for pair in bound if pair[1] >= written]
    if coming:
        match, day = coming[-1]
        return day, match[0], None
    within = _WITHIN.search(text)
    if within is None:
        return None, "", None
    number = value(within["n"])
    if number is None or not 1 <= number <= 1000:
        return None, "", None
    count = int(number)
    if within["unit"] == "工作日":
        return None, within[0], count
    return _after(written, count, within["unit"]), within[0], None


def _after(start: date, count: int, unit: str) -> date:
    if unit == "月":
        months = start.year * 12 + start.month - 1 + count
        year, month = divmod(months, 12)
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    return date.fromordinal(start.toordinal() + count * (7 if unit == "周" else 1))


def _day(match: re.Match[str], written: date) -> date | None:
    year = written.year + _YEAR_WORDS.get(match["yw"] or "", 0)
    if match["y"]:
        year = int(match["y"])
    found = _in_year(match, year)
    if match["y"] or match["yw"] or found is None:
        return found
    ahead = written.month == _DECEMBER and bool(match["end"]) and found.month == _DECEMBER
    if found >= written and not ahead:
        return found
    return _in_year(match, year + 1)  # a month without a year that is over: the next one


def _in_year(match: re.Match[str], year: int) -> date | None:
    month, day = _month_day(match, year)
    return date(year, month, day) if day <= monthrange(year, month)[1] else None


def _month_day(match: re.Match[str], year: int) -> tuple[int, int]:
    if match["m"]:
        month = int(match["m"])
        return month, int(match["d"]) if match["d"] else monthrange(year, month)[1]
    if match["q"]:
        number = "一二三四".find(match["q"]) + 1 or int(match["q"])
        return number * 3, monthrange(year, number * 3)[1]
    return (6, 30) if match["end"] == "上半年" else (12, 31)


def _indicator(text: str) -> tuple[Decimal | None, Decimal | None, str, str]:
    match = _FROM_TO.search(text)
    if match:
        unit = match["v"] or match["u"]
        return value(match["a"]), value(match["b"]), unit, match[0]
    aim = _AIM.search(text)
    if aim:
        return None, value(aim["b"]), aim["v"], aim[0]
    return None, None, "", ""
