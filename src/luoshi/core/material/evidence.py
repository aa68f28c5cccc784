"""The words that carry links, for people to read; looked up only when they are wanted."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.core.material.likeness import Weighing
from luoshi.core.material.measured import measured
from luoshi.core.material.model import Link, Point
from luoshi.core.material.topics import named_words

_WORDS = 4
_LONGEST = 8


def carrying(text: str, points: Sequence[Point], links: Sequence[Link]) -> list[tuple[str, ...]]:
    """Return for each link the words of both statements that carry it, weightiest first.

    They are at most four words of the list that both have, or, where there is none, the
    longest strings that stand in both.
    """
    if not links:
        return []
    known = measured(text, points)
    plain = {
        point.id: topic.plain
        for stated in (known.problems, known.causes, known.measures)
        for point, topic in zip(*stated, strict=True)
    }
    named = {name: named_words(words) for name, words in plain.items()}
    found: list[tuple[str, ...]] = []
    for link in links:
        shared = _shared(named[link.source], named[link.target], known.groups)
        if not shared:
            shared = _common(plain[link.target], plain[link.source], known.signs)
        found.append(_best(shared))
    return found


def _shared(
    source: dict[int, str], target: dict[int, str], weighing: Weighing[int]
) -> dict[str, float]:
    shared: dict[str, float] = {}
    for group in source.keys() & target.keys() & weighing.heavy:
        for word in (target[group], source[group]):
            shared[word] = max(shared.get(word, 0.0), weighing.of[group])
    return shared


def _common(one: str, other: str, signs: Weighing[str]) -> dict[str, float]:
    """Return the longest strings that both texts have, by the weight of their characters."""
    heavy, weight = signs.heavy, signs.of
    found: dict[str, float] = {}
    position = 0
    while position < len(one) - 1:
        end = position + 2
        while end <= len(one) and end - position <= _LONGEST and one[position:end] in other:
            end += 1
        word = one[position : end - 1]
        if len(word) >= 2 and heavy.issuperset(word):
            found[word] = sum(map(weight.__getitem__, word))
        position += max(1, len(word))
    return found


def _best(shared: dict[str, float]) -> tuple[str, ...]:
    chosen: list[str] = []
    for word in sorted(shared, key=lambda word: (-shared[word], word)):
        if not any(word in other or other in word for other in chosen):
            chosen.append(word)
    return tuple(chosen[:_WORDS])
