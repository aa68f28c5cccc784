"""Where two documents have the same pair of anchors, and more around it.

An anchor is the shortest run from a unit on that tells a given number of bits: short where the
words are rare, long where everybody writes them. Two anchors close to each other, in whatever
order, are a key; documents with equal keys are looked at around them. Keys are made in rounds,
so that memory stays bounded whatever the number of documents.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap import loops
from luoshi.core.overlap.basis import Basis
from luoshi.core.overlap.model import Corpus, Tuning
from luoshi.core.overlap.places import distinct

Keys = NDArray[np.uint64]
Weights = NDArray[np.uint8]

_SUB_BITS = 4  # parts of a round, sorted and read one by one
_ROUND = 1 << 25  # keys of a round, if a byte of the hash has no more
_BYTES = 256
_SHARES = 4  # parts of a corpus for each thread


def weigh(
    corpus: Corpus, basis: Basis, tuning: Tuning, least: int, pool: ThreadPoolExecutor | None = None
) -> Weights:
    """Return for each unit what it tells and whether an anchor begins there (`loops.weigh`).

    ``least``: how often an anchor must stand in the corpus: 2, where all that may have it are
    counted.
    """
    out = np.zeros(len(corpus.units), np.uint8)
    three, four, first, _ = basis.logs(tuning)

    def share(low: int, high: int) -> None:
        loops.weigh(
            corpus.units, corpus.starts, low, high, basis.three, basis.four, three, four, first,
            basis.anchor_bits(tuning), tuning.longest, tuning.kept, least, out,
        )  # fmt: skip

    edges = np.linspace(0, len(corpus), (1 if pool is None else 16) + 1).astype(int).tolist()
    if pool is None:
        share(edges[0], edges[1])
    else:
        list(pool.map(share, edges[:-1], edges[1:]))
    return out


def find_hits(
    corpus: Corpus,
    basis: Basis,
    tuning: Tuning,
    first_of_new: int,
    pool: ThreadPoolExecutor,
    least: int = 2,
) -> tuple[Keys, Keys]:
    """Return places (to 32 units) that have enough in common, sorted by document pair.

    ``first_of_new``: only pairs whose later document is at least this one. A hit is
    ``a << 32 | b`` and ``place in a << 36 | place in b << 8``.
    """
    search = _Search(corpus, basis, tuning, first_of_new, pool, least)
    found = [search.round(first, last) for first, last in search.rounds()]
    rows = distinct(np.concatenate([np.zeros((0, 2), np.uint64), *found]))
    return rows[:, 0], rows[:, 1]


@dataclass(frozen=True, slots=True)
class _Share:
    """A part of the units, and how many of its keys fall where."""

    begin: int
    end: int
    sizes: NDArray[np.int64]


class _Search:
    """Goes through all keys of a corpus, round by round."""

    def __init__(
        self, corpus: Corpus, basis: Basis, tuning: Tuning, first_of_new: int,
        pool: ThreadPoolExecutor, least: int,
    ) -> None:  # fmt: skip
        self.corpus, self.basis, self.tuning, self.pool = corpus, basis, tuning, pool
        self.first_of_new = first_of_new
        self.weights = weigh(corpus, basis, tuning, least, pool)
        self.blocks = loops.block_table(corpus.starts)
        self.place_bits = max(1, len(corpus.units).bit_length())
        cuts = np.linspace(0, len(corpus), _SHARES * pool._max_workers + 1).astype(int)
        edges = np.unique(corpus.starts[cuts]).tolist()
        self.shares = list(pool.map(self._share, edges[:-1], edges[1:]))

    def _share(self, begin: int, end: int) -> _Share:
        sizes = np.zeros((_BYTES, 1 << _SUB_BITS), np.int64)
        loops.pair_sizes(
            self.corpus.units, self.weights, begin, end, self.tuning.reach, _SUB_BITS, sizes
        )
        return _Share(begin, end, sizes)

    def rounds(self) -> list[tuple[int, int]]:
        """Return the bytes of the hash that are taken together."""
        sizes = sum(share.sizes.sum(1) for share in self.shares)
        out, first, keys = [], 0, 0
        for byte, number in enumerate(sizes.tolist()):
            if keys and keys + number > _ROUND:
                out.append((first, byte))
                first, keys = byte, 0
            keys += number
        return [*out, (first, _BYTES)] if keys else out

    def round(self, first: int, last: int) -> Keys:
        """Return the hits of the keys of some bytes."""
        sizes = np.array([share.sizes[first:last].sum(0) for share in self.shares])
        ends = np.cumsum(sizes.T.ravel()).reshape(sizes.T.shape).T
        keys = np.empty(int(sizes.sum()), np.uint64)

        def fill(share: _Share, begins: NDArray[np.int64]) -> None:
            loops.pair_keys(
                self.corpus.units, self.weights, share.begin, share.end, self.tuning.reach,
                _SUB_BITS, first, last, self.place_bits, begins, keys,
            )  # fmt: skip

        list(self.pool.map(fill, self.shares, ends - sizes))
        edges = [0, *ends[-1].tolist()]
        parts = [keys[low:high] for low, high in pairwise(edges)]
        return np.concatenate(list(self.pool.map(self._pairs_of, parts)))

    def _pairs_of(self, keys: Keys) -> Keys:
        keys.sort()
        need = int(self.tuning.seen * self.basis.threshold(self.tuning)) >> 4
        pairs, places = loops.pair_up(
            keys, self.place_bits, self.corpus.units, self.weights, self.corpus.starts, self.blocks,
            self.tuning.all_pairs(self.basis.units), self.tuning.most, self.first_of_new, self.basis.three,
            self.basis.logs(self.tuning)[2], need,
        )  # fmt: skip
        return np.stack([pairs, places], axis=1)
