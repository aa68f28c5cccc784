"""Hits of a pair of documents that lie close together in both."""

from __future__ import annotations

from typing import Any

import numpy as np

from luoshi.core.overlap.jit import jit

LONGEST = 2_000
_OPEN = 256


@jit
def clump(places: Any, near: Any, hits: Any, longest: Any) -> Any:
    """Return the clumps of one pair's hits, sorted by place in ``a``, as rows.

    A row is first and last place in ``a``, first and last in ``b``. A hit joins every
    open clump within ``near`` units on both sides, whatever the order: clauses that changed
    places stay together. A clump of ``longest`` units is closed: what follows is another one.
    """
    open_ = np.zeros((_OPEN, 5), np.int64)
    count = 0
    out = np.zeros((len(places) // max(1, hits) + 1, 4), np.int64)
    written = 0
    for k in range(len(places) + 1):
        done = k == len(places)
        a = np.int64(0) if done else np.int64(places[k] >> np.uint64(36))
        b = np.int64(0) if done else np.int64((places[k] >> np.uint64(8)) & np.uint64(0xFFFFFFF))
        joined = -1
        i = 0
        while i < count:
            past = done or a - open_[i, 1] > near or a - open_[i, 0] > longest or count == _OPEN
            if past:
                if open_[i, 4] >= hits:
                    for c in range(4):
                        out[written, c] = open_[i, c]
                    written += 1
                count -= 1
                open_[i] = open_[count]
                continue
            low, high = min(open_[i, 2], b), max(open_[i, 3], b)
            if open_[i, 2] - near <= b <= open_[i, 3] + near and high - low <= longest:
                if joined < 0:
                    joined = i
                    # Two hits at one place of a (the gram stands twice in b) count once.
                    if a != open_[i, 1]:
                        open_[i, 4] += 1
                    open_[i, 1] = max(open_[i, 1], a)
                    open_[i, 2] = min(open_[i, 2], b)
                    open_[i, 3] = max(open_[i, 3], b)
                else:
                    open_[joined, 0] = min(open_[joined, 0], open_[i, 0])
                    open_[joined, 2] = min(open_[joined, 2], open_[i, 2])
                    open_[joined, 3] = max(open_[joined, 3], open_[i, 3])
                    open_[joined, 4] += open_[i, 4]
                    count -= 1
                    open_[i] = open_[count]
                    continue
            i += 1
        if joined < 0 and not done:
            open_[count, 0] = a
            open_[count, 1] = a
            open_[count, 2] = b
            open_[count, 3] = b
            open_[count, 4] = 1
            count += 1
    return out[:written]
