"""What a cell says of a deadline: a day, something without an end, or words nobody can count.

Nothing is guessed: a month without a year and 2025.1 (January, or October whose nought the program
has dropped) stay words, and a person decides.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luoshi.core.knowledge import table
from luoshi.core.sheets.grid import Value, plain, shown
from luoshi.core.text.numerals import chinese_number

FIRST_YEAR, LAST_YEAR = 2000, 2100
_EPOCH = date(1899, 12, 30)
_SERIALS = range(36526, 73416)
_SEP = r"[.\-/年]"
_YEAR = r"(?P<y>20\d\d|[二][〇零○Oo]\S{2})"
_DAY = re.compile(
    rf"{_YEAR}{_SEP}(?:(?P<m>1[0-2]|0?[1-9])(?:[.\-/月](?P<d>3[01]|[12]\d|0?[1-9])(?!\d)[日号]?"
    r"|月?(?P<part>上旬|中旬|下旬)?份?(?!\d))"
    r"|第?(?P<q>[一二三四1-4])季度|(?P<half>上半年|下半年)|年?(?P<end>底|末|内|度|前|全年))"
)
_CHINESE_DAY = re.compile(
    r"(?P<y>[二][〇零○O0o][〇零○O0o一二三四五六七八九]{2})年(?P<m>十[一二]|[一二三四五六七八九十])月"
    r"(?:(?P<d>三十一|三十|二?十[一二三四五六七八九]?|[一二三四五六七八九])[日号])?"
)
_YEARLESS = re.compile(r"(?<!\d)(?:1[0-2]|[1-9])月|[一二三四]季度|年底|年末|半年|[今明本]年")
_PARTS = {"上旬": 10, "中旬": 20}
_DIGITS = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")


@dataclass(frozen=True, slots=True)
class Deadline:
    """What was understood: the ``words``, the ``day``, whether it goes on or is done at once.

    ``why`` says what is not clear ("" where all is); a deadline that names no day is not clear
    unless it is standing or at once.
    """

    words: str = ""
    day: date | None = None
    standing: bool = False
    immediate: bool = False
    why: str = ""


def read(value: Value) -> Deadline:
    """Return what a cell says."""
    words = shown(value)
    if not words:
        return Deadline()
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return _checked(words, day)
    if isinstance(value, bool):
        return Deadline(words, why="不是日期")
    if isinstance(value, int | float):
        return _number(words, float(value))
    return _text(words)


def _checked(words: str, day: date) -> Deadline:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Deadline(words, why=f"年份不在{FIRST_YEAR}年至{LAST_YEAR}年之间")
    return Deadline(words, day)


def _number(words: str, value: float) -> Deadline:
    if value.is_integer() and int(value) in _SERIALS:
        day = _EPOCH + timedelta(days=int(value))
        return Deadline(f"{words}（即{day.isoformat()}）", day)
    digits = words
    if re.fullmatch(r"20\d\d", digits):
        return Deadline(words, date(int(digits), 12, 31))
    if re.fullmatch(r"20\d\d(0[1-9]|1[0-2])", digits):
        return Deadline(words, _month_end(int(digits[:4]), int(digits[4:])))
    if re.fullmatch(r"20\d{6}", digits):
        return _of_digits(words, digits)
    if match := re.fullmatch(r"(20\d\d)\.(\d{1,2})", digits):
        return _dotted(words, int(match[1]), match[2])
    return Deadline(words, why="看不出是哪一天")


def _of_digits(words: str, digits: str) -> Deadline:
    try:
        return _checked(words, date(int(digits[:4]), int(digits[4:6]), int(digits[6:])))
    except ValueError:
        return Deadline(words, why="没有这一天")


def _dotted(words: str, year: int, month: str) -> Deadline:
    if month == "1":
        return Deadline(words, why="可能是1月，也可能是10月（表格软件会去掉末尾的0）")
    if 1 <= int(month) <= 12:
        return Deadline(words, _month_end(year, int(month)))
    return Deadline(words, why="看不出是哪一天")


def _text(words: str) -> Deadline:
    text = plain(words)
    if re.fullmatch(r"20\d{6}|20\d{4}|20\d\d|\d{5}", text):
        return _number(words, float(text))
    known = table("sheets/words")["deadline"]
    standing = any(word in text for word in known["standing"])
    immediate = any(word in text for word in known["immediate"])
    found = [*_days(text), *_chinese_days(text)]
    if None in found:
        return Deadline(words, None, standing, immediate, "没有这一天")
    days = [day for day in found if day is not None]
    if days:
        why = "既写了日期，又写了长期坚持，请选定一种" if standing else ""
        return Deadline(words, max(days), standing, immediate, why)
    if standing or immediate:
        return Deadline(words, None, standing, immediate)
    if _YEARLESS.search(text):
        return Deadline(words, why="没有写是哪一年")
    return Deadline(words, why="看不出是哪一天")


def _days(text: str) -> list[date | None]:
    return [_day(match) for match in _DAY.finditer(text)]


def _day(match: re.Match[str]) -> date | None:
    year = int(match["y"]) if match["y"].isdecimal() else 0
    if not year:
        return None
    if match["m"]:
        month = int(match["m"])
        last = monthrange(year, month)[1]
        if match["d"]:
            return date(year, month, int(match["d"])) if int(match["d"]) <= last else None
        return date(year, month, _PARTS.get(match["part"] or "", last))
    if match["q"]:
        quarter = "一二三四".find(match["q"]) + 1 or int(match["q"])
        return _month_end(year, quarter * 3)
    return date(year, 6, 30) if match["half"] == "上半年" else date(year, 12, 31)


def _chinese_days(text: str) -> list[date | None]:
    found: list[date | None] = []
    for match in _CHINESE_DAY.finditer(text):
        year = int(match["y"].replace("二", "2", 1).translate(_DIGITS).replace("O", "0"))
        month, day = chinese_number(match["m"]) or 0, chinese_number(match["d"] or "")
        last = monthrange(year, month)[1]
        found.append(date(year, month, day or last) if (day or last) <= last else None)
    return found


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
