"""Where the text block of each page stands and how the document is set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from luoshi.core.reading.pdf.characters import ends_sentence
from luoshi.core.reading.pdf.shapes import Item, Line, PageLayout

_ALIGNED = 0.35  # ems within which two edges are the same edge
_FULL = 0.5  # ems that may be left at the end of a line that is not the last
_INDENT = 0.7  # ems from which a line is indented
_RAGGED = 3.0  # ems by which the right edges of full lines differ in unjustified text
_ENOUGH = 8  # lines from which one that stands alone may be a stray
_DEEPEST_INDENT = 4.5  # ems up to which it is an indent and not another place on the page


class Frame(NamedTuple):
    """Left and right edge of the text block, in points."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set.

    ``frames`` by (page, column); ``size`` of the body text in points; ``pitch`` from
    baseline to baseline inside a paragraph, in multiples of the font size; ``indented``
    when paragraphs begin with an indent.
    """

    frames: dict[tuple[int, int], Frame]
    size: float
    pitch: float
    indented: bool

    def frame(self, line: Line) -> Frame:
        """Return the text block in which ``line`` stands."""
        return self.frames[line.page, line.column]

    def indent(self, line: Line) -> float:
        """Return how many ems ``line`` begins right of its text block's edge."""
        return (line.left - self.frame(line).left) / line.size

    def rest(self, line: Line) -> float:
        """Return how many points of its text block ``line`` leaves free at its end."""
        return self.frame(line).right - line.right

    def skew(self, line: Line) -> float:
        """Return by how many ems ``line`` stands off the middle of its text block."""
        frame = self.frame(line)
        return abs((line.left - frame.left) - (frame.right - line.right)) / line.size

    def is_full(self, line: Line, following: Line) -> bool:
        """Say whether ``line`` ends because the beginning of ``following`` did not fit."""
        return self.rest(line) < following.head + _FULL * line.size


def main_size(items: Iterable[Item]) -> float:
    """Return the font size in which most characters are set, 0 when there are none."""
    sizes: Counter[float] = Counter()
    for item in items:
        for line in [item] if isinstance(item, Line) else sum(item.cells, ()):
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def measure(pages: Sequence[PageLayout]) -> Setting:
    """Return how the document is set, judged by its body lines."""
    lines = [item for page in pages for item in page.items if isinstance(item, Line)]
    size = main_size(lines) or 1.0
    frames = _frames(pages, size)
    draft = Setting(frames, size, 0.0, indented=False)
    body = [line for line in lines if abs(line.size - size) <= 0.12 * size]
    return replace(draft, pitch=_pitch(body, draft), indented=_is_indented(body, draft))


def _frames(pages: Sequence[PageLayout], size: float) -> dict[tuple[int, int], Frame]:
    """Return the text block of each column of each page.

    Pages of one width share a frame; odd and even pages have their own where margins are
    mirrored.
    """
    groups: dict[tuple[int, int], list[list[Line]]] = {}
    for page in pages:
        for item in page.items:
            if isinstance(item, Line):
                sides = groups.setdefault((round(page.width), item.column), [[], []])
                sides[page.number % 2].append(item)
    frames: dict[tuple[int, int], Frame] = {}
    for (width, column), sides in groups.items():
        even, odd = (_frame(side, size, width, column) if side else None for side in sides)
        shared = _frame(sides[0] + sides[1], size, width, column)
        mirrored = even and odd and _is_shifted(even, odd, size)
        for side, own in zip(sides, (even, odd), strict=True):
            for line in side:
                frames[line.page, column] = own if mirrored and own else shared
    return frames


def _is_shifted(one: Frame, other: Frame, size: float) -> bool:
    """Say whether two frames are the same one moved sideways."""
    left, right = other.left - one.left, other.right - one.right
    return _ALIGNED * size < abs(left) < 6 * size and abs(left - right) <= 1.2 * size


def _frame(lines: list[Line], size: float, width: float, column: int) -> Frame:
    body = [line for line in lines if abs(line.size - size) <= 0.12 * size] or lines
    left = _edge([line.left for line in body], size)
    rights = [line.right for line in body]
    right = -_edge([-value for value in rights], size)
    # Lines that break off inside a sentence show where the margin is; lines that end one
    # may all end early, and then the margins are about equal on both sides.
    broken_off = sum(
        line.right >= right - _RAGGED * size and not ends_sentence(line.text) for line in body
    )
    if column == 0 and broken_off < 2:
        right = max(right, width - left - 2 * size)
    return Frame(left, right)


def _edge(values: list[float], size: float) -> float:
    """Return the smallest value, or the next one if a second line confirms only that."""
    ordered = sorted(values)
    for value, following in pairwise(ordered if len(ordered) >= _ENOUGH else ()):
        if following - value <= _ALIGNED * size:
            return value
    return ordered[0]


def _pitch(body: list[Line], draft: Setting) -> float:
    steps: list[float] = []
    wrapped: list[float] = []
    for line, after in pairwise(body):
        if (line.page, line.column) != (after.page, after.column) or line.base <= after.base:
            continue
        steps.append((line.base - after.base) / line.size)
        if draft.indent(after) < _INDENT and draft.is_full(line, after):
            wrapped.append(steps[-1])
    if wrapped:
        return median(wrapped)
    return sorted(steps)[len(steps) // 4] if steps else 2.0


def _is_indented(body: list[Line], draft: Setting) -> bool:
    indented = flush = 0
    for line, after in pairwise(body):
        if _INDENT <= draft.indent(after) <= _DEEPEST_INDENT:
            indented += 1
        elif draft.indent(after) < _INDENT and not draft.is_full(line, after):
            flush += 1
    return indented > 0 and indented >= flush
