"""An examination as rules read it: everything is computed once, when first asked for."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import Literal

from luoshi.core.checks.lexicon import scan
from luoshi.core.material.model import Examination, Point, PointKind
from luoshi.core.material.outline import Outline, load
from luoshi.core.reading.model import Span
from luoshi.core.text.sentences import sentences

Statement = Literal["problem", "cause", "measure", "previous"]


class Page:
    """The views of one examination that rules share. Spans count in ``text``."""

    def __init__(self, examination: Examination) -> None:
        self.examination = examination
        self.document = examination.document
        self.text = examination.document.text
        self._sentences: dict[str, tuple[Span, ...]] = {}

    @cached_property
    def outline(self) -> Outline:
        """The outline that the material follows."""
        return load(self.examination.outline)

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """All paragraphs and rows of the document, notes and contents excepted."""
        blocks = self.document.blocks
        return tuple(Span(b.start, b.end) for b in blocks if b.kind != "note" and not b.contents)

    @cached_property
    def all_sentences(self) -> tuple[Span, ...]:
        """All sentences of all paragraphs, in text order."""
        return tuple(Span(*s) for p in self.paragraphs for s in sentences(self.text, *p))

    def points(self, kind: PointKind) -> tuple[Point, ...]:
        """Return the points of one kind, in text order."""
        return self.examination.of_kind(kind)

    def sentences_of(self, point: Point) -> tuple[Span, ...]:
        """Return the sentences of a point after its number, the heading sentence first."""
        if point.id not in self._sentences:
            found = sentences(self.text, point.words, point.end)
            self._sentences[point.id] = tuple(Span(*s) for s in found)
        return self._sentences[point.id]

    def words(self, span: tuple[int, int]) -> str:
        """Return the characters of a span."""
        return self.text[span[0] : span[1]]

    def point_at(self, position: int) -> Point | None:
        """Return the statement (no heading) that covers ``position``, or None."""
        for point in self.examination.points:
            if not point.is_heading() and point.start <= position < point.end:
                return point
        return None

    @cached_property
    def _hits(self) -> dict[str, tuple[Span, ...]]:
        return scan(self.text)

    def hits(self, name: str, within: tuple[int, int] | None = None) -> tuple[Span, ...]:
        """Return where words of list ``name`` (data/checks/words-*.toml) stand, in text order.

        The longest word wins where words of one list overlap. ``within`` keeps those that
        lie wholly inside a span. Raises ``KeyError`` for an unknown list.
        """
        found = self._hits[name]
        if within is None:
            return found
        first = bisect_left(found, (within[0], 0))
        last = bisect_left(found, (within[1], 0))
        return tuple(span for span in found[first:last] if span.end <= within[1])
