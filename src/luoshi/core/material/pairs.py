"""How much speaks for each pair of measure and target: the figures, and their weighed sums.

All sums are logits; the weights are in data/links/weights.toml.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import add, mul
from typing import NamedTuple

FIRST = ("groups", "signs", "place", "of_measure", "of_problem", "length")
SECOND = ("first", "best", "second_best", "lead", "lag", "length")
CITED = 4.0
Fit = tuple[Sequence[float], float]


class Row(NamedTuple):
    """A measure against all targets.

    ``groups`` and ``signs`` are cosines, ``place`` is where the measure stands among the
    measures (0 first, 1 last), ``length`` the logarithm of how much it says.
    """

    groups: list[float]
    signs: list[float]
    place: float
    length: float

    def overall(self) -> list[float]:
        """Return one number for each target."""
        return list(map(add, self.groups, self.signs))


def first_figures(rows: Sequence[Row]) -> list[list[tuple[float, ...]]]:
    """Return, for each row and target, the figures named in ``FIRST``.

    ``place`` is how far apart the two stand in their parts of the material (measures mostly
    follow the order of the problems), ``of_measure`` and ``of_problem`` how the pair
    compares with the best pair of the same row and of the same target.
    """
    sums = [row.overall() for row in rows]
    best = [max(column) or 1.0 for column in zip(*sums, strict=True)]
    across = max(1, len(best) - 1)
    places = [index / across for index in range(len(best))]
    table: list[list[tuple[float, ...]]] = []
    for row, line in zip(rows, sums, strict=True):
        top = max(line, default=0.0) or 1.0
        at, length = row.place, row.length
        table.append(
            [
                (g, s, -abs(p - at), o / top, o / b, length)
                for g, s, p, o, b in zip(row.groups, row.signs, places, line, best, strict=True)
            ]
        )
    return table


def first_logits(
    rows: Sequence[Row], fit: Fit, cited: Sequence[frozenset[int]]
) -> list[list[float]]:
    """Return the weighed sum of the first figures for each row and target.

    Written out, since it is done for every pair. A pair that is ``cited`` (by row, the
    targets) counts for at least ``CITED``.
    """
    (groups, signs, place, of_measure, of_problem, length), constant = fit
    sums = [row.overall() for row in rows]
    best = [of_problem / (max(column) or 1.0) for column in zip(*sums, strict=True)]
    across = max(1, len(best) - 1)
    places = [index / across for index in range(len(best))]
    logits: list[list[float]] = []
    for row, line in zip(rows, sums, strict=True):
        at, same = row.place, constant + length * row.length
        of_row = of_measure / (max(line, default=0.0) or 1.0)
        logits.append(
            [
                same + g * groups + s * signs - abs(p - at) * place + o * (of_row + b)
                for g, s, p, o, b in zip(row.groups, row.signs, places, line, best, strict=True)
            ]
        )
    for line, targets in zip(logits, cited, strict=True):
        for target in targets:
            line[target] = max(line[target], CITED)
    return logits


def second_figures(
    logits: Sequence[float], length: float, least: float = -99.0
) -> dict[int, tuple[float, ...]]:
    """Return the figures named in ``SECOND`` for each target that has at least ``least``.

    They set a target against the others of the same row: a measure that speaks to one
    problem seldom speaks to a second by the same words.
    """
    top, place = max((value, -index) for index, value in enumerate(logits))
    others = [(value, -index) for index, value in enumerate(logits) if index != -place]
    next_best, second = max(others, default=(-6.0, 1))
    found: dict[int, tuple[float, ...]] = {}
    for index, value in enumerate(logits):
        if value < least:
            continue
        is_best = index == -place
        lead = value - (next_best if is_best else top)
        is_second = float(index == -second)
        found[index] = (value, float(is_best), is_second, lead, min(0.0, lead), length)
    return found


def weighed(figures: Sequence[float], coefficients: Sequence[float], constant: float) -> float:
    """Return the weighed sum of figures (a logit)."""
    return sum(map(mul, figures, coefficients), constant)
