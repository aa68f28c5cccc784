"""A paragraph while it is being read."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from luoshi.core.reading.docx import names as q
from luoshi.core.reading.docx.line import Mark, Piece

# Text that grows piece by piece stops growing here: a hostile file could make it slow.
LONG = 4000


@dataclass(frozen=True, slots=True)
class Change:
    """Who made a tracked change, and when (as the file writes it)."""

    author: str
    date: str


def change_of(element: etree._Element) -> Change:
    """Return author and date of a tracked-change element."""
    return Change(element.get(q.AUTHOR) or "", element.get(q.DATE) or "")


class Draft:
    """A paragraph being read (after a deleted paragraph mark: several, joined)."""

    __slots__ = ("contents", "length", "marks", "parts", "pieces")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.pieces: list[Piece] = []
        self.marks: list[Mark] = []
        self.contents = False

    def note(self, kind: str, text: str, change: Change | None = None) -> None:
        """Add a mark here; words dropped by the same hand at one place become one."""
        author, date = (change.author, change.date) if change is not None else ("", "")
        last = self.marks[-1] if self.marks else None
        if (
            last is not None
            and change is not None
            and (last.kind, last.offset, last.author) == (kind, self.length, author)
            and len(last.text) < LONG
        ):
            self.marks[-1] = last._replace(text=last.text + text)
        else:
            self.marks.append(Mark(self.length, kind, text, author, date))
