"""Places to 32 units, as hits have them: ``place in a << 36 | place in b << 8``."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap.quick import CELL

Keys = NDArray[np.uint64]
Whole = NDArray[np.int64]


def cells(a: Whole, b: Whole) -> Keys:
    """Return places to 32 units, as hits have them."""
    half = 1 << (CELL - 1)
    a_middle = ((a >> CELL) << CELL) + half
    b_middle = np.maximum(0, a_middle + (((b - a) >> CELL) << CELL) + half)
    packed: Keys = (a_middle.astype(np.uint64) << np.uint64(36)) | (
        b_middle.astype(np.uint64) << np.uint64(8)
    )
    return packed


def distinct(rows: Keys) -> Keys:
    """Return the different ones of rows of a pair and a place, sorted."""
    rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
    fresh = np.ones(len(rows), bool)
    fresh[1:] = (rows[1:] != rows[:-1]).any(axis=1)
    return rows[fresh]
