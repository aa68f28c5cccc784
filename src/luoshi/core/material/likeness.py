"""How alike statements are in matter: the figures on which links are decided.

Nothing is compared across documents: a word weighs the more, the fewer statements of the
same document have it (docs/links.md tells how the figures were chosen and measured).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import mul
from typing import NamedTuple, TypeVar

from luoshi.core.material.topics import Topic

FIRST = ("groups", "signs", "place", "of_measure", "of_problem")
SECOND = ("first", "best", "second_best", "lead", "lag", "length")
# A character says less than a word: what many statements have counts for nothing.
_FLOOR = 1.2
Key = TypeVar("Key", int, str)


class Weights:
    """How much each word of a document weighs, and which are in more than one statement.

    ``of`` holds groups, ``sign`` characters; what is in one statement only is in neither.
    """

    def __init__(self, topics: Sequence[Topic]) -> None:
        groups: Counter[int] = Counter()
        signs: Counter[str] = Counter()
        for topic in topics:
            groups.update(topic.groups.keys())
            signs.update(topic.signs)
        top = math.log(len(topics) + 1)
        table = [0.0] + [top - math.log(n + 0.5) for n in range(1, len(topics) + 1)]
        self.of = {k: table[n] for k, n in groups.items() if n > 1}
        self.sign = {k: max(0.0, table[n] - _FLOOR) for k, n in signs.items() if n > 1}
        self.alone = max(0.0, top - math.log(1.5))
        self.sign_alone = max(0.0, self.alone - _FLOOR)


class Profile(NamedTuple):
    """A statement as sets of the words it shares with others, and the size of the whole.

    ``sizes`` are the lengths of its vectors of groups and of signs, ``length`` the
    logarithm of how much it says.
    """

    groups: frozenset[int]
    signs: frozenset[str]
    sizes: tuple[float, float]
    length: float


def profile(topic: Topic, weights: Weights) -> Profile:
    """Return the topic reduced to what can be shared in its document."""
    groups = frozenset(filter(weights.of.__contains__, topic.groups))
    signs = frozenset(filter(weights.sign.__contains__, topic.signs))
    own_groups = weights.alone * (len(topic.groups) - len(groups))
    own_signs = weights.sign_alone * (len(topic.signs) - len(signs))
    sizes = (
        math.sqrt(sum(map(weights.of.__getitem__, groups)) + own_groups + 2),
        math.sqrt(sum(map(weights.sign.__getitem__, signs)) + own_signs + 3),
    )
    return Profile(groups, signs, sizes, math.log(len(topic.signs) + 5))


class Shelf:
    """Statements by the words they have, so that another one is compared with all at once.

    Most pairs of statements share a few words out of hundreds: going from word to
    statements costs half of what intersecting their sets pair by pair does.
    """

    def __init__(self, profiles: Sequence[Profile], weights: Weights) -> None:
        self._sizes = [profile.sizes for profile in profiles]
        self._weights = weights
        self._groups = _places([profile.groups for profile in profiles])
        self._signs = _places([profile.signs for profile in profiles])

    def likeness(self, other: Profile) -> list[list[float]]:
        """Return, for each statement of the shelf, how alike it and ``other`` are.

        The figures are cosines (0 to 1) of groups and of signs.
        """
        size = len(self._sizes)
        groups = _shared(self._groups, other.groups, self._weights.of, size)
        signs = _shared(self._signs, other.signs, self._weights.sign, size)
        b0, b1 = other.sizes
        return [
            [g / (a0 * b0), s / (a1 * b1)]
            for (a0, a1), g, s in zip(self._sizes, groups, signs, strict=True)
        ]


def _shared(
    places: Mapping[Key, list[int]], keys: Iterable[Key], weights: Mapping[Key, float], size: int
) -> list[float]:
    sums = [0.0] * size
    for key in keys:
        if key in places:
            weight = weights[key]
            for index in places[key]:
                sums[index] += weight
    return sums


def _places(sets: Sequence[frozenset[Key]]) -> dict[Key, list[int]]:
    places: dict[Key, list[int]] = {}
    for index, keys in enumerate(sets):
        for key in keys:
            places.setdefault(key, []).append(index)
    return places


def overall(figures: Sequence[float]) -> float:
    """Return one number for the figures of ``Shelf.likeness``."""
    return figures[0] + figures[1]


def first_figures(
    shelf: Shelf, measures: Sequence[Sequence[Profile]], count: int
) -> list[list[list[list[float]]]]:
    """Return, for each measure, each of its parts and each problem, the ``FIRST`` figures.

    The parts of a measure are its whole and, where it is long, its sentences; ``count`` is
    the number of problems on the shelf. ``place`` is how far apart the two stand in their
    parts of the material (measures mostly follow the order of the problems), ``of_measure``
    and ``of_problem`` how the pair compares with the best pair of the same part of a measure
    and of the same problem.
    """
    table = [[shelf.likeness(part) for part in parts] for parts in measures]
    sums = [[[overall(figures) for figures in row] for row in rows] for rows in table]
    best = [max(column) or 1.0 for column in zip(*(s for m in sums for s in m), strict=True)]
    across, down = max(1, count - 1), max(1, len(measures) - 1)
    for j, (rows, lines) in enumerate(zip(table, sums, strict=True)):
        for row, line in zip(rows, lines, strict=True):
            top = max(line, default=0.0) or 1.0
            for i, figures in enumerate(row):
                figures.extend((-abs(i / across - j / down), line[i] / top, line[i] / best[i]))
    return table


def second_figures(logits: Sequence[float], length: float) -> list[list[float]]:
    """Return, for each problem of one measure, the figures named in ``SECOND``.

    They set a problem against the measure's other problems: a measure that speaks to one
    problem seldom speaks to a second by the same words.
    """
    order = sorted(range(len(logits)), key=lambda i: -logits[i])
    top = logits[order[0]]
    next_best = logits[order[1]] if len(order) > 1 else -6.0
    second = order[1] if len(order) > 1 else -1
    found: list[list[float]] = []
    for index, value in enumerate(logits):
        is_best = index == order[0]
        lead = value - (next_best if is_best else top)
        found.append([value, float(is_best), float(index == second), lead, min(0.0, lead), length])
    return found


def weighed(figures: Sequence[float], coefficients: Sequence[float], constant: float) -> float:
    """Return the weighed sum of figures (a logit)."""
    return sum(map(mul, figures, coefficients), constant)


def chance(logit: float) -> float:
    """Return a logit as a number between 0 and 1."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))


def strongest(scores: dict[str, float], count: int) -> list[str]:
    """Return the ``count`` keys with the highest scores, best first."""
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return [key for key, _ in ranked[:count]]
