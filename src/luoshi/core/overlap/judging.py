"""Hits → clumps → windows → passages, for many pairs of documents in one loop."""

from __future__ import annotations

from typing import Any

import numpy as np

from luoshi.core.overlap.clumps import clump
from luoshi.core.overlap.jit import jit
from luoshi.core.overlap.loops import counts_in, runs_of
from luoshi.core.overlap.scoring import SHORT, chain, information

FIELDS = 9  # a, b, spans in a and b, bits, units of a and b in runs
MARGIN = 144  # units around a clump in which its ends are looked for


@jit
def judge(
    pairs: Any, places: Any, units: Any, starts: Any, of_three: Any, of_four: Any,
    logs: Any, near: Any, longest: Any, threshold: Any,
) -> Any:  # fmt: skip
    """Return the passages of the pairs, as rows of `FIELDS`; bits are sixteenths."""
    log_three, log_four, log_first, log_gap = logs
    out = np.empty((1024, FIELDS), np.int64)
    count = 0
    of = np.int64(-1)
    sums, first = np.zeros(1, np.int64), np.zeros(1, np.int64)
    a_units = units[:0]
    head = 0
    while head < len(pairs):
        end = head + 1
        while end < len(pairs) and pairs[end] == pairs[head]:
            end += 1
        a, b = np.int64(pairs[head] >> np.uint64(32)), np.int64(pairs[head] & np.uint64(0xFFFFFFFF))
        group = places[head:end]
        head = end
        clumps = clump(np.sort(group), near, 1, longest)
        if a != of:
            of = a
            a_units = units[starts[a] : starts[a + 1] - 1]
            three, four = counts_in(a_units, SHORT, of_three), counts_in(a_units, 4, of_four)
            sums, first = information(a_units, three, four, log_three, log_four, log_first)
        b_units = units[starts[b] : starts[b + 1] - 1]
        for c in range(len(clumps)):
            a0, a1, b0, b1 = clumps[c, 0], clumps[c, 1], clumps[c, 2], clumps[c, 3]
            a_from, b_from = max(np.int64(0), a0 - MARGIN), max(np.int64(0), b0 - MARGIN)
            a_window = a_units[a_from : a1 + MARGIN]
            b_window = b_units[b_from : b1 + MARGIN]
            runs = runs_of(a_window, b_window, SHORT)
            found = chain(runs, sums, first, a_from, max(len(a_window), len(b_window)), log_gap)
            if found[4] < threshold:
                continue
            if count == len(out):
                more = np.empty((2 * count, FIELDS), np.int64)
                more[:count] = out
                out = more
            out[count, 0], out[count, 1] = a, b
            out[count, 2], out[count, 3] = a_from + found[0], a_from + found[1]
            out[count, 4], out[count, 5] = b_from + found[2], b_from + found[3]
            out[count, 6], out[count, 7], out[count, 8] = found[4], found[5], found[6]
            count += 1
    return out[:count]
