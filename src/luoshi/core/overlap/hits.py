"""Where two documents have the same telling gram.

The grams are taken in parts by their hash, so that memory stays bounded whatever the number of
documents. Of a large corpus each part is sorted and read once to count how many hits fall
together, and once more to keep those that do. Counting is by a table of small counters; one
that two keys share keeps a few hits too many, never one too few.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap import loops
from luoshi.core.overlap.model import Corpus, Tuning

Keys = NDArray[np.uint64]

_PART_UNITS = 1 << 22
_TOGETHER = 8
_COUNTED = 1 << 23  # units from which hits are counted first
_LARGEST = 1 << 28
_EVERY_HIT = np.zeros(1, np.uint8)


def find_hits(corpus: Corpus, tuning: Tuning, first_of_new: int = 0) -> tuple[Keys, Keys]:
    """Return the hits (that lie close to others), sorted by document pair.

    ``first_of_new``: only pairs whose later document is at least this one. A hit is
    ``a << 32 | b`` and ``place in a << 36 | place in b << 8``.
    """
    search = _Search(corpus, tuning, first_of_new)
    counters, least = _EVERY_HIT, 1
    if len(corpus.units) >= _COUNTED:
        size = 1 << int(np.ceil(np.log2(4 * len(corpus.units))))
        counters, least = np.zeros(min(size, _LARGEST), np.uint8), tuning.hits
        for _ in search.hits(counters, 0):
            pass
    found = list(search.hits(counters, least))
    pair = np.concatenate([pairs for pairs, _ in found])
    place = np.concatenate([places for _, places in found])
    order = np.argsort(pair)
    return pair[order], place[order]


class _Search:
    """Goes through all grams of a corpus, part by part."""

    def __init__(self, corpus: Corpus, tuning: Tuning, first_of_new: int) -> None:
        self.corpus, self.tuning, self.first_of_new = corpus, tuning, first_of_new
        self.blocks = loops.block_table(corpus.starts)
        self.paired = tuning.all_pairs(len(corpus.units))
        self.bits = max(0, int(np.ceil(np.log2(max(1, len(corpus.units) / _PART_UNITS)))))

    def hits(self, counters: NDArray[np.uint8], least: int) -> Iterator[tuple[Keys, Keys]]:
        """Give the hits of one part of the grams after the other (see `loops.hits`)."""
        units, starts = self.corpus.units, self.corpus.starts
        for part in self._parts():
            keys = part
            for length in self.tuning.grams:
                last = length == self.tuning.grams[-1]
                if length != self.tuning.grams[0]:
                    keys = loops.lengthened(keys, units, length)
                    keys.sort()
                limit, reach = (self.tuning.most, 1) if last else (self.paired, self.paired)
                pairs, places, keys = loops.hits(
                    keys, units, starts, self.blocks, length, limit, reach,
                    self.first_of_new, counters, least, last,
                )  # fmt: skip
                yield pairs, places

    def _parts(self) -> Iterator[Keys]:
        """Give the shortest grams, sorted, in parts; the next is made while one is used."""

        def make(first: int) -> list[Keys]:
            made: list[Keys] = loops.collect(
                self.corpus.units, self.bits, first, min(_TOGETHER, 1 << self.bits)
            )
            for part in made:
                part.sort()
            return made

        numbers = list(range(0, 1 << self.bits, _TOGETHER))
        with ThreadPoolExecutor(1) as pool:
            coming = pool.submit(make, numbers[0])
            for following in [*numbers[1:], None]:
                made = coming.result()
                if following is not None:
                    coming = pool.submit(make, following)
                yield from made
