"""Which measure answers which problem, which cause may explain it (docs/links.md)."""

from __future__ import annotations

import math
from collections import Counter
from typing import NamedTuple

from luoshi.core.material.model import Link, Point
from luoshi.core.material.topics import Topic, topic_of
from luoshi.core.reading.model import Span
from luoshi.core.text.sentences import sentences


class _Unit(NamedTuple):
    point: Point
    head: Topic
    whole: Topic


def _unit(text: str, point: Point) -> _Unit:
    spans = sentences(text, point.words, point.end) or [(point.words, point.end)]
    return _Unit(point, topic_of(text[slice(*spans[0])]), topic_of(text[point.words : point.end]))


def link_points(text: str, points: tuple[Point, ...]) -> tuple[tuple[Link, ...], tuple[Span, ...]]:
    """Return the links between points and the stray sentences of measures."""
    units = [_unit(text, p) for p in points if p.kind in ("problem", "cause", "measure")]
    count: Counter[str] = Counter()
    for unit in units:
        count.update(unit.whole.pairs)
        count.update(unit.whole.matters)
    weight = {key: math.log((len(units) + 1) / (n + 0.5)) for key, n in count.items()}
    links: list[Link] = []
    for target in units:
        if target.point.kind == "measure":
            continue
        for source in units:
            if source.point.kind == "measure":
                score = _score(source, target, weight)
                if score >= 5:
                    strength = "strong" if score >= 9 else "weak"
                    links.append(
                        Link(
                            source.point.id,
                            target.point.id,
                            "answers",
                            strength,  # type: ignore[arg-type]
                            round(1 - math.exp(-score / 10), 3),
                        )
                    )
    return tuple(links), ()


def _score(source: _Unit, target: _Unit, weight: dict[str, float]) -> float:
    matters = source.whole.matters & target.whole.matters
    pairs = source.whole.pairs & target.whole.pairs
    total = 0.0
    for key in matters:
        total += weight[key] * (1 if key in target.head.matters else 0.5)
    for key in pairs:
        total += weight[key] * (0.5 if key in target.head.pairs else 0.3)
    return total
