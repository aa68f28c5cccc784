"""The compiled loops and those of NumPy give the same, whatever the texts."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.overlap import hits, loops, loops_compiled, loops_plain, loops_plain_pairing
from luoshi.core.overlap import loops_pairing as pairing
from luoshi.core.overlap.basis import Basis
from luoshi.core.overlap.jit import COMPILED
from luoshi.core.overlap.model import Corpus, Tuning

# Few letters, so that much is equal; weak anchors, so that small texts have some.
UNITS = st.lists(st.integers(1, 5), max_size=60).map(lambda units: np.array(units, np.uint16))
TEXTS = st.lists(UNITS, min_size=2, max_size=6)
TUNING = Tuning(bits_least=6.0, kept=200, reach=30)


def test_numba_is_there():
    assert COMPILED, "without it the tests of this file compare nothing"


@given(UNITS, UNITS)
def test_runs(a, b):
    assert loops_compiled.runs_of(a, b, 3).tolist() == loops_plain.runs_of(a, b, 3).tolist()


def searched(monkeypatch, texts, plain):
    work, pair = (loops_plain, loops_plain_pairing) if plain else (loops_compiled, pairing)
    for name in ("weigh", "pair_sizes", "pair_keys", "anchors", "count_grams"):
        monkeypatch.setattr(loops, name, getattr(work, name))
    for name in ("pair_up", "look_at"):
        monkeypatch.setattr(loops, name, getattr(pair, name))
    corpus = Corpus.of(texts)
    basis = Basis.of(corpus)
    with ThreadPoolExecutor(2) as pool:
        weights = hits.weigh(corpus, basis, TUNING, 1, pool)
        found = hits.find_hits(corpus, basis, TUNING, 0, pool)
    at, hashes = loops.anchors(corpus.units, weights, 0, len(corpus.units))
    looked = loops.look_at(
        at, np.zeros_like(at), corpus.units, weights, corpus.starts,
        loops.block_table(corpus.starts), texts[0], basis.three, basis.logs(TUNING)[2],
    )  # fmt: skip
    everything = (basis.three, basis.four, weights, *found, at, hashes, looked)
    return [np.asarray(one).tolist() for one in everything]


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_all_that_is_found(texts):
    with pytest.MonkeyPatch.context() as patch:
        compiled = searched(patch, texts, plain=False)
        assert searched(patch, texts, plain=True) == compiled


def test_there_is_something_to_find(monkeypatch):
    texts = [np.random.default_rng(n).integers(1, 3_000, 200).astype(np.uint16) for n in range(5)]
    texts[3][40:120] = texts[1][100:180]
    compiled = searched(monkeypatch, texts, plain=False)
    assert len(compiled[3]) > 0
    assert searched(monkeypatch, texts, plain=True) == compiled
