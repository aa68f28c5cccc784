"""When a material was written, and which year's meeting it is for: what its own lines print.

Source: a material names its day under the title or at its end, and its year in the title (the
materials of DOMAIN.md §2). A day in the middle of the text is somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from luoshi.core.material.model import Examination
from luoshi.core.material.outline import load
from luoshi.core.text.numerals import chinese_number

_N = "[〇○零一二三四五六七八九十0-9]"
_DAY = re.compile(rf"(?P<y>{_N}{{4}})\s*年\s*(?P<m>{_N}{{1,2}})\s*月\s*(?P<d>{_N}{{1,3}})\s*日")
_ISO = re.compile(r"(?P<y>20\d\d)[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})")
_YEAR = re.compile(r"(20\d\d)\s*年")
_LONGEST_LINE = 40
_LINES_AT_END = 4
_HEADER_LINES = 5


def written_on(examination: Examination) -> date | None:
    """Return the day that the lines at the end or under the title print, or None.

    The signature is asked first: a line under the title may name the day of the meeting.
    """
    text = examination.document.text
    for line in (*_signature(text), *_header(examination)):
        for match in (*_DAY.finditer(line), *_ISO.finditer(line)):
            day = _day(match)
            if day is not None:
                return day
    return None


def held_for(examination: Examination) -> int:
    """Return the year of the meeting: the title's, else the outline's; 0 where neither has one."""
    match = _YEAR.search(examination.profile.title)
    return int(match[1]) if match else load(examination.outline).year


def _signature(text: str) -> Iterator[str]:
    lines = [line.strip() for line in text.rstrip().split("\n") if line.strip()]
    for line in lines[:-_LINES_AT_END:-1] if len(lines) > _LINES_AT_END else ():
        if len(line) > _LONGEST_LINE or "。" in line:
            return
        yield line


def _header(examination: Examination) -> Iterator[str]:
    title = examination.profile.title_span
    if title is None:
        return
    lines = examination.document.text[title.end :].split("\n")
    for line in [held.strip() for held in lines if held.strip()][:_HEADER_LINES]:
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
