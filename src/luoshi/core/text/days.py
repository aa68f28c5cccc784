"""The day that a text prints under its title or under its last line.

Source: a material names its day in one of these places (the materials of DOMAIN.md §2). A day in
the middle of the text is somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from luoshi.core.text.numerals import chinese_number

_N = "[〇○零一二三四五六七八九十0-9]"
_DAY = re.compile(rf"(?P<y>{_N}{{4}})\s*年\s*(?P<m>{_N}{{1,2}})\s*月\s*(?P<d>{_N}{{1,3}})\s*日")
_ISO = re.compile(r"(?P<y>20\d\d)[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})")
_LONGEST_LINE = 40
_LINES_AT_END = 3
_HEADER_LINES = 5


def printed_day(text: str, header: int = 0) -> date | None:
    """Return the day that the lines at the end, or those from ``header`` on, print; or None.

    The signature is asked first: a line under the title may name the day of the meeting.
    """
    for line in (*_signature(text), *_header(text, header)):
        for match in (*_DAY.finditer(line), *_ISO.finditer(line)):
            day = _day(match)
            if day is not None:
                return day
    return None


def _signature(text: str) -> Iterator[str]:
    """Yield the short lines at the end, the last first."""
    return _short(_lines(text)[: -_LINES_AT_END - 1 : -1])


def _header(text: str, start: int) -> Iterator[str]:
    return _short(_lines(text[start:])[:_HEADER_LINES])


def _lines(text: str) -> list[str]:
    return [line for held in text.split("\n") if (line := held.strip())]


def _short(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if len(line) > _LONGEST_LINE or "。" in line:
            return
        yield line


def _day(match: re.Match[str]) -> date | None:
    year, month, day = (_value(match[name]) for name in ("y", "m", "d"))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _value(words: str) -> int:
    return int(words) if words.isascii() else chinese_number(words) or 0
