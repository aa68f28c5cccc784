"""The values that the steps of the PDF reader hand to each other.

All lengths are points. ``left``, ``right`` and ``base`` (the height of the baseline) are
measured along the direction in which the page's text runs, so that a page typeset
sideways looks upright to every later step; ``box`` stays in the page's own coordinates
(left, bottom, right, top, origin bottom left, before any /Rotate).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

# An object of pdfium (page, text page, drawn object): pypdfium2 has no type information.
Handle = Any
Box = tuple[float, float, float, float]


def upright(box: Box, turn: int) -> Box:
    """Turn ``box`` so that text running in direction ``turn`` runs to the right."""
    left, bottom, right, top = box
    if turn == 1:
        return bottom, -right, top, -left
    if turn == 2:
        return -right, -top, -left, -bottom
    if turn == 3:
        return -top, left, -bottom, right
    return box


class Glyph(NamedTuple):
    """One character as drawn; ``size`` is the font size as it appears on the page."""

    char: str
    left: float
    right: float
    base: float
    size: float
    box: Box


class Ruling(NamedTuple):
    """A straight line parallel to the text (``level`` = height) or across it."""

    level: float
    start: float
    end: float
    across: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One visual line of a page or of a column.

    ``column`` is 0 on a page with one column, else 1 or 2. ``head`` is the width of the
    first piece of the line that typesetting rules keep together. ``body`` is where the
    text after a numbering mark begins (``left`` without a mark).
    """

    page: int
    column: int
    text: str
    left: float
    right: float
    base: float
    size: float
    head: float
    body: float
    box: Box

    def in_column(self, column: int) -> Line:
        """Return the same line as part of another column."""
        return replace(self, column=column)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a ruled table; ``edges`` are the positions of the table's columns."""

    page: int
    base: float
    cells: tuple[tuple[Line, ...], ...]
    table: int
    edges: tuple[float, ...]


Item = Line | Row


@dataclass(slots=True)
class PageContent:
    """One page: its characters and rulings, and what stands in the way of reading it.

    ``bad`` of ``seen`` visible characters have no usable meaning; ``pictured`` is the
    share of the page under pictures; ``bare`` is true when nothing at all is drawn;
    ``astray`` is text that runs in another direction than the page's text.
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    bottom: float = 0.0
    glyphs: list[Glyph] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    seen: int = 0
    bad: int = 0
    pictured: float = 0.0
    bare: bool = True
    astray: str = ""
    unreadable: bool = False

    def without_drawing(self) -> PageContent:
        """Return the facts about the page without its many characters and rulings."""
        return replace(self, glyphs=[], rulings=[])


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One page after layout: its lines and rows in reading order."""

    number: int
    width: float
    height: float
    bottom: float
    items: tuple[Item, ...]
