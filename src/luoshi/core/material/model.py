"""The examination: what a material says, as points with spans and links between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from luoshi.core.reading.model import Document, Span, spans
from luoshi.core.text.sentences import first_sentence_end, sentences

PointKind = Literal["problem", "cause", "measure", "previous", "aspect_heading", "section_heading"]
LinkKind = Literal["answers", "explains"]
Strength = Literal["strong", "weak"]


@dataclass(frozen=True, slots=True)
class Point:
    """One problem, cause, measure, report on a previous problem, or a heading.

    ``path`` is the way down the numbering (一/（二）/3), ``[start, end)`` runs from the
    printed number to the last character, ``words`` is where the words begin after the
    number, ``aspect`` the name of the outline's heading above it (or empty). ``remedy`` is
    the cell of a table row that states a measure; ``tied`` the id of the problem which
    that cell answers by standing in its row: the point itself, or the row above where one
    problem is merged over several measures.
    """

    id: str
    kind: PointKind
    path: str
    start: int
    end: int
    words: int
    aspect: str = ""
    remedy: Span | None = None
    tied: str = ""

    def is_heading(self) -> bool:
        """Tell whether the point is a heading rather than a statement."""
        return self.kind in ("aspect_heading", "section_heading")


@dataclass(frozen=True, slots=True)
class Link:
    """``source`` answers or explains ``target`` (ids of points).

    ``score`` is between 0 and 1 and comparable within one document only. An ``explains``
    link is a candidate, never a verdict. The words that carry links are looked up when
    somebody wants to read them (:func:`luoshi.core.material.evidence.carrying`).
    """

    source: str
    target: str
    kind: LinkKind
    strength: Strength
    score: float


@dataclass(frozen=True, slots=True)
class Profile:
    """What title, author lines and opening say; None or empty where they say nothing.

    Counts are those the opening states: study sessions, opinions sought, talks held.
    """

    title: str = ""
    title_span: Span | None = None
    post: str = ""
    unit: str = ""
    theme: str = ""
    opening: Span | None = None
    closing: Span | None = None
    studies: int | None = None
    opinions: int | None = None
    talks: int | None = None


@dataclass(frozen=True, slots=True)
class Examination:
    """A material read and split.

    ``outline`` is the id of the outline used. ``stray`` are sentences of measures that
    answer no problem although their measure answers one. ``linked`` is false for a text so
    long that nothing was linked; then nothing counts as unanswered either.
    """

    document: Document
    outline: str
    profile: Profile
    points: tuple[Point, ...]
    links: tuple[Link, ...]
    stray: tuple[Span, ...] = ()
    linked: bool = True

    def of_kind(self, kind: PointKind) -> tuple[Point, ...]:
        """Return the points of one kind in text order."""
        return tuple(p for p in self.points if p.kind == kind)

    def text_of(self, point: Point) -> str:
        """Return the point's characters."""
        return self.document.text[point.start : point.end]

    def heading_of(self, point: Point) -> Span:
        """Return the point's heading sentence (its first), number included."""
        end = first_sentence_end(self.document.text, point.words, point.end)
        return Span(point.start, end)

    def body_of(self, point: Point) -> tuple[Span, ...]:
        """Return the sentences after the heading sentence."""
        return spans(sentences(self.document.text, point.words, point.end)[1:])

    def answers_to(self, point: Point) -> tuple[Link, ...]:
        """Return the links by which measures answer this problem or cause, best first."""
        found = [k for k in self.links if k.target == point.id and k.kind == "answers"]
        return tuple(sorted(found, key=lambda k: -k.score))

    def answered_by(self, point: Point) -> tuple[Link, ...]:
        """Return the links by which this measure answers problems and causes, best first."""
        found = [k for k in self.links if k.source == point.id and k.kind == "answers"]
        return tuple(sorted(found, key=lambda k: -k.score))

    def unanswered(self) -> tuple[Point, ...]:
        """Return the problems that no measure answers, not even weakly."""
        if not self.linked:
            return ()
        targets = {k.target for k in self.links if k.kind == "answers"}
        return tuple(p for p in self.points if p.kind == "problem" and p.id not in targets)

    def rootless(self) -> tuple[Point, ...]:
        """Return the measures that answer none of the problems named."""
        if not self.linked:
            return ()
        problems = {p.id for p in self.points if p.kind == "problem"}
        sources = {k.source for k in self.links if k.kind == "answers" and k.target in problems}
        return tuple(p for p in self.points if p.kind == "measure" and p.id not in sources)
