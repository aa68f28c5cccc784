"""How alike statements are in matter.

Nothing is compared across documents: a word weighs the more, the fewer problems and
measures of the same document have it (docs/links.md tells how the figures were chosen and
measured).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from struct import unpack
from typing import Generic, TypeVar

Key = TypeVar("Key", int, str)
_BITS = 32
_UNIT = 256


class Weighing(Generic[Key]):
    """What each word of a document weighs, in units of 1/256.

    A weight is the logarithm of how rare the word is among the statements ``counted``, less
    ``floor``. ``heavy`` are the words that several statements share and that weigh anything,
    ``of`` tells how much. For the length of a statement any other word counts ``alone``, as
    one of a single statement does; ``room`` is added to its square, so that short statements
    are not alike by one word.
    """

    def __init__(self, counted: Sequence[frozenset[Key]], floor: float, room: float) -> None:
        counts = Counter(chain.from_iterable(counted))
        top = math.log(len(counted) + 1) - floor
        numbers = range(1, len(counted) + 1)
        table = [0] + [round(_UNIT * max(0.0, top - math.log(n + 0.5))) for n in numbers]
        self.alone = table[1] if counted else 0
        self.of: dict[Key, int] = {key: table[n] for key, n in counts.items() if n > 1 and table[n]}
        self.heavy: frozenset[Key] = frozenset(self.of)
        self.room = room * _UNIT


def cosines(
    rows: Sequence[frozenset[Key]], targets: Sequence[frozenset[Key]], weighing: Weighing[Key]
) -> list[list[float]]:
    """Return for each row how alike it is to each target: 0 is nothing shared, 1 the same.

    A row is compared with all targets at once. Each word is one long number that holds, 32
    binary digits per target, its weight where the target has it; the sum over the words of
    a row then holds the row's likeness to every target.
    """
    if not rows or not targets:
        return [[] for _ in rows]
    lanes, scales = _lanes(targets, weighing)
    known = frozenset(lanes)
    shape, size = f"<{len(targets)}I", len(targets) * _BITS // 8
    heavy = weighing.heavy
    table: list[list[float]] = []
    for keys in rows:
        own = keys & heavy
        total = sum(map(lanes.__getitem__, own & known))
        scale = _scale(own, len(keys), weighing)
        shared = unpack(shape, total.to_bytes(size, "little"))
        table.append([s * t * scale for s, t in zip(shared, scales, strict=True)])
    return table


def _lanes(
    targets: Sequence[frozenset[Key]], weighing: Weighing[Key]
) -> tuple[dict[Key, int], list[float]]:
    """Return the long number of each word, and what to scale each target by."""
    places: dict[Key, int] = {}
    scales: list[float] = []
    heavy, weight = weighing.heavy, weighing.of
    one = 1
    for keys in targets:
        own = keys & heavy
        for key in own:
            places[key] = places.get(key, 0) + one
        scales.append(_scale(own, len(keys), weighing))
        one <<= _BITS
    return {key: place * weight[key] for key, place in places.items()}, scales


def _scale(own: frozenset[Key], count: int, weighing: Weighing[Key]) -> float:
    """Return one over the length of a statement of ``count`` words, ``own`` of them heavy."""
    weight = sum(map(weighing.of.__getitem__, own)) + (count - len(own)) * weighing.alone
    return 1.0 / math.sqrt(weight + weighing.room)


def chance(logit: float) -> float:
    """Return a logit as a number between 0 and 1."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))
