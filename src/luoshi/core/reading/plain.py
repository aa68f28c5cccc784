"""txt and md: the decoded file is the canonical text; blocks are its paragraphs.

Markdown is read as office clerks write it, not as CommonMark defines it: headings,
emphasis at the edges of a line, list dashes and pipe tables are recognised, everything
else is text. See docs/adr/0003.
"""

from __future__ import annotations

import re
from itertools import pairwise

from luoshi.core.reading.encoding import decode
from luoshi.core.reading.model import Block, Format, Limits, LineMap, Parsed, ReadError, Span
from luoshi.core.reading.wraps import Line, joined_lines

_OPENING = re.compile(
    r"(?P<indent>[ \t\u3000\xa0\ufeff]*)(?:>[ \t\xa0]*)*(?:(?P<hash>#{1,6})(?![#\w])[ \t\u3000\xa0]*)?"
    r"(?:[-*+•■◆●▪]+[ \t\u3000\xa0]+)?(?:\*\*|__)?[ \t\u3000\xa0]*"
)
# A line of nothing but these is a rule, or the line under the head of a table.
_RULE = " \t|:+-*_=~—－·."
_PAGE_NUMBER = re.compile(
    r"[ \t\u3000]*(?:[-—–－]+[ ]*\d{1,4}[ ]*[-—–－]+|第[ ]*\d{1,4}[ ]*页.{0,12})[ \t\u3000]*$"
)
_BOLD_LINE = re.compile(r"[ \t\u3000]*\*\*[^*]{2,40}\*\*[ \t\u3000]*$")
_UNDERLINE = re.compile(r"[ \t]*(?:={3,}|-{3,})[ \t]*$")
# A line set in bold is a heading, but nothing tells of which level.
_BOLD_LEVEL = -1
_BAR = re.compile(r"(?<!\\)\|")
_CELL_BLANKS = " \t\u3000\xa0*"
_MARKDOWN = re.compile(r"^(?:#{1,6} |\|.*\|[ \t]*$|[-*+] |>)|\*\*[^*\n]+\*\*", re.M)


def read_plain(data: bytes, limits: Limits) -> tuple[Parsed, str, Format]:
    """Return the parsed text, the name of its encoding and whether it is md or txt.

    Raises :class:`ReadError` (see :func:`decode`), or ``empty`` / ``too_large``.
    """
    decoded, encoding = decode(data)
    text = decoded.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip(" \t\n\u3000\xa0\ufeff\u200b"):
        raise ReadError("empty", "文件里没有文字。请检查是否选错了文件。")
    if len(text) > limits.characters:
        raise ReadError(
            "too_large",
            f"文字太多（{len(text):,} 字，最多 {limits.characters:,} 字）。请按单份材料拆开后再试。",
        )
    lines, starts = _lines(text)
    parsed = Parsed(text, tuple(_blocks(text, lines)), LineMap(tuple(starts)))
    return parsed, encoding, "md" if _MARKDOWN.search(text) else "txt"


def _lines(text: str) -> tuple[list[Line], list[int]]:
    lines: list[Line] = []
    starts: list[int] = []
    position = 0
    gap = True
    for raw in text.split("\n"):
        starts.append(position)
        end = position + len(raw.rstrip(" \t\u3000\xa0*_"))
        if _PAGE_NUMBER.match(raw):
            pass
        elif end <= position or not raw.strip(_RULE):
            if not gap and _UNDERLINE.match(raw) and _is_title_line(text, lines[-1]):
                lines[-1] = lines[-1]._replace(level=1 if "=" in raw else 2)
            gap = True
        else:
            match = _OPENING.match(text, position, position + len(raw))
            start = match.end() if match else position
            if start < end:
                level = len(match["hash"] or "") if match else 0
                if (
                    not level
                    and _BOLD_LINE.match(raw)
                    and raw.rstrip("* \t\u3000")[-1] not in "。；："
                ):
                    level = _BOLD_LEVEL
                indent = len(match["indent"]) if match else 0
                marked = bool(match) and start - position > indent
                lines.append(
                    Line(start, end, gap, indent, level, marked, raw.lstrip().startswith("|"))
                )
                gap = False
            else:
                gap = True
        position += len(raw) + 1
    return lines, starts


def _is_title_line(text: str, line: Line) -> bool:
    return line.gap and line.end - line.start <= 40 and text[line.end - 1] not in "。；：，|"


def _blocks(text: str, lines: list[Line]) -> list[Block]:
    blocks: list[Block] = []
    table = -1
    in_table = False
    for start, end, line in joined_lines(text, lines):
        if not line.row:
            in_table = False
            blocks.append(Block(start, end, level=line.level))
            continue
        if not in_table:
            table, in_table = table + 1, True
        cells = _cells(text, start, end)
        filled = [cell for cell in cells if cell.start < cell.end]
        if filled:
            low, high = filled[0].start, filled[-1].end
            cells = tuple(Span(min(max(a, low), high), min(max(b, low), high)) for a, b in cells)
            blocks.append(Block(low, high, kind="row", cells=cells, table=table))
    return blocks


def _cells(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the cells between the bars of one line, empty ones too, without blanks."""
    bars = [match.start() for match in _BAR.finditer(text, start, end)]
    edges = [start - 1, *bars, end]
    if bars and bars[0] == start:
        edges.pop(0)
    if bars and not text[bars[-1] + 1 : end].strip():
        edges.pop()
    cells: list[Span] = []
    for left, right in pairwise(edges):
        low, high = left + 1, right
        while low < high and text[low] in _CELL_BLANKS:
            low += 1
        while high > low and text[high - 1] in _CELL_BLANKS:
            high -= 1
        cells.append(Span(low, high))
    return tuple(cells)
