"""The loops over all grams: compiled where Numba is installed, otherwise NumPy, the same results."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap.jit import COMPILED

_work: Any
if COMPILED:
    from luoshi.core.overlap import loops_compiled as _work
else:
    from luoshi.core.overlap import loops_plain as _work

collect = _work.collect
count_grams = _work.count_grams
counts_in = _work.counts_in
hits = _work.hits
lengthened = _work.lengthened
runs_of = _work.runs_of

_BLOCK_BITS = 8


def block_table(starts: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the document in which each block of 256 units begins: a quick way to a unit's one."""
    first = np.arange(0, int(starts[-1]) + (1 << _BLOCK_BITS), 1 << _BLOCK_BITS)
    return (np.searchsorted(starts, first, side="right") - 1).astype(np.int32)
