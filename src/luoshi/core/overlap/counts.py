"""How often each gram stands in a corpus: tables of counters addressed by hash."""

from __future__ import annotations

from collections.abc import Iterable
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
    def of(cls, corpora: Iterable[Corpus], units: int, known: Corpus | None = None) -> Self:
        """Count the grams of corpora of so many ``units``, and many times those of ``known``."""
        wanted = np.ceil(np.log2(2 * units + 1))
        largest = {SHORT: _LARGEST_SHORT, FOUR: _LARGEST}
        tables = {
            length: np.zeros(1 << int(np.clip(wanted, _SMALLEST, most)), np.uint16)
            for length, most in largest.items()
        }
        with ThreadPoolExecutor(len(tables)) as pool:

            def count(corpus: Corpus, by: int) -> None:
                each = [
                    pool.submit(loops.count_grams, corpus.units, length, table, by)
                    for length, table in tables.items()
                ]
                for one in each:
                    one.result()

            for corpus in corpora:
                count(corpus, 1)
            if known is not None:
                count(known, KNOWN)
        return cls(tables)
