"""One new document against documents whose anchors are kept sorted: what `compare` would find.

An archive is a row of segments. Where `compare` makes pairs of anchors of every document, here
the anchors of the new one are looked up one by one, and only what two of them brought close
together in both is a pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap import loops
from luoshi.core.overlap.basis import Basis
from luoshi.core.overlap.compare import judged
from luoshi.core.overlap.folding import Units
from luoshi.core.overlap.hits import Keys, Weights, weigh
from luoshi.core.overlap.model import Corpus, Passage, Tuning
from luoshi.core.overlap.places import cells, distinct

Whole = NDArray[np.int64]

MOST_UNITS = 1 << 32  # of a segment: a key keeps its place in 32 bits
_PLACE = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Segment:
    """Documents with what is known of them: weights by unit, sorted keys of their anchors.

    A key is the upper half of an anchor's hash, and its place. ``removed``: numbers of documents
    that count no more.
    """

    corpus: Corpus
    weights: Weights
    keys: Keys
    blocks: NDArray[np.int32]
    removed: frozenset[int] = frozenset()

    @classmethod
    def of(cls, corpus: Corpus, basis: Basis, tuning: Tuning) -> Segment:
        """Find the anchors of documents."""
        with ThreadPoolExecutor(2) as pool:
            weights = weigh(corpus, basis, tuning, 0, pool)
        places, hashes = loops.anchors(corpus.units, weights, 0, len(corpus.units))
        keys = (hashes >> _PLACE << _PLACE) | places.astype(np.uint64)
        keys.sort()
        return cls(corpus, weights, keys, loops.block_table(corpus.starts))


@dataclass(frozen=True, slots=True)
class _Rows:
    """Pairs of anchors of the new document that stand in one of a segment."""

    keys: Keys
    documents: Whole
    places: Whole


def ask(
    segments: Sequence[Segment], basis: Basis, tuning: Tuning, units: Units, threads: int = 2
) -> list[Passage]:
    """Return the passages that a new document shares with those of the segments.

    ``a`` of a passage counts the documents of all segments, ``b`` is their number.
    """
    new = Corpus.of([units])
    weights = weigh(new, basis, tuning, 0)
    at, hashes = loops.anchors(new.units, weights, 0, len(new.units))
    own, own_first = _own_pairs(at, hashes, weights, tuning)
    offsets = np.cumsum([0, *(len(segment.corpus) for segment in segments)])
    with ThreadPoolExecutor(max(1, threads)) as pool:
        rows = list(pool.map(lambda one: _paired(one, at, hashes, weights, tuning.reach), segments))
        kept = _chosen(rows, offsets, tuning, basis.units)
        hits = []
        for segment, offset, found in zip(segments, offsets.tolist(), kept, strict=False):
            q = own_first[np.searchsorted(own, found.keys)]
            hits.append(_hits(segment, offset, found, q, units, basis, tuning))
        return _judged(segments, offsets, np.concatenate(hits), units, basis, tuning, pool) \
            if hits else []  # fmt: skip


def _own_pairs(at: Whole, hashes: Keys, weights: Weights, tuning: Tuning) -> tuple[Keys, Whole]:
    """Return the keys of the pairs of the new document, and where each first stands."""
    first, second = loops.close_pairs(at, at, weights, weights, tuning.reach)
    keys = hashes[first] + hashes[second]
    order = np.lexsort((at[first], keys))
    keys, places = keys[order], at[first][order]
    fresh = np.ones(len(keys), bool)
    fresh[1:] = keys[1:] != keys[:-1]
    return keys[fresh], places[fresh]


def _paired(segment: Segment, at: Whole, hashes: Keys, weights: Weights, reach: int) -> _Rows:
    """Return the pairs of anchors that stand close together in the new document and in another."""
    upper = hashes >> _PLACE << _PLACE
    low = np.searchsorted(segment.keys, upper)
    high = np.searchsorted(segment.keys, upper | np.uint64(0xFFFFFFFF), side="right")
    places, which = loops.near_others(segment.keys, low, high, at, reach, len(segment.corpus.units))
    first, second = loops.close_pairs(places, at[which], segment.weights, weights, reach)
    documents = np.searchsorted(segment.corpus.starts, places[first], side="right") - 1
    apart = places[second] < segment.corpus.starts[documents + 1]
    if segment.removed:
        apart &= ~np.isin(documents, list(segment.removed))
    first, second, documents = first[apart], second[apart], documents[apart]
    return _Rows(hashes[which[first]] + hashes[which[second]], documents, places[first])


def _chosen(rows: list[_Rows], offsets: Whole, tuning: Tuning, units: int) -> list[_Rows]:
    """Return of each key and document the first place, of a frequent key its last document."""
    if not rows:
        return []
    keys = np.concatenate([one.keys for one in rows])
    documents = np.concatenate(
        [one.documents + offset for one, offset in zip(rows, offsets, strict=False)]
    )
    places = np.concatenate([one.places for one in rows])
    order = np.lexsort((places, documents, keys))
    keys, documents, places = keys[order], documents[order], places[order]
    fresh = np.ones(len(keys), bool)
    fresh[1:] = (keys[1:] != keys[:-1]) | (documents[1:] != documents[:-1])
    keys, documents, places = keys[fresh], documents[fresh], places[fresh]
    _, run, many = np.unique(keys, return_inverse=True, return_counts=True)
    of = many[run] + 1  # the new one has it too
    last = np.ones(len(keys), bool)
    last[:-1] = keys[1:] != keys[:-1]
    kept = (of <= tuning.all_pairs(units)) | ((of <= tuning.most) & last)
    keys, documents, places = keys[kept], documents[kept], places[kept]
    segment = np.searchsorted(offsets, documents, side="right") - 1
    return [
        _Rows(keys[of_it], documents[of_it] - offsets[number], places[of_it])
        for number in range(len(rows))
        for of_it in [segment == number]
    ]


def _hits(
    segment: Segment, offset: int, rows: _Rows, q: Whole, units: Units, basis: Basis, tuning: Tuning
) -> NDArray[np.uint64]:
    """Return document and places (to 32 units) of what has enough in common around it."""
    need = int(tuning.seen * basis.threshold(tuning)) >> 4
    bits = loops.look_at(
        rows.places, q, segment.corpus.units, segment.weights, segment.corpus.starts,
        segment.blocks, units, basis.three, basis.logs(tuning)[2],
    )  # fmt: skip
    enough = bits >= need
    documents = rows.documents[enough]
    a = rows.places[enough] - segment.corpus.starts[documents]
    return np.stack([(documents + offset).astype(np.uint64), cells(a, q[enough])], axis=1)


def _judged(
    segments: Sequence[Segment], offsets: Whole, hits: NDArray[np.uint64], units: Units,
    basis: Basis, tuning: Tuning, pool: ThreadPoolExecutor,
) -> list[Passage]:  # fmt: skip
    """Return the passages around hits: the documents they lie in make a small corpus."""
    if not len(hits):
        return []
    hits = distinct(hits)
    numbers, which = np.unique(hits[:, 0].astype(np.int64), return_inverse=True)
    documents = []
    for number in numbers.tolist():
        of = int(np.searchsorted(offsets, number, side="right")) - 1
        corpus, inside = segments[of].corpus, number - int(offsets[of])
        documents.append(corpus.units[corpus.starts[inside] : corpus.starts[inside + 1] - 1])
    small = Corpus.of([*documents, units])
    pairs = (which.astype(np.uint64) << np.uint64(32)) | np.uint64(len(numbers))
    found = judged(small, basis, tuning, pairs, hits[:, 1], pool)
    return [replace(one, a=int(numbers[one.a]), b=int(offsets[-1])) for one in found]
