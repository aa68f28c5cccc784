"""Hard line wraps: which lines of a plain text file make one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from luoshi.core.text.marks import mark_at

_ENDS = frozenset("。！？!?：:；;…”」』）)》】")
_GOES_ON = frozenset("，、,（(“「《—-和与及的")
_HEADING_WIDTH = 18
_CLOSING = re.compile("以上|总之|综上|最后，|不[当妥]之处")
_LEADERS = re.compile(r"[.．…·]{3,}\s*\d{1,4}$")


class Line(NamedTuple):
    """One non-empty line: its words at ``[start, end)`` and how it was set.

    ``gap``: an empty line (or a rule) stands before it. ``indent``: blank characters
    before its words. ``level``: number of ``#``. ``marked``: it opens with markup.
    ``row``: it is a row of a table.
    """

    start: int
    end: int
    gap: bool
    indent: int
    level: int
    marked: bool
    row: bool


class _Setting(NamedTuple):
    """How the file was wrapped: at about ``width`` columns (0 = not).

    ``indented``: the first lines of paragraphs stand further in than ``margin`` blanks.
    """

    width: float
    indented: bool
    margin: int


def joined_lines(text: str, lines: list[Line]) -> Iterator[tuple[int, int, Line]]:
    """Yield paragraphs as (start, end, first line).

    Lines are joined only where the file shows that it was wrapped mechanically: a line
    that breaks off inside a sentence at the width at which the others break off too.
    """
    setting = _setting(text, lines)
    index = 0
    while index < len(lines):
        first = last = lines[index]
        index += 1
        while index < len(lines) and _continues(text, first, last, lines[index], setting):
            last = lines[index]
            index += 1
        yield first.start, last.end, first


def _width(text: str, line: Line) -> float:
    size = line.end - line.start
    ascii_count = len(text[line.start : line.end].encode("ascii", "ignore"))
    return line.indent + size - ascii_count / 2


def _setting(text: str, lines: list[Line]) -> _Setting:
    open_widths: list[float] = []
    for line, following in pairwise(lines):
        if following.gap or line.level > 0 or line.row or following.row or following.marked:
            continue
        if text[line.end - 1] not in _ENDS and not mark_at(text, following.start, following.end):
            open_widths.append(_width(text, line))
    margin = min(line.indent for line in lines) if lines else 0
    indents = sum(line.indent >= margin + 2 for line in lines)
    # A real sentence rarely runs to the line's end by accident: a few such lines decide.
    long_lines = [width for width in open_widths if width >= _HEADING_WIDTH]
    if len(long_lines) < 3 and not (long_lines and len(long_lines) == len(open_widths) > 1):
        return _Setting(0, False, margin)
    long_lines.sort()
    width = long_lines[len(long_lines) * 9 // 10]
    # Lines far longer than that: the short ones were headings, nothing was wrapped.
    if sum(_width(text, line) > width * 1.3 + 2 for line in lines if not line.row) >= 2:
        return _Setting(0, False, margin)
    return _Setting(width, indents >= 3, margin)


def _continues(text: str, first: Line, last: Line, following: Line, setting: _Setting) -> bool:
    if following.gap or following.row or last.row or following.marked or first.level > 0:
        return False
    if following.level > 0 or (following.indent >= 2 and last.indent < following.indent):
        return False
    if setting.indented and following.indent >= setting.margin + 2:
        return False
    if _LEADERS.search(text, last.start, last.end):
        return False
    if text[last.end - 1] in _GOES_ON and not _starts_item(text, following):
        return setting.width > 0 or text[last.end - 1] in "，、,（(“《"
    if not setting.width:
        return False
    width = _width(text, last)
    if _starts_item(text, following):
        # A full line without an end is no paragraph's last: 单/一、 is a word cut in two.
        return width >= setting.width - 1 and text[last.end - 1] not in _ENDS
    if _CLOSING.match(text, following.start) and text[last.end - 1] in _ENDS:
        return False
    if text[last.end - 1] not in _ENDS:
        return width >= min(setting.width * 0.6, 24)
    if setting.indented:
        return following.indent <= setting.margin + 1 and width >= setting.width * 0.9
    return width >= setting.width - 1


def _starts_item(text: str, line: Line) -> bool:
    mark = mark_at(text, line.start, line.end)
    # A wrapped line may well begin with 一是 of an enumeration inside the paragraph.
    return mark is not None and mark.scheme not in ("shi", "di", "qi", "circ")
