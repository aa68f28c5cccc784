"""Lines and columns of a text, as SARIF counts them: from 1, columns in UTF-16 code units."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from typing import Any

_WIDE = re.compile("[\U00010000-\U0010ffff]")


class Regions:
    """Finds the regions of one text.

    ``is_exact``: characters of the text are those of the file, so that offsets may stand
    beside lines (3.30): in a file with line ends of two characters they are not.
    """

    def __init__(self, text: str, is_exact: bool) -> None:
        self._lines = _line_starts(text)
        # Characters of two UTF-16 code units.
        self._wide = [match.start() for match in _WIDE.finditer(text)]
        self._exact = is_exact

    def region(self, start: int, end: int) -> dict[str, Any]:
        """Return the region of a half-open span of characters."""
        start_line, start_column = self._line_and_column(start)
        end_line, end_column = self._line_and_column(end)
        region = {
            "startLine": start_line,
            "startColumn": start_column,
            "endLine": end_line,
            "endColumn": end_column,
        }
        if self._exact:
            region |= {"charOffset": start, "charLength": end - start}
        return region

    def _line_and_column(self, position: int) -> tuple[int, int]:
        line = bisect_right(self._lines, position)
        start = self._lines[line - 1]
        wide = bisect_left(self._wide, position) - bisect_left(self._wide, start)
        return line, position - start + wide + 1


def is_whole_file(text: str, encoding: str | None, sha256: str) -> bool:
    """Tell whether the file with this hash holds exactly the text: no other line ends, no more."""
    for whole in (text, "\ufeff" + text):
        data = whole.encode(encoding or "utf-8", "surrogatepass")
        if hashlib.sha256(data).hexdigest() == sha256:
            return True
    return False


def _line_starts(text: str) -> list[int]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts
