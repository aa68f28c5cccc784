"""The text of a draft cut into paragraphs and pieces, each of them marked with what lies on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.functional import cached_property


@dataclass(frozen=True, slots=True)
class Mark:
    """Something about characters ``[start, end)``: its name on the page, how it is drawn.

    ``place`` is the end of an address on the page (``f3``); ``label`` says it to readers of the
    screen.
    """

    start: int
    end: int
    place: str
    look: str
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that lie under the same marks; ``begins``: the marks whose first piece it is."""

    words: str
    marks: tuple[Mark, ...]
    begins: tuple[Mark, ...]

    @property
    def look(self) -> str:
        """The classes of the piece."""
        return " ".join(dict.fromkeys(mark.look for mark in self.marks))


@dataclass(frozen=True)
class Paragraph:
    """A line of the text: its number from 1, its characters, its pieces."""

    number: int
    start: int
    end: int
    pieces: tuple[Piece, ...]

    @cached_property
    def marked(self) -> bool:
        """Tell whether anything lies on it."""
        return any(piece.marks for piece in self.pieces)


def lines(text: str) -> list[tuple[int, int]]:
    """Return the spans of the lines that have words."""
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def number_at(text: str, place: int) -> int:
    """Return the number of the paragraph in which a place lies."""
    return sum(start <= place for start, _ in lines(text)) or 1


def paragraphs(text: str, marks: Iterable[Mark]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text; together their pieces are all of its words."""
    waiting = sorted((m for m in marks if m.end > m.start), key=lambda m: (m.start, -m.end))
    open_: list[Mark] = []
    begun: set[Mark] = set()
    for number, (start, end) in enumerate(lines(text), 1):
        while waiting and waiting[0].start < end:
            open_.append(waiting.pop(0))
        open_ = [mark for mark in open_ if mark.end > start]
        yield Paragraph(number, start, end, tuple(_pieces(text, start, end, open_, begun)))


def _pieces(
    text: str, start: int, end: int, marks: Sequence[Mark], begun: set[Mark]
) -> Iterator[Piece]:
    """Yield a line's pieces; a mark begins where its first words are, also after a blank line."""
    cuts = {start, end}
    cuts.update(at for mark in marks for at in (mark.start, mark.end) if start < at < end)
    for low, high in pairwise(sorted(cuts)):
        over = tuple(m for m in marks if m.start <= low and high <= m.end)
        begins = tuple(m for m in over if m not in begun)
        begun.update(begins)
        yield Piece(text[low:high], over, begins)
