"""Problems that a measure cites by a code (NC-05) or by a number (问题3)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luoshi.core.material.model import Point

_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{1,5}(?:[-—－]?\d{1,4}){1,3}(?![\d.])")
_NUMBERED = re.compile(
    r"(?:问题|不符合项?|不合格项|发现)\s*[（(第]?\s*(\d{1,2})(?!\d|[个项条件起类处])"
)


class Citations:
    """By which names single problems, or all problems under one heading, can be cited."""

    def __init__(self, text: str, points: Sequence[Point], targets: Sequence[Point]) -> None:
        self._codes = _codes(text, points, targets)
        labels = [target.path.rpartition("/")[2] for target in targets]
        alone = len(set(labels)) == len(labels)
        self._numbers = {n: at for at, n in enumerate(labels) if n.isdecimal()} if alone else {}

    def cited(self, plain: str) -> frozenset[int]:
        """Return the places of the targets that the words of a measure cite."""
        found: set[int] = set()
        if self._codes:
            for code in _CODE.findall(plain):
                found.update(self._codes.get(code, ()))
        if self._numbers:
            found.update(self._numbers[n] for n in _NUMBERED.findall(plain) if n in self._numbers)
        return frozenset(found)


def _codes(
    text: str, points: Sequence[Point], targets: Sequence[Point]
) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for at, target in enumerate(targets):
        code = _code(text, target)
        if code:
            # A code that two problems bear cites neither.
            found[code] = () if code in found else (at,)
    for point in points:
        code = _code(text, point) if point.is_heading() else ""
        if code:
            below = f"{point.path}/"
            under = [at for at, target in enumerate(targets) if target.path.startswith(below)]
            found[code] = (*found.get(code, ()), *under)
    return found


def _code(text: str, point: Point) -> str:
    """Return the code that a point begins with, in place of its number or after it."""
    code = _CODE.match(text, point.start, point.end) or _CODE.match(text, point.words, point.end)
    return code[0] if code else ""
