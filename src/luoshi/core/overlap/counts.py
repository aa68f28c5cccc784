"""How often each gram stands in a corpus: tables of counters addressed by hash."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap import loops
from luoshi.core.overlap.model import Corpus
from luoshi.core.overlap.scoring import SHORT

Table = NDArray[np.uint16]

_SMALLEST, _LARGEST, _LARGEST_SHORT = 16, 27, 24  # powers of two: counters
FOUR = 4
KNOWN = 2_000


@dataclass(frozen=True, slots=True)
class Counts:
    """Tables by length of gram. Two grams in one place count together: never too few."""

    tables: dict[int, Table]

    @classmethod
    def of(cls, corpus: Corpus, known: Corpus | None = None) -> Self:
        """Count the grams of a corpus, and many times those of ``known`` boilerplate."""
        wanted = np.ceil(np.log2(2 * len(corpus.units) + 1))

        def counted(length: int, largest: int) -> Table:
            table = np.zeros(1 << int(np.clip(wanted, _SMALLEST, largest)), np.uint16)
            loops.count_grams(corpus.units, length, table, 1)
            if known is not None:
                loops.count_grams(known.units, length, table, KNOWN)
            return table

        with ThreadPoolExecutor(2) as pool:
            four = pool.submit(counted, FOUR, _LARGEST)
            three = pool.submit(counted, SHORT, _LARGEST_SHORT)
            return cls({SHORT: three.result(), FOUR: four.result()})
