"""Whether a table of a year's legal holidays can be one.

Source of the form: data/workdays; of the sense: a notice names days off, and weekend days worked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from luoshi.core.packs import fields

_KEYS = frozenset({"source", "date", "year", "off", "on"})
_DAY = timedelta(days=1)
# A notice may take the days before New Year with it; the longest holiday was nine days.
_BESIDE = timedelta(days=7)
_LONGEST = 16
_WEEK = "一二三四五六日"
_YEARS = range(2000, 2100)


def objections(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the table of a year; ``name`` is how its file is called."""
    where = f"放假安排 {name} "
    shape = [
        *fields.unknown(table, _KEYS, where), *fields.text(table, "source", where),
        *fields.day(table, "date", where), *_year(name, table, where), *_shape(table, where),
    ]  # fmt: skip
    yield from shape or _sense(table, where)


def _year(name: str, table: Mapping[str, Any], where: str) -> Iterator[str]:
    year = table.get("year")
    if type(year) is not int or year not in _YEARS:
        yield f"{where}的 year 应当是四位数的年份"
    elif str(year) != name:
        yield f"{where}里写的是{year}年，与文件名不一致"


def _shape(table: Mapping[str, Any], where: str) -> Iterator[str]:
    off, on = table.get("off"), table.get("on")
    if not isinstance(off, list) or not off:
        yield f"{where}的 off 应当列出放假的日期，每段写第一天和最后一天"
    else:
        for pair in off:
            if not isinstance(pair, list) or len(pair) != 2 or not all(map(fields.is_day, pair)):
                yield f"{where}的 off 里“{_shown(pair)}”应当是两个日期：第一天和最后一天"
    if not isinstance(on, list) or not all(map(fields.is_day, on)):
        yield f"{where}的 on 应当列出调休上班的日期"


def _sense(table: Mapping[str, Any], where: str) -> Iterator[str]:
    first, last = date(table["year"], 1, 1) - _BESIDE, date(table["year"], 12, 31) + _BESIDE
    off: list[date] = []
    for start, end in table["off"]:
        if not first <= start <= end <= last or (end - start).days >= _LONGEST:
            yield f"{where}的 off 里 {start} 至 {end} 不对：先后颠倒、太长，或者不在这一年"
            continue
        off += [start + _DAY * n for n in range((end - start).days + 1)]
    for day, count in Counter(off).items():
        if count > 1:
            yield f"{where}的 off 里 {day} 出现了 {count} 次"
    for day, count in Counter(table["on"]).items():
        if count > 1:
            yield f"{where}的 on 里 {day} 出现了 {count} 次"
        if day in off:
            yield f"{where}里 {day} 既放假又上班"
        elif not first <= day <= last:
            yield f"{where}的 on 里 {day} 不在这一年"
        elif day.weekday() < 5:
            yield f"{where}的 on 里 {day} 是星期{_WEEK[day.weekday()]}，本来就上班"


def days_off(table: Mapping[str, Any]) -> set[date]:
    """Return every day off of a good table."""
    return {start + _DAY * n for start, end in table["off"] for n in range((end - start).days + 1)}


def _shown(value: object) -> str:
    parts = value if isinstance(value, list) else [value]
    return "、".join(str(part) for part in parts)[:40]
