"""One new document against an archive finds what comparing everything finds."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.overlap import compare, loops, loops_asking, loops_plain_asking
from luoshi.core.overlap.asking import Segment, ask
from luoshi.core.overlap.basis import Basis
from luoshi.core.overlap.model import Corpus, Tuning

TUNING = Tuning(bits_least=6.0, least=30.0, margin=10.0, kept=160, units=8, paired=(3, 3), most=6)


def documents(seed, number, letters, length):
    """Return texts that have pieces of each other, some of them turned around."""
    rng = np.random.default_rng(seed)
    texts = [rng.integers(1, letters, length).astype(np.uint16) for _ in range(number)]
    for _ in range(2 * number):
        a, b = rng.integers(0, number, 2)
        size = int(rng.integers(12, length // 2))
        here, there = rng.integers(0, length - size, 2)
        piece = texts[a][here : here + size].copy()
        piece[rng.random(size) < 0.1] = 7
        if rng.random() < 0.3:
            piece = np.concatenate([piece[size // 2 :], piece[: size // 2]])
        texts[b][there : there + size] = piece
    return texts


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 10_000), st.integers(2, 9), st.sampled_from([5, 40, 3_000]),
    st.sampled_from([90, 400]), st.integers(1, 4), st.data(),
)  # fmt: skip
def test_asking_finds_what_comparing_does(seed, number, letters, length, pieces, data):
    *kept, new = documents(seed, number + 1, letters, length)
    basis = Basis.of(Corpus.of(kept[: max(1, number // 2)]))
    cuts = sorted(data.draw(st.lists(st.integers(0, number), max_size=pieces)))
    parts = [kept[low:high] for low, high in zip([0, *cuts], [*cuts, number], strict=True)]
    segments = [Segment.of(Corpus.of(part), basis, TUNING) for part in parts]
    everything = compare(Corpus.of([*kept, new]), tuning=TUNING, basis=basis, first_of_new=number)
    assert ask(segments, basis, TUNING, new) == everything
    gone = data.draw(st.sets(st.integers(0, number - 1)))
    begin, without = 0, []
    for segment in segments:
        inside = {one - begin for one in gone if begin <= one < begin + len(segment.corpus)}
        without.append(replace(segment, removed=frozenset(inside)))
        begin += len(segment.corpus)
    left = [one for one in range(number) if one not in gone]
    rest = compare(
        Corpus.of([*(kept[one] for one in left), new]),
        tuning=TUNING, basis=basis, first_of_new=len(left),
    )  # fmt: skip
    named = [replace(one, a=left[one.a], b=number) for one in rest]
    assert ask(without, basis, TUNING, new) == named


def test_there_is_something_to_find():
    found = []
    for seed in range(5):
        *kept, new = documents(seed, 6, 3_000, 400)
        basis = Basis.of(Corpus.of(kept))
        found += ask([Segment.of(Corpus.of(kept), basis, TUNING)], basis, TUNING, new)
    assert len(found) >= 5


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([5, 3_000]))
def test_numpy_alone_finds_the_same(seed, letters):
    *kept, new = documents(seed, 5, letters, 200)
    basis = Basis.of(Corpus.of(kept))
    segments = [Segment.of(Corpus.of(kept), basis, TUNING)]
    both = []
    for work in (loops_asking, loops_plain_asking):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(loops, "near_others", work.near_others)
            patch.setattr(loops, "close_pairs", work.close_pairs)
            both.append(ask(segments, basis, TUNING, new))
    assert both[0] == both[1]


def test_nothing_to_ask_and_nobody_to_ask():
    basis = Basis.of(Corpus.of([np.arange(1, 90, dtype=np.uint16)]))
    empty = np.empty(0, np.uint16)
    assert ask([], basis, TUNING, np.arange(1, 90, dtype=np.uint16)) == []
    segment = Segment.of(Corpus.of([empty, empty]), basis, TUNING)
    assert ask([segment], basis, TUNING, empty) == []
    assert ask([segment], basis, TUNING, np.arange(1, 90, dtype=np.uint16)) == []
