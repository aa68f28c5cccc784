"""Text → what is compared: Han characters, letters and digits, with a way back to the text."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Units = NDArray[np.uint16]
Places = NDArray[np.int64]

_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))
_PRIVATE = 0xE000
_DIGIT = ord("0")


@cache
def _table() -> Units:
    """Return what each character of the basic plane becomes; 0: it is left out."""
    table = np.zeros(0x10000, np.uint16)
    for first, last in _HAN:
        table[first : last + 1] = np.arange(first, last + 1)
    for offset in (0, 0xFEE0):  # full-width forms stand this far above
        table[0x30 + offset : 0x3A + offset] = _DIGIT
        for upper in range(0x41, 0x5B):
            table[upper + offset] = table[upper + 0x20 + offset] = upper + 0x20
    return table


def fold(text: str) -> Units:
    """Return the units of a text: marks and spaces left out, letters small, every digit ``0``.

    Numbers that were exchanged in a copied passage are thus no difference.
    """
    units = _folded(text)
    kept: Units = units[units != 0]
    return kept


def places(text: str) -> Places:
    """Return for each unit of `fold` the index of its character in the text."""
    return np.flatnonzero(_folded(text))


def _folded(text: str) -> Units:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if len(points) and int(points.max()) > 0xFFFF:
        high = points > 0xFFFF
        folded: Units = _table()[np.where(high, 0, points)]
        # A rare Han character keeps a unit of its own: two that fall together do no harm.
        folded[high] = _PRIVATE + (points[high] & 0x17FF).astype(np.uint16)
        return folded
    plain: Units = _table()[points]
    return plain
