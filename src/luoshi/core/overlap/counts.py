"""How often each gram stands in a corpus: tables of counters addressed by hash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap import loops
from luoshi.core.overlap.model import Corpus, Tuning
from luoshi.core.overlap.scoring import SHORT

Table = NDArray[np.uint16]

_SMALLEST, _LARGEST, _LARGEST_SHORT = 16, 27, 24  # powers of two: counters
KNOWN = 2_000


@dataclass(frozen=True, slots=True)
class Counts:
    """Tables by length of gram. Two grams in one place count together: never too few."""

    tables: dict[int, Table]

    @classmethod
    def of(cls, corpus: Corpus, tuning: Tuning, known: Corpus | None = None) -> Self:
        """Count the grams of a corpus, and many times those of ``known`` boilerplate."""
        wanted = np.ceil(np.log2(2 * len(corpus.units) + 1))
        tables = {}
        for length, largest in ((SHORT, _LARGEST_SHORT), (tuning.grams[0], _LARGEST)):
            tables[length] = np.zeros(1 << int(np.clip(wanted, _SMALLEST, largest)), np.uint16)
            loops.count_grams(corpus.units, length, tables[length], 1)
            if known is not None:
                loops.count_grams(known.units, length, tables[length], KNOWN)
        return cls(tables)
