"""What a reader hands on: one canonical text, its blocks, and the way back to the source.

A document is read once into a :class:`Document`. Everything later (points, links,
findings) speaks of half-open ranges of characters in ``Document.text``; the source
file is reached again only through :meth:`Document.locate`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import repeat
from typing import Literal, NamedTuple, Protocol

Format = Literal["txt", "md", "docx", "pdf"]
BlockKind = Literal["paragraph", "row", "note"]
NoteKind = Literal["comment", "deletion", "hidden", "header", "footer", "skipped"]


class ReadError(Exception):
    """A file could not be read; the text says in Chinese what is wrong and what to do.

    ``code`` is one of: ``empty``, ``too_large``, ``unknown_type``, ``unknown_encoding``,
    ``encrypted``, ``damaged``, ``bomb``, ``too_deep``, ``no_text``, ``legacy``,
    ``missing``, ``timeout``, ``memory``.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str]]:
        return ReadError, (self.code, self.message)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on untrusted input. Sizes are bytes, counts are items."""

    file_bytes: int = 50 * 1024 * 1024
    part_bytes: int = 64 * 1024 * 1024
    unpacked_bytes: int = 256 * 1024 * 1024
    zip_entries: int = 10_000
    pdf_pages: int = 2_000
    characters: int = 5_000_000


DEFAULT_LIMITS = Limits()


class Span(NamedTuple):
    """A half-open range of characters of one canonical text."""

    start: int
    end: int


def spans(pairs: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Return pairs of positions as spans."""
    # Span(*pair) for each would take three times as long.
    return tuple(map(tuple.__new__, repeat(Span), pairs))


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a table row or a footnote, as characters ``[start, end)`` of the text.

    ``label`` is how many leading characters are an automatic number that the word
    processor prints but the file does not hold as text. ``level`` is the heading level
    given by a style or by ``#`` (1 = highest), -1 for a line set in bold that is a heading
    of unknown level, else 0. ``cells`` are the cells of a row.
    ``table`` numbers the table a row stands in (0-based), else -1. ``contents`` marks a
    generated table of contents.
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"
    label: int = 0
    level: int = 0
    cells: tuple[Span, ...] = ()
    table: int = -1
    contents: bool = False


class LinePlace(NamedTuple):
    """A piece of one line of a txt or md file; line and column count from 1."""

    start: int
    end: int
    line: int
    column: int


class RunPlace(NamedTuple):
    """A piece of one run of a docx part.

    ``paragraph`` counts all ``w:p`` of the part in document order from 0, ``run`` all
    ``w:r`` of that paragraph (not of paragraphs nested in its text boxes) from 0;
    ``offset`` is the character within the run's text. ``run`` is -1 for an automatic
    number, which belongs to the paragraph and to no run.
    """

    start: int
    end: int
    part: str
    paragraph: int
    run: int
    offset: int


class BoxPlace(NamedTuple):
    """A piece of one line of a pdf page: page from 1, box in points from bottom left."""

    start: int
    end: int
    page: int
    left: float
    bottom: float
    right: float
    top: float


Place = LinePlace | RunPlace | BoxPlace


class PlaceMap(Protocol):
    """The way from a span of the canonical text back to the source."""

    def locate(self, start: int, end: int) -> tuple[Place, ...]:
        """Return the places that ``[start, end)`` covers, in text order."""


@dataclass(frozen=True, slots=True)
class SegmentMap:
    """Places of a text made of contiguous segments (docx runs, pdf lines).

    ``places`` are sorted by ``start``; characters between segments (line ends, cell
    separators) belong to no place.
    """

    places: tuple[RunPlace, ...] | tuple[BoxPlace, ...]

    def locate(self, start: int, end: int) -> tuple[Place, ...]:
        """Return the pieces of segments that overlap ``[start, end)``, cut to it."""
        first = max(0, bisect_right(self.places, start, key=lambda place: place.start) - 1)
        found: list[Place] = []
        for place in self.places[first:]:
            if place.start >= end:
                break
            low, high = max(start, place.start), min(end, place.end)
            if low >= high:
                continue
            if isinstance(place, RunPlace):
                shift = low - place.start
                found.append(place._replace(start=low, end=high, offset=place.offset + shift))
            else:
                found.append(place._replace(start=low, end=high))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class LineMap:
    """Places of a text that is the file itself: its lines, found by bisection."""

    starts: tuple[int, ...]

    def locate(self, start: int, end: int) -> tuple[Place, ...]:
        """Return one place per line that ``[start, end)`` touches."""
        index = bisect_right(self.starts, start) - 1
        found: list[Place] = []
        while index < len(self.starts) and self.starts[index] < end:
            begin = self.starts[index]
            stop = self.starts[index + 1] - 1 if index + 1 < len(self.starts) else end
            low, high = max(start, begin), min(end, stop)
            if low < high:
                found.append(LinePlace(low, high, index + 1, low - begin + 1))
            index += 1
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Note:
    """Something in the file that is not part of the text, reported to the user.

    ``text`` is what stood there (a comment's words, deleted text, a running head, or a
    Chinese sentence for ``skipped``), ``span`` where it is anchored if anywhere.
    """

    kind: NoteKind
    text: str
    span: Span | None = None
    author: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The result of one format's reader, before it becomes a :class:`Document`."""

    text: str
    blocks: tuple[Block, ...]
    places: PlaceMap
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: ``text`` is the canonical text that every span counts in.

    For txt and md it is the decoded file with line ends as LF and nothing else changed;
    for docx and pdf one line per paragraph or table row (cells separated by a tab).
    ``sha256`` is of the file's bytes. ``encoding`` is empty for docx and pdf.
    """

    text: str
    format: Format
    sha256: str
    blocks: tuple[Block, ...]
    places: PlaceMap
    notes: tuple[Note, ...] = ()
    encoding: str = ""

    def locate(self, start: int, end: int) -> tuple[Place, ...]:
        """Return where ``[start, end)`` stands in the source file.

        Raises ``ValueError`` when the range is not within the text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"span {start}..{end} outside 0..{len(self.text)}")
        return self.places.locate(start, end)
