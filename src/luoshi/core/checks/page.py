"""An examination as rules read it: everything is computed once, when first asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from luoshi.core.checks.lexicon import longest, scan
from luoshi.core.material.model import Examination, Point, PointKind
from luoshi.core.material.outline import Outline, load
from luoshi.core.reading.model import Span, spans
from luoshi.core.text.sentences import sentences

if TYPE_CHECKING:
    from luoshi.core.recurrence import Chain

Statement = Literal["problem", "cause", "measure", "previous"]


class Page:
    """The views of one examination that rules share. Spans count in ``text``."""

    def __init__(self, examination: Examination, earlier: Sequence[Examination] = ()) -> None:
        self.examination = examination
        self.earlier = tuple(earlier)
        self.document = examination.document
        self.text = examination.document.text
        self._sentences: dict[str, tuple[Span, ...]] = {}
        self._hits: dict[str, tuple[list[int], tuple[Span, ...]]] = {}

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
        return spans(s for p in self.paragraphs for s in sentences(self.text, *p))

    @cached_property
    def years(self) -> Chain | None:
        """What became of the problems of the earlier materials; None where there are none."""
        if not self.earlier:
            return None
        # The comparison is made of pages itself, and few checks need it.
        from luoshi.core.recurrence import chain

        return chain((*self.earlier, self.examination))

    def points(self, kind: PointKind) -> tuple[Point, ...]:
        """Return the points of one kind, in text order."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> dict[PointKind, tuple[Point, ...]]:
        found: dict[PointKind, list[Point]] = {}
        for point in self.examination.points:
            found.setdefault(point.kind, []).append(point)
        return {kind: tuple(points) for kind, points in found.items()}

    def sentences_of(self, point: Point) -> tuple[Span, ...]:
        """Return the sentences of a point after its number, the heading sentence first."""
        found = self._sentences.get(point.id)
        if found is None:
            found = spans(sentences(self.text, point.words, point.end))
            self._sentences[point.id] = found
        return found

    def words(self, span: tuple[int, int]) -> str:
        """Return the characters of a span."""
        return self.text[span[0] : span[1]]

    def point_at(self, position: int) -> Point | None:
        """Return the statement (no heading) that covers ``position``, or None."""
        for point in self._statements:
            if point.start <= position < point.end:
                return point
        return None

    @cached_property
    def _statements(self) -> tuple[Point, ...]:
        return tuple(point for point in self.examination.points if not point.is_heading())

    @cached_property
    def _places(self) -> dict[str, list[tuple[int, int]]]:
        return scan(self.text)

    def _of_list(self, name: str) -> tuple[list[int], tuple[Span, ...]]:
        """Return where the hits of a list start, and the hits: told apart when first asked for."""
        found = self._hits[name] = longest(self._places[name])
        return found

    def hits(self, name: str, within: tuple[int, int] | None = None) -> tuple[Span, ...]:
        """Return where words of list ``name`` (data/checks/words-*.toml) stand, in text order.

        The longest word wins where words of one list overlap. ``within`` keeps those that
        lie wholly inside a span. Raises ``KeyError`` for an unknown list.
        """
        starts, hits = self._hits.get(name) or self._of_list(name)
        if within is None or not hits:
            return hits
        low, high = within
        first = bisect_left(starts, low)
        last = bisect_left(starts, high, first)
        # Hits do not overlap: only the last can run beyond the span.
        if first < last and hits[last - 1].end > high:
            last -= 1
        return hits[first:last]
