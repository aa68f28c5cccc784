"""Tells whether what two windows have in common is more than chance, and where it begins and ends.

All bits are whole numbers of sixteenths: nothing depends on how a machine rounds.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from luoshi.core.overlap.jit import jit

SHORT = 3
FIRST_MOST = 18 * 16  # bits of three units, at most
UNIT_MOST = 7 * 16  # what one unit can tell after three
_STEP = 4 * 16  # what going on to another run costs at least
_TURN = 6 * 16  # ... when its place in the other text does not follow


@jit
def information(
    units: Any, of_three: Any, of_four: Any, log_three: Any, log_four: Any, log_first: Any
) -> Any:
    """Return by unit the sum of what those before it tell, and what it and the next two tell alone.

    ``of_three[i]``, ``of_four[i]``: how often the three and the four units from ``i`` on stand
    in the corpus. What a unit tells after the three before it is how much rarer the four are
    than the three.
    """
    sums = np.zeros(len(units) + 1, np.int64)
    first = np.zeros(len(units), np.int64)
    for i in range(len(units)):
        told = np.int64(0)
        if i >= 3:
            told = log_three[of_three[i - 3]] - log_four[of_four[i - 3]]
            told = min(np.int64(UNIT_MOST), max(np.int64(0), told))
        sums[i + 1] = sums[i] + told
        first[i] = min(np.int64(FIRST_MOST), log_first[of_three[i]])
    return sums, first


@jit
def _told(sums: Any, first: Any, start: Any, end: Any) -> Any:
    return first[start] + sums[end] - sums[start + SHORT]


@jit
def chain(runs: Any, sums: Any, first: Any, offset: Any, window: Any, logs: Any) -> Any:
    """Return the chain of runs that tells most: spans in a and in b, bits, units of each covered.

    A run is its last place in a and in b and its length, sorted by the first. Going on costs
    bits: for the gap in a, and twice for how far the gap in b differs from it; where b does not
    follow, for where in the ``window`` it lies. ``offset``: where the window of a begins in
    ``sums`` and ``first``.
    """
    number = len(runs)
    value = np.zeros(number, np.int64)
    before = np.full(number, -1, np.int64)
    begins = np.zeros(number, np.int64)
    best = -1
    most = len(logs) - 1
    for k in range(number):
        a_end, b_end, length = runs[k, 0] + 1, runs[k, 1] + 1, runs[k, 2]
        a_start, b_start = a_end - length, b_end - length
        value[k] = _told(sums, first, offset + a_start, offset + a_end)
        begins[k] = a_start
        alone = value[k]
        for m in range(k - 1, -1, -1):
            if value[m] <= 0:
                continue
            m_a, m_b = runs[m, 0] + 1, runs[m, 1] + 1
            trim = max(0, m_a - a_start)
            follows = b_end > m_b
            if follows:
                trim = max(trim, m_b - b_start)
            elif b_end > m_b - (m_a - begins[m]):
                continue
            start = a_start + trim
            if a_end - start < SHORT:
                continue
            gap = start - m_a
            price = np.int64(_STEP) + logs[min(most, gap)]
            if follows:
                price += 2 * logs[min(most, abs(b_start + trim - m_b - gap))]
                price = min(price, np.int64(_TURN) + logs[min(most, gap)] + logs[min(most, window)])
            else:
                price += np.int64(_TURN - _STEP) + logs[min(most, window)]
            told = alone if trim == 0 else _told(sums, first, offset + start, offset + a_end)
            if value[m] + told - price > value[k]:
                value[k] = value[m] + told - price
                before[k] = m
                begins[k] = start
        if best < 0 or value[k] > value[best]:
            best = k
    out = np.zeros(7, np.int64)
    if best < 0:
        return out
    out[4] = value[best]
    out[0], out[1] = begins[best], runs[best, 0] + 1
    out[2], out[3] = runs[best, 1] + 1, 0
    k = best
    while k >= 0:
        b_end = runs[k, 1] + 1
        length = runs[k, 0] + 1 - begins[k]
        out[0] = begins[k]
        out[2] = min(out[2], b_end - length)
        out[3] = max(out[3], b_end)
        out[5] += length
        out[6] += length
        k = before[k]
    return out
