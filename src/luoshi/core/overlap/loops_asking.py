"""The anchors of a new document among those of many: compiled."""

from __future__ import annotations

from typing import Any

import numpy as np

from luoshi.core.overlap.jit import jit
from luoshi.core.overlap.quick import LENGTH_BITS

_LENGTH = (1 << LENGTH_BITS) - 1
_PLACE = np.uint64(0xFFFFFFFF)
_BLOCK = 6
_FAR = -(1 << 30)
_UP = np.uint64(24)


@jit
def _marked(
    keys: Any, low: Any, high: Any, at: Any, reach: Any, recent: Any, step: Any, marks: Any
) -> None:
    """Mark the places that have another one near, of an anchor within reach of theirs.

    ``recent``: which of the new document's places was last met in each block of 64 units.
    """
    recent[:] = _FAR
    n = 0 if step > 0 else len(at) - 1
    offset = np.int64(0) if step > 0 else np.int64(len(marks))
    while 0 <= n < len(at):
        number = high[n] - low[n]
        base = offset if step > 0 else offset - number
        here = at[n] * step
        for k in range(number):
            block = np.int64((keys[low[n] + k] & _PLACE) >> np.uint64(_BLOCK)) + 1
            met = max(recent[block - 1], recent[block], recent[block + 1])
            if here - met <= reach:
                marks[base + k] = 1
        for k in range(number):
            recent[np.int64((keys[low[n] + k] & _PLACE) >> np.uint64(_BLOCK)) + 1] = here
        offset += number * step
        n += step


@jit
def near_others(keys: Any, low: Any, high: Any, at: Any, reach: Any, units: Any) -> Any:
    """Return places kept under the anchors ``at`` of a new document, sorted, and which anchor.

    Places that have no other one near them are left out.
    """
    total = np.int64(0)
    for n in range(len(at)):
        total += high[n] - low[n]
    marks = np.zeros(total, np.uint8)
    recent = np.empty((units >> _BLOCK) + 3, np.int32)
    _marked(keys, low, high, at, reach, recent, 1, marks)
    _marked(keys, low, high, at, reach, recent, -1, marks)
    kept = np.empty(np.sum(marks), np.uint64)
    number = 0
    offset = 0
    for n in range(len(at)):
        for k in range(high[n] - low[n]):
            if marks[offset + k]:
                kept[number] = ((keys[low[n] + k] & _PLACE) << _UP) | np.uint64(n)
                number += 1
        offset += high[n] - low[n]
    kept.sort()
    return (kept >> _UP).astype(np.int64), (kept & np.uint64((1 << 24) - 1)).astype(np.int64)


@jit
def close_pairs(places: Any, others: Any, weights: Any, other_weights: Any, reach: Any) -> Any:
    """Return which anchors, sorted by place, lie within reach of a later one on both sides.

    ``others``: where the same anchors stand in the other document, in whatever order.
    """
    first, second = np.empty(1024, np.int64), np.empty(1024, np.int64)
    count = 0
    for i in range(len(places)):
        end = places[i] + (np.int64(weights[places[i]]) & _LENGTH)
        other_end = others[i] + (np.int64(other_weights[others[i]]) & _LENGTH)
        j = i
        while j + 1 < len(places) and places[j + 1] - places[i] <= reach:
            j += 1
            if places[j] < end or abs(others[i] - others[j]) > reach:
                continue
            if others[i] < others[j]:
                if other_end > others[j]:
                    continue
            elif others[j] + (np.int64(other_weights[others[j]]) & _LENGTH) > others[i]:
                continue
            if count == len(first):
                more, again = np.empty(2 * count, np.int64), np.empty(2 * count, np.int64)
                more[:count], again[:count] = first, second
                first, second = more, again
            first[count], second[count] = i, j
            count += 1
    return first[:count], second[:count]
