"""Documents → the passages that any two of them share."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap.basis import Basis
from luoshi.core.overlap.clumps import LONGEST
from luoshi.core.overlap.hits import find_hits
from luoshi.core.overlap.judging import judge
from luoshi.core.overlap.model import DEFAULTS, Corpus, Passage, Tuning

Keys = NDArray[np.uint64]


def compare(
    corpus: Corpus,
    *,
    tuning: Tuning = DEFAULTS,
    known: Corpus | None = None,
    basis: Basis | None = None,
    first_of_new: int = 0,
    threads: int = 2,
) -> list[Passage]:
    """Return the passages that documents of a corpus share, sorted by documents and place.

    ``known``: boilerplate, which tells nothing. ``basis``: what is frequent, where it is not
    counted in the corpus itself. ``first_of_new``: report only pairs whose later
    document is at least this one (new documents against an archive).
    """
    if len(corpus) < 2 or not len(corpus.units):
        return []
    least = 2 if basis is None else 0
    basis = basis or Basis.of(corpus, known)
    with ThreadPoolExecutor(max(1, threads)) as pool:
        pairs, places = find_hits(corpus, basis, tuning, first_of_new, pool, least)
        return judged(corpus, basis, tuning, pairs, places, pool)


def judged(
    corpus: Corpus,
    basis: Basis,
    tuning: Tuning,
    pairs: Keys,
    places: Keys,
    pool: ThreadPoolExecutor,
) -> list[Passage]:
    """Return the passages around hits (`hits.find_hits`)."""
    setting = (
        corpus.units, corpus.starts, basis.three, basis.four, basis.logs(tuning),
        tuning.near, LONGEST, basis.threshold(tuning),
    )  # fmt: skip
    tasks = [
        pool.submit(judge, pairs[low:high], places[low:high], *setting)
        for low, high in _shares(pairs, 16)
    ]
    rows = np.concatenate([task.result() for task in tasks])
    return _merged(_passages(rows, tuning))


def _shares(pairs: Keys, number: int) -> list[tuple[int, int]]:
    """Return spans of about one size that part no pair of documents."""
    cuts = np.searchsorted(pairs, pairs[np.linspace(0, len(pairs) - 1, number + 1).astype(int)[1:-1]]) \
        if len(pairs) else np.zeros(0, np.int64)  # fmt: skip
    edges = np.unique(np.concatenate([[0], cuts, [len(pairs)]])).tolist()
    return list(pairwise(edges)) or [(0, 0)]


def _passages(rows: NDArray[np.int64], tuning: Tuning) -> list[Passage]:
    """Return those of the found that are long enough and share enough."""
    found = []
    for a, b, a_start, a_end, b_start, b_end, bits, of_a, of_b in rows.tolist():
        share = min(of_a / (a_end - a_start), of_b / (b_end - b_start))
        if min(a_end - a_start, b_end - b_start) >= tuning.units and share >= tuning.covered:
            share = round(min(1.0, share), 3)
            found.append(Passage(a, b, a_start, a_end, b_start, b_end, share, round(bits / 16, 1)))
    return sorted(found)


def _merged(found: list[Passage]) -> list[Passage]:
    """Make one of passages of a pair that overlap on both sides: parts of one long copy."""
    kept: list[Passage] = []
    for one in found:
        last = kept[-1] if kept else None
        if (
            last is None
            or (last.a, last.b) != (one.a, one.b)
            or one.a_start > last.a_end
            or one.b_start > last.b_end
            or last.b_start > one.b_end
        ):
            kept.append(one)
            continue
        before, after = last.a_end - last.a_start, one.a_end - one.a_start
        share = (last.covered * before + one.covered * after) / (before + after)
        kept[-1] = Passage(
            one.a, one.b, last.a_start, max(last.a_end, one.a_end),
            min(last.b_start, one.b_start), max(last.b_end, one.b_end),
            round(share, 3), max(last.bits, one.bits),
        )  # fmt: skip
    return kept
