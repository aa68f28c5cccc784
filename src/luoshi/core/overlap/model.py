"""What is compared, how, and what is found."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap.folding import Units


@dataclass(frozen=True, slots=True)
class Tuning:
    """When a passage is one. Found on generated batches (benchmarks/overlap_make.py).

    ``grams``: units of the grams that bring documents together, each longer one used where the
    one before is too frequent. ``paired``: in how many documents a gram may be and still bring
    each together with each (for the largest and the smallest corpora, by ``pairs``: hits that
    may be made in all); the longest, in up to ``most``, bring together neighbours. ``near``: units between two hits of one clump; ``hits``: how
    many make a clump. ``usual``: the share of the documents in which what stands there is
    nothing special any more, at most ``usual_most`` documents. ``margin``: bits beyond chance
    that a passage must have, and ``least`` in any corpus; ``units``: its least length; ``covered``: the share of its units
    that must stand in the other one.
    """

    grams: tuple[int, ...] = (4, 5, 6, 8, 11, 16)
    most: int = 200
    paired: tuple[int, int] = (8, 64)
    pairs: int = 60_000_000
    near: int = 64
    hits: int = 3
    usual: float = 0.02
    usual_most: float = 30.0
    quick: float = 0.7
    margin: float = 38.0
    least: float = 72.0
    units: int = 18
    covered: float = 0.3

    def all_pairs(self, units: int) -> int:
        """Return up to how many documents of a gram each is paired with each."""
        low, high = self.paired
        return min(max(self.pairs // max(1, units), low), high)

    def unusual(self, documents: int) -> float:
        """Return how many occurrences elsewhere make a passage half as telling."""
        return min(max(1.0, self.usual * documents), self.usual_most)

    def threshold(self, units: int) -> float:
        """Return the bits a passage needs: chance in all windows of the corpus, and the margin."""
        chance = 2 * max(0.0, log2(max(1, units) / 64)) - 1
        return max(self.least, chance + self.margin)


DEFAULTS = Tuning()


@dataclass(frozen=True, slots=True)
class Corpus:
    """Folded documents in one row: ``units`` with a 0 after each, ``starts`` where each begins.

    ``starts`` has one number more than there are documents.
    """

    units: Units
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.starts) - 1

    @classmethod
    def of(cls, documents: list[Units]) -> Corpus:
        """Return the corpus of folded documents."""
        lengths = np.fromiter((len(d) + 1 for d in documents), np.int64, len(documents))
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
        units = np.zeros(int(starts[-1]), np.uint16)
        for document, start in zip(documents, starts, strict=False):
            units[start : start + len(document)] = document
        return cls(units, starts)


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A passage that documents ``a`` < ``b`` share: half-open spans of their units.

    ``covered``: the smaller share of the two sides' units that stand in the other one;
    ``bits``: how telling what they have in common is.
    """

    a: int
    b: int
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    covered: float
    bits: float
