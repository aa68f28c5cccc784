"""The anchors of a new document among those of many, in NumPy: the results of `loops_asking`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap.quick import LENGTH_BITS

Keys = NDArray[np.uint64]
Whole = NDArray[np.int64]

_LENGTH = (1 << LENGTH_BITS) - 1


def near_others(
    keys: Keys, low: Whole, high: Whole, at: Whole, reach: int, units: int
) -> tuple[Whole, Whole]:
    """Return places kept under the anchors ``at`` of a new document, sorted, and which anchor."""
    del reach, units
    number = high - low
    which = np.repeat(np.arange(len(at)), number)
    inside = np.arange(len(which)) - np.repeat(np.cumsum(number) - number, number)
    places = (keys[low[which] + inside] & np.uint64(0xFFFFFFFF)).astype(np.int64)
    order = np.lexsort((which, places))
    return places[order], which[order]


def close_pairs(
    places: Whole, others: Whole, weights: Any, other_weights: Any, reach: int
) -> tuple[Whole, Whole]:
    """Return which anchors, sorted by place, lie within reach of a later one on both sides.

    ``others``: where the same anchors stand in the other document, in whatever order.
    """
    ends = places + (weights[places] & _LENGTH)
    other_ends = others + (other_weights[others] & _LENGTH)
    first, second = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    step = 1
    while step < len(places):
        near = places[step:] - places[:-step] <= reach
        if not near.any():
            break
        one = np.flatnonzero(near & (ends[:-step] <= places[step:]))
        b, c = others[one], others[one + step]
        apart = np.where(b < c, other_ends[one] <= c, other_ends[one + step] <= b)
        one = one[apart & (np.abs(b - c) <= reach)]
        first.append(one)
        second.append(one + step)
        step += 1
    return np.concatenate(first), np.concatenate(second)
