"""What is compared, how, and what is found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log2

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap.folding import Units


@dataclass(frozen=True, slots=True)
class Tuning:
    """When a passage is one. Found on generated batches (benchmarks/overlap_make.py).

    ``bits``: what an anchor must tell in a corpus of ``room`` units, half a bit more for each
    doubling beyond: what chance brings together then grows only as the corpus does; ``bits_least``
    in any corpus. ``longest``: units of an anchor at most. ``kept``: how many of 256 anchors are
    looked at. ``reach``: units within which two anchors make a pair. ``paired``: in how many
    documents a pair may be and bring each together with each (for the largest and the smallest
    corpora, by ``pairs``: hits that may be made in all); in up to ``most``, neighbours.
    ``seen``: the share of the bits of a passage that a quick look must find.
    ``near``: units between two places of one clump. ``usual``: the share of the documents in
    which what stands there is nothing special any more, at most ``usual_most`` documents.
    ``margin``: bits beyond chance that a passage must have, and ``least`` in any corpus;
    ``units``: its least length; ``covered``: the share of its units that must stand in the
    other one.
    """

    bits: float = 13.65
    bits_least: float = 8.0
    room: int = 1 << 22
    longest: int = 24
    kept: int = 85
    reach: int = 40
    paired: tuple[int, int] = (8, 64)
    pairs: int = 16_000_000
    most: int = 200
    seen: float = 0.6
    near: int = 96
    usual: float = 0.02
    usual_most: float = 30.0
    margin: float = 38.0
    least: float = 72.0
    units: int = 18
    covered: float = 0.3

    def all_pairs(self, units: int) -> int:
        """Return up to how many documents with a pair of anchors each is paired with each."""
        low, high = self.paired
        return min(max(self.pairs // max(1, units), low), high)

    def anchor_bits(self, units: int) -> float:
        """Return what an anchor must tell in a corpus."""
        beyond = log2(max(1, units) / self.room)
        return max(self.bits_least, self.bits + (beyond / 2 if beyond > 0 else beyond))

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
        return cls.gathered(documents, sum(map(len, documents)) + len(documents))

    @classmethod
    def gathered(cls, documents: Iterable[Units], room: int) -> Corpus:
        """Return the corpus of documents that come one by one, with room for all and a 0 each."""
        units = np.zeros(room, np.uint16)
        starts = [0]
        for document in documents:
            begin = starts[-1]
            units[begin : begin + len(document)] = document
            starts.append(begin + len(document) + 1)
        return cls(units[: starts[-1]], np.array(starts, np.int64))


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
