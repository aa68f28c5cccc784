"""The statements of a document, and how alike measures and causes are to the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from luoshi.core.material.likeness import Weighing, cosines
from luoshi.core.material.model import Point, PointKind
from luoshi.core.material.topics import Topic, topic_of

# A character says less than a word: what many statements have counts for nothing.
_SIGN_FLOOR = 1.2
_ROOM_OF_GROUPS, _ROOM_OF_SIGNS = 2.0, 3.0


class Stated(NamedTuple):
    """The statements of one kind, in text order, and what each is about."""

    points: list[Point]
    topics: list[Topic]


class Measured(NamedTuple):
    """Problems, causes and measures, with the weights of their words.

    ``by_groups`` and ``by_signs`` are cosines. A row for each measure, then one for each
    cause; a column for each problem, then one for each cause.
    """

    problems: Stated
    causes: Stated
    measures: Stated
    groups: Weighing[int]
    signs: Weighing[str]
    by_groups: list[list[float]]
    by_signs: list[list[float]]


def measured(text: str, points: Sequence[Point]) -> Measured:
    """Return the statements among ``points``, weighed and compared."""
    problems, causes, measures = (
        _stated(text, points, kind) for kind in ("problem", "cause", "measure")
    )
    counted = [*problems.topics, *measures.topics]
    groups = Weighing([topic.groups for topic in counted], 0.0, _ROOM_OF_GROUPS)
    signs = Weighing([topic.signs for topic in counted], _SIGN_FLOOR, _ROOM_OF_SIGNS)
    rows = [*measures.topics, *causes.topics]
    targets = [*problems.topics, *causes.topics]
    return Measured(
        problems,
        causes,
        measures,
        groups,
        signs,
        cosines([t.groups for t in rows], [t.groups for t in targets], groups),
        cosines([t.signs for t in rows], [t.signs for t in targets], signs),
    )


def _stated(text: str, points: Sequence[Point], kind: PointKind) -> Stated:
    chosen = [point for point in points if point.kind == kind]
    return Stated(chosen, [topic_of(text[p.words : p.end]) for p in chosen])
