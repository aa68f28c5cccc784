"""Lines of text on their way from XML to the canonical text, with places and marks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from luoshi.core.reading.docx.symbols import is_wide


class Piece(NamedTuple):
    """Characters ``[start, end)`` of a line that come from one run, from ``offset`` on."""

    start: int
    end: int
    paragraph: int
    run: int
    offset: int


class Mark(NamedTuple):
    """Something that stands at a position of a line without being part of its text.

    ``kind`` is ``deletion`` or ``hidden`` (``text``: the words), ``comment-start``,
    ``comment-end``, ``comment``, ``footnote`` or ``endnote`` (``text``: the id), or
    ``skipped`` (``text``: what was skipped).
    """

    offset: int
    kind: str
    text: str
    author: str = ""
    date: str = ""


class Line(NamedTuple):
    """One finished line; ``label`` is the length of an automatic number at its start."""

    text: str = ""
    pieces: tuple[Piece, ...] = ()
    marks: tuple[Mark, ...] = ()
    label: int = 0
    level: int = 0
    contents: bool = False

    @property
    def blank(self) -> bool:
        """Whether there is nothing to read in it."""
        return not self.text or self.text.isspace()


class Row(NamedTuple):
    """A table row: one line per cell, and the number of its table in the document."""

    cells: tuple[Line, ...]
    table: int


Item = Line | Row


def shifted(pieces: Iterable[Piece], by: int) -> list[Piece]:
    """Move pieces by a number of characters."""
    return [Piece(a + by, b + by, paragraph, run, at) for a, b, paragraph, run, at in pieces]


def cut(line: Line, start: int, end: int) -> Line:
    """Return characters ``[start, end)`` of a line without a label; marks are kept."""
    if start == 0 and end == len(line.text):
        return line
    pieces: list[Piece] = []
    for piece in line.pieces:
        low, high = max(piece.start, start), min(piece.end, end)
        if low < high:
            offset = piece.offset + low - piece.start
            pieces.append(Piece(low - start, high - start, piece.paragraph, piece.run, offset))
    width = end - start
    marks = (mark._replace(offset=min(max(mark.offset - start, 0), width)) for mark in line.marks)
    return line._replace(text=line.text[start:end], pieces=tuple(pieces), marks=tuple(marks))


def flattened(items: Iterable[Item]) -> Line:
    """Put lines and rows into one line, a space between them, as a table cell needs it.

    The space goes where neither side has white space already; line ends become spaces.
    """
    lines = [line for item in items for line in (item.cells if isinstance(item, Row) else (item,))]
    if len(lines) == 1:
        return lines[0]._replace(text=lines[0].text.replace("\n", " "))
    text = ""
    label = 0
    pieces: list[Piece] = []
    marks: list[Mark] = []
    for line in lines:
        if not line.blank:
            if text and not text[-1].isspace() and not line.text[0].isspace():
                text += " "
            label = line.label if not text else label
            pieces.extend(shifted(line.pieces, len(text)))
        base = len(text)
        marks.extend(mark._replace(offset=mark.offset + base) for mark in line.marks)
        text += "" if line.blank else line.text
    return Line(text.replace("\n", " "), tuple(pieces), tuple(marks), label)


def labelled(line: Line, text: str, suffix: str, paragraph: int) -> Line:
    """Put an automatic number before a line.

    After it Word prints a tab (by default), a space or nothing. A tab is layout, not a
    character: it becomes a space only where number and text would run together, that is
    when neither the number ends nor the text begins in a Chinese or full-width
    character, so that "1." and "5 cases" do not become "1.5 cases".
    """
    after = line.text[:1]
    if after and suffix == "space":
        text += " "
    elif after and suffix != "nothing" and not (is_wide(text[-1]) or is_wide(after)):
        text += "" if after.isspace() else " "
    width = len(text)
    return Line(
        text + line.text,
        (Piece(0, width, paragraph, -1, 0), *shifted(line.pieces, width)),
        tuple([mark._replace(offset=mark.offset + width) for mark in line.marks]),
        width,
        line.level,
        line.contents,
    )
