"""The measures of GB/T 9704-2012, and what both writers ask of them."""

from __future__ import annotations

from datetime import date

from luoshi.core.paper.model import Block, Paragraph
from luoshi.core.paper.wording import day

#: Millimetres: paper, margins, type area (5.1, 5.2.1).
PAGE_WIDTH, PAGE_HEIGHT = 210, 297
TOP, LEFT, WIDTH, HEIGHT = 37, 28, 156, 225
RIGHT, BOTTOM = PAGE_WIDTH - LEFT - WIDTH, PAGE_HEIGHT - TOP - HEIGHT
#: Lines on a page and characters in a line (5.2.3).
LINES, CHARACTERS = 22, 28
#: Points: 3号 for the text (5.2.2), 2号 for the title (7.3.1), 4号 for page numbers (7.5). Tables
#: (小四) and footnotes (五号) are smaller: of them the standard says nothing (default).
BODY, TITLE, NUMBER, TABLE, NOTE = 16, 22, 14, 12, 10.5
TITLE_LINE = 34  # points from one line of the title to the next (default)
NUMBER_BELOW = 7  # millimetres from the type area down to the dashes of the page number (7.5)
POINTS = 72 / 25.4  # in a millimetre


def indents(signature: str, on: date) -> tuple[float, float]:
    """Return how many characters signature and date stand from the right edge (7.3.5.2).

    The date begins two characters to the right of the signature; where it would be nearer than
    two characters to the edge, it stands two from it and the signature moves left.
    """
    name, dated = width(signature), width(day(on))
    if name - dated >= 2:
        return 2, name - dated
    return max(0.0, 4 + dated - name), 2


def stays(block: Block) -> bool:
    """Tell whether a last block stays with the signature: nobody signs an empty page (7.3.5.5).

    A paragraph of more than two lines may be broken as any other.
    """
    if not isinstance(block, Paragraph):
        return False
    return sum(width(part) for part in block.parts if isinstance(part, str)) <= 2 * CHARACTERS


def width(words: str) -> float:
    """Return the width of words in characters: what is ASCII takes half of one."""
    return sum(0.5 if one.isascii() else 1.0 for one in words)


def balanced(line: str, most: int = 20) -> list[str]:
    """Return a line of the title as lines of nearly equal length (7.3.1: symmetrical).

    Where a phrase ends near the middle it is broken there; nothing is broken inside a word of
    ASCII or before a stop.
    """
    pieces = -(-round(width(line) * 2) // (most * 2))
    found, rest = [], line
    for left in range(pieces, 1, -1):
        cut = _cut(rest, width(rest) / left, most)
        found.append(rest[:cut])
        rest = rest[cut:]
    return [line for line in (*found, rest) if line]


def _cut(words: str, wanted: float, most: int) -> int:
    """Return after how many characters to break, as near to a width as can be."""
    ends = [n for n in range(1, len(words)) if _may_end(words[n - 1], words[n])]
    fitting = [n for n in ends if width(words[:n]) <= most]
    if not fitting:
        return len(words)
    return min(fitting, key=lambda n: abs(width(words[:n]) - wanted) + _price(words, n))


def _price(words: str, at: int) -> int:
    ends_well = words[at - 1] in "》、" or words[at] == "《" or words[at : at + 2] in _BEGIN
    return 0 if ends_well else 6


_BEGIN = frozenset({"整改", "关于", "问题", "任务", "责任", "专项", "情况"})


def _may_end(one: str, other: str) -> bool:
    return one not in "（《“" and other not in "、，。；：）》”" and not (one + other).isascii()
