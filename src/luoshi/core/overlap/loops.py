"""The loops over all grams: compiled where Numba is installed, otherwise NumPy, the same results."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap.jit import COMPILED

_work: Any
_pairing: Any
_asking: Any
if COMPILED:
    from luoshi.core.overlap import loops_asking as _asking
    from luoshi.core.overlap import loops_compiled as _work
    from luoshi.core.overlap import loops_pairing as _pairing
else:
    from luoshi.core.overlap import loops_plain as _work
    from luoshi.core.overlap import loops_plain_asking as _asking
    from luoshi.core.overlap import loops_plain_pairing as _pairing

anchors = _work.anchors
count_grams = _work.count_grams
counts_in = _work.counts_in
pair_keys = _work.pair_keys
pair_sizes = _work.pair_sizes
runs_of = _work.runs_of
weigh = _work.weigh
pair_up = _pairing.pair_up
look_at = _pairing.look_at
near_others = _asking.near_others
close_pairs = _asking.close_pairs

_BLOCK_BITS = 8


def block_table(starts: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the document in which each block of 256 units begins: a quick way to a unit's one."""
    first = np.arange(0, int(starts[-1]) + (1 << _BLOCK_BITS), 1 << _BLOCK_BITS)
    return (np.searchsorted(starts, first, side="right") - 1).astype(np.int32)
