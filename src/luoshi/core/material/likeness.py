"""How alike statements are in matter: the figures on which links are decided.

Nothing is compared across documents: a word weighs the more, the fewer statements of the
same document have it (docs/links.md tells how the figures were chosen and measured).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from operator import itemgetter, mul
from typing import NamedTuple

from luoshi.core.material.topics import Topic

Key = str | int
FIRST = ("groups", "pairs", "signs", "matters", "head", "place", "of_measure", "of_problem")
SECOND = ("first", "best", "second_best", "lead", "lag", "length")
_FLOOR = 1.2


class Weights:
    """How much each word of a document weighs, and which are in more than one statement."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        count: Counter[Key] = Counter()
        for topic in topics:
            count.update(topic.groups.keys())
            count.update(topic.matters)
            count.update(topic.pairs)
        signs: Counter[str] = Counter()
        for topic in topics:
            signs.update(topic.signs)
        top = math.log(len(topics) + 1)
        self.alone = max(0.0, top - math.log(1.5))
        table = [0.0] + [max(0.0, top - math.log(n + 0.5)) for n in range(1, len(topics) + 1)]
        self.of: dict[Key, float] = {k: table[n] for k, n in count.items() if n > 1}
        self.sign: dict[str, float] = {
            k: max(0.0, table[n] - _FLOOR) for k, n in signs.items() if n > 1
        }
        self.shared = frozenset(self.of)
        self.shared_signs = frozenset(self.sign)
        self.weigh: Callable[[Key], float] = self.of.__getitem__
        self.weigh_sign: Callable[[str], float] = self.sign.__getitem__
        self.sign_alone = max(0.0, self.alone - _FLOOR)


class Profile(NamedTuple):
    """A statement as sets of the words it shares with others, and the size of the whole."""

    groups: frozenset[int]
    head: frozenset[int]
    matters: frozenset[str]
    pairs: frozenset[str]
    signs: frozenset[str]
    sizes: tuple[float, float, float, float]
    length: float


def profile(topic: Topic, weights: Weights) -> Profile:
    """Return the topic reduced to what can be shared in its document."""
    weigh, shared = weights.weigh, weights.shared
    groups = frozenset(filter(shared.__contains__, topic.groups))
    matters = topic.matters & shared
    pairs = topic.pairs & shared
    signs = topic.signs & weights.shared_signs
    alone = weights.alone
    sizes = (
        sum(map(weigh, groups)) + alone * (len(topic.groups) - len(groups)) + 2,
        sum(map(weigh, pairs)) + alone * (len(topic.pairs) - len(pairs)) + 2,
        sum(map(weights.weigh_sign, signs))
        + weights.sign_alone * (len(topic.signs) - len(signs))
        + 3,
        sum(map(weigh, matters)) + alone * (len(topic.matters) - len(matters)) + 2,
    )
    roots = tuple(map(math.sqrt, sizes))
    return Profile(
        groups,
        topic.head & groups,
        matters,
        pairs,
        signs,
        (roots[0], roots[1], roots[2], roots[3]),
        math.log(len(topic.pairs) + 5),
    )


def likeness(one: Profile, other: Profile, weights: Weights) -> list[float]:
    """Return how alike two statements are in groups, pairs, signs, matters and heading.

    The first four are cosines (0 to 1), the last is the weight of the groups that the
    first sentence of ``one`` shares with ``other``.
    """
    weigh = weights.weigh
    a, b = one.sizes, other.sizes
    figures = [0.0, 0.0, 0.0, 0.0, 0.0]
    if groups := one.groups & other.groups:
        figures[0] = sum(map(weigh, groups)) / (a[0] * b[0])
        figures[4] = sum(map(weigh, one.head & groups))
    if pairs := one.pairs & other.pairs:
        figures[1] = sum(map(weigh, pairs)) / (a[1] * b[1])
    if signs := one.signs & other.signs:
        figures[2] = sum(map(weights.weigh_sign, signs)) / (a[2] * b[2])
    if matters := one.matters & other.matters:
        figures[3] = sum(map(weigh, matters)) / (a[3] * b[3])
    return figures


def overall(figures: Sequence[float]) -> float:
    """Return one number for the figures of ``likeness``."""
    return figures[0] + figures[1] + figures[2] + 0.5 * figures[3]


def first_figures(
    problems: Sequence[Profile], measures: Sequence[Sequence[Profile]], weights: Weights
) -> list[list[list[list[float]]]]:
    """Return, for each measure, each of its parts and each problem, the ``FIRST`` figures.

    ``place`` is how far apart the two stand in their parts of the material (measures mostly
    follow the order of the problems), ``of_measure`` and ``of_problem`` how the pair compares
    with the best pair of the same part of a measure and of the same problem. The parts of a
    measure are its whole and, where it is long, its sentences.
    """
    table = [[[likeness(p, part, weights) for p in problems] for part in m] for m in measures]
    sums = [[[overall(f) for f in row] for row in rows] for rows in table]
    best = [max(column) or 1.0 for column in zip(*(s for m in sums for s in m), strict=True)]
    across, down = max(1, len(problems) - 1), max(1, len(measures) - 1)
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
    ranked = sorted(scores.items(), key=itemgetter(1), reverse=True)
    return [key for key, _ in ranked[:count]]
