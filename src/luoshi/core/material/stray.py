"""Sentences of measures on a concrete matter that no problem and no cause names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luoshi.core.material.measured import Measured
from luoshi.core.material.model import Link, Point
from luoshi.core.material.topics import named_words
from luoshi.core.reading.model import Span
from luoshi.core.text.sentences import sentences

_ACTS = re.compile(r"解决|化解|处理|整治|治理|办理|处置|清理|推进|抓好|攻坚|落实好")
_LEAST_SENTENCES = 3


def stray_sentences(text: str, known: Measured, answers: Sequence[Link]) -> list[Span]:
    """Return the sentences that stray.

    A sentence strays when its measure answers a problem, it sets out to settle something
    without naming a figure, and at least two of its words are of matters that no problem
    and no cause names.
    """
    named: frozenset[int] | None = None
    found: list[Span] = []
    for point in known.measures.points:
        if not _several(text, point):
            continue
        targets = {link.target for link in answers if link.source == point.id}
        spans = sentences(text, point.words, point.end)
        if not targets or len(spans) < _LEAST_SENTENCES:
            continue
        for start, end in spans[1:]:
            sentence = text[start:end]
            if not _ACTS.search(sentence) or any(map(str.isdigit, sentence)):
                continue
            if named is None:
                named = _named(known)
            words = named_words(sentence)
            strange = {word for group, word in words.items() if group not in named}
            own = words.keys() & _groups_of(known, targets)
            if len(strange) >= 2 and len(strange) > len(own):
                found.append(Span(start, end))
    return found


def _several(text: str, point: Point) -> bool:
    """Tell cheaply whether the point may have enough sentences."""
    ends = sum(text.count(mark, point.words, point.end) for mark in "。！？!?")
    return ends >= _LEAST_SENTENCES - 1


def _groups_of(known: Measured, ids: set[str]) -> frozenset[int]:
    stated = zip(*known.problems, strict=True)
    return frozenset().union(*(topic.groups for point, topic in stated if point.id in ids))


def _named(known: Measured) -> frozenset[int]:
    stated = (*known.problems.topics, *known.causes.topics)
    return frozenset().union(*(topic.groups for topic in stated))
