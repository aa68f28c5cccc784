"""Lines of Chinese text that break where a typesetter would break them.

Closing punctuation stays with the character before it, an opening bracket with the one
after it, and a Latin word or a number stays whole (GB/T 15834: marks that may not begin
or end a line). Widths are terminal cells: a Chinese character takes two.
"""

from __future__ import annotations

import re
from itertools import pairwise

from rich.cells import cell_len

_OPEN = re.escape("（([【《〈「『“‘｛{")
_CLOSE = re.escape("。，、；：！？）)]】》〉」』”’｝}…—·％%,.;:!?")
_UNIT = re.compile(rf"[{_OPEN}]*(?:[A-Za-z0-9][A-Za-z0-9_.@/+-]*|.)[{_CLOSE}]* *", re.DOTALL)


def cuts(words: str, width: int) -> list[int]:
    """Return where in ``words`` a new line begins, so that no line is wider than ``width``.

    Spaces at the end of a line do not count. What is itself wider than a line is cut
    wherever the line is full. ``words`` holds no line end.
    """
    found: list[int] = []
    used = 0
    for start, end in _units(words, width):
        if used and used + cell_len(words[start:end].rstrip(" ")) > width:
            found.append(start)
            used = 0
        used += cell_len(words[start:end])
    return found


def _units(words: str, width: int) -> list[tuple[int, int]]:
    units: list[tuple[int, int]] = []
    for match in _UNIT.finditer(words):
        start, end = match.span()
        if cell_len(match[0].rstrip(" ")) <= width:
            units.append((start, end))
        else:
            units.extend((at, at + 1) for at in range(start, end))
    return units


def wrapped(words: str, width: int) -> list[str]:
    """Return ``words`` as lines of at most ``width`` cells, cut at :func:`cuts`."""
    ends = [0, *cuts(words, width), len(words)]
    return [words[a:b].rstrip(" ") for a, b in pairwise(ends)]
