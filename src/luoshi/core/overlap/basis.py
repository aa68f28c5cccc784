"""What is known of a corpus before it is searched: how frequent each gram is, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap.counts import FOUR, Counts, Table
from luoshi.core.overlap.model import Corpus, Tuning
from luoshi.core.overlap.scoring import SHORT

Logs = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]

_UNIT_BITS = 6  # what a unit tells where nothing is known of it
_GAPS = 4_096


@dataclass(frozen=True, slots=True)
class Basis:
    """How often what stands in a corpus of so many ``documents`` and ``units``.

    An index keeps the one it was built on: what an anchor is must not change while documents
    are added.
    """

    documents: int
    units: int
    three: Table
    four: Table

    @classmethod
    def of(cls, corpus: Corpus, known: Corpus | None = None) -> Self:
        """Count a corpus, and ``known`` boilerplate as if very many documents had it."""
        return cls.of_many([corpus], len(corpus.units), known)

    @classmethod
    def of_many(cls, corpora: Iterable[Corpus], units: int, known: Corpus | None = None) -> Self:
        """Count corpora that come one after the other, of so many ``units`` together."""
        documents = 0

        def counted() -> Iterator[Corpus]:
            nonlocal documents
            for corpus in corpora:
                documents += len(corpus)
                yield corpus

        tables = Counts.of(counted(), units, known).tables
        return cls(documents, units, tables[SHORT], tables[FOUR])

    def logs(self, tuning: Tuning) -> Logs:
        """Return sixteenths of bits by count, of three units, of four, of a first three; by gap."""
        return _logs(tuning.unusual(self.documents), self.units)

    def anchor_bits(self, tuning: Tuning) -> int:
        """Return the sixteenths of bits that an anchor must tell."""
        return round(16 * tuning.anchor_bits(self.units))

    def threshold(self, tuning: Tuning) -> int:
        """Return the sixteenths of bits that a passage must tell."""
        return round(16 * tuning.threshold(self.units))


@cache
def _logs(unusual: float, units: int) -> Logs:
    """Return the tables of `Basis.logs`.

    The two occurrences that are compared do not count; ``unusual`` occurrences elsewhere of
    nothing but chance are added, of which one in 2**6 goes on with a given unit.
    """
    elsewhere = np.maximum(np.arange(65_536, dtype=np.float64) - 2, 0)
    three = np.log2(elsewhere + unusual)
    four = np.log2(elsewhere + unusual * 2.0**-_UNIT_BITS)
    first = np.log2(max(units, 2)) - np.log2(elsewhere + 1)
    gap = np.log2(1 + np.arange(_GAPS, dtype=np.float64))

    def whole(table: NDArray[np.float64]) -> NDArray[np.int64]:
        return np.rint(16 * table).astype(np.int64)

    return whole(three), whole(four), whole(first), whole(gap)
