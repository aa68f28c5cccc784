"""One program on one batch, in a process of its own: what it reports, how long it takes.

python benchmarks/overlap_peer.py TOOL DIR [--rank]

Writes JSON: seconds, peak memory, ``passages`` (a, b, spans, score), and with ``--rank`` ``pairs``
(a, b, score) instead. Settings were chosen on a batch of another seed (docs/benchmarks-overlap.md).
"""

from __future__ import annotations

import argparse
import io
import json
import re
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

Passage = tuple[int, int, int, int, int, int, float]
Pair = tuple[int, int, float]

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_MARKS = re.compile(r"\W+")
SHINGLE, PERMUTATIONS, ALIKE = 2, 128, 0.5  # of sentences
DOCUMENT_SHINGLE = 5
KGRAM, WINDOW = 16, 4  # copydetect
SHORTEST = 16  # characters that the suffix array reports
BLOCK, CAP = 12, 40.0  # difflib: characters of a block, seconds


def shingles(text: str, size: int) -> set[str]:
    """Return the grams of a text without marks."""
    plain = _MARKS.sub("", text)
    return {plain[i : i + size] for i in range(max(1, len(plain) - size + 1))}


def sentences(texts: list[str]) -> list[tuple[int, int, int, str]]:
    """Return document, start, end and words of each sentence of twelve characters and more."""
    return [
        (number, *found.span(), found[0])
        for number, text in enumerate(texts)
        for found in _SENTENCE.finditer(text)
        if len(found[0]) >= 12
    ]


def luoshi(texts: list[str]) -> list[Passage]:
    from luoshi.core.overlap.texts import shared_passages

    found = shared_passages(texts)
    return [(s.a, s.b, *s.a_span, *s.b_span, s.bits) for s in found]


def _of_sentences(
    texts: list[str], alike: Callable[[list[set[str]]], Iterable[tuple[int, int]]]
) -> list[Passage]:
    """Return sentences that MinHash finds alike; what more than ten documents have is common."""
    rows = sentences(texts)
    pairs = [
        (i, j)
        for i, j in alike([shingles(row[3], SHINGLE) for row in rows])
        if rows[i][0] != rows[j][0]
    ]
    often = Counter(i for pair in pairs for i in pair)
    out = []
    for i, j in pairs:
        if max(often[i], often[j]) <= 10:
            (a, a0, a1, _), (b, b0, b1, _) = sorted((rows[i], rows[j]))
            out.append((a, b, a0, a1, b0, b1, float(min(a1 - a0, b1 - b0))))
    return out


def datasketch(texts: list[str]) -> list[Passage]:
    from datasketch import MinHash, MinHashLSH

    def alike(sets: list[set[str]]) -> Iterable[tuple[int, int]]:
        hashes = MinHash.bulk([[w.encode() for w in s] for s in sets], num_perm=PERMUTATIONS)
        index = MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS)
        for number, made in enumerate(hashes):
            for other in index.query(made):
                if made.jaccard(hashes[other]) >= ALIKE:
                    yield other, number
            index.insert(number, made)

    return _of_sentences(texts, alike)


def rensa(texts: list[str]) -> list[Passage]:
    from rensa import RMinHash, RMinHashLSH

    def alike(sets: list[set[str]]) -> Iterable[tuple[int, int]]:
        index = RMinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS, num_bands=32)
        made = []
        for number, words in enumerate(sets):
            one = RMinHash(num_perm=PERMUTATIONS, seed=42)
            one.update(sorted(words))
            made.append(one)
            for other in index.query(one):
                if one.jaccard(made[other]) >= ALIKE:
                    yield other, number
            index.insert(number, one)

    return _of_sentences(texts, alike)


def many(documents: int) -> int:
    """Return in how many documents a thing is common: the peers are given what is to be subtracted."""
    return max(3, documents // 50)


def copydetect(texts: list[str]) -> list[Passage]:
    out: list[Passage] = []
    for a, b, overlap, slices in _copydetected(texts):
        if not overlap:
            continue
        mine, theirs = (list(zip(*side.tolist(), strict=True)) for side in slices)
        # It tells where each side has copied text, not which belongs to which.
        for low, high in mine:
            grams = {texts[a][i : i + KGRAM] for i in range(low, high - KGRAM + 1)}
            out += [
                (a, b, low, high, start, end, float(overlap))
                for start, end in theirs
                if any(texts[b][i : i + KGRAM] in grams for i in range(start, end - KGRAM + 1))
            ]
    return out


def _copydetected(texts: list[str]) -> Iterable[tuple[int, int, int, Any]]:
    import numpy as np
    from copydetect import CodeFingerprint, compare_files

    def prints(boilerplate: Any) -> list[Any]:
        return [
            CodeFingerprint(
                f"{n}.txt", KGRAM, WINDOW, boilerplate, filter=False, fp=io.StringIO(text)
            )
            for n, text in enumerate(texts)
        ]

    often = Counter(h for one in prints([]) for h in one.hashes)
    made = prints(np.array([h for h, count in often.items() if count > many(len(texts))]))
    for a, b in combinations(range(len(texts)), 2):
        overlap, _, slices = compare_files(made[a], made[b])
        yield a, b, int(overlap), slices


def suffix_array(texts: list[str]) -> list[Passage]:
    """Return the longest repeats of neighbours in the suffix array of all texts."""
    import numpy as np
    from pydivsufsort import divsufsort, kasai

    codes = [np.frombuffer(t.encode("utf-32-le"), np.uint32).astype(np.int64) for t in texts]
    # A character of its own after each text: no repeat goes beyond it.
    ends = [np.array([0x110000 + n]) for n in range(len(texts))]
    row = np.concatenate([part for pair in zip(codes, ends, strict=True) for part in pair])
    _, row = np.unique(row, return_inverse=True)
    row = np.ascontiguousarray(row.astype(np.int64))
    array = divsufsort(row).astype(np.int64)
    common = np.asarray(kasai(row, array.astype(np.int64)))
    starts = np.cumsum([0, *(len(c) + 1 for c in codes)])
    document = np.searchsorted(starts, array, side="right") - 1
    # Suffixes that begin alike stand together: how many documents have that beginning.
    runs = np.cumsum(np.concatenate([[True], common[:-1] < SHORTEST]))
    held = np.unique(np.stack([runs, document]), axis=1)[0]
    often = np.bincount(held, minlength=int(runs[-1]) + 1)[runs]
    best: dict[tuple[int, int, int], tuple[int, Passage]] = {}
    for k in np.flatnonzero((common[:-1] >= SHORTEST) & (often[:-1] <= many(len(texts)))).tolist():
        i, j, length = int(array[k]), int(array[k + 1]), int(common[k])
        a, b = int(document[k]), int(document[k + 1])
        if a == b:
            continue
        if a > b:
            i, j, a, b = j, i, b, a
        found = (
            a,
            b,
            i - starts[a],
            i - starts[a] + length,
            j - starts[b],
            j - starts[b] + length,
            length,
        )
        # All suffixes of one repeat end in one place: the longest tells it.
        key = (a, b, int(found[3]))
        if key not in best or best[key][0] < length:
            best[key] = (length, tuple(map(int, found)))  # type: ignore[assignment]
    return [found for _, found in best.values()]


def difflib(texts: list[str]) -> list[Passage]:
    from difflib import SequenceMatcher

    out: list[Passage] = []
    began = time.monotonic()
    pairs = list(combinations(range(len(texts)), 2))
    for done, (a, b) in enumerate(pairs):
        if time.monotonic() - began > CAP:
            print(json.dumps({"done": done / len(pairs)}), file=sys.stderr)
            break
        for i, j, size in SequenceMatcher(
            None, texts[a], texts[b], autojunk=False
        ).get_matching_blocks():
            if size >= BLOCK:
                out.append((a, b, i, i + size, j, j + size, float(size)))
    return out


def _summed(passages: list[Passage]) -> list[Pair]:
    scores: defaultdict[tuple[int, int], float] = defaultdict(float)
    for a, b, *_, score in passages:
        scores[a, b] += score
    return [(a, b, score) for (a, b), score in scores.items()]


def rank_minhash(texts: list[str]) -> list[Pair]:
    """Return the estimates of datasketch for all pairs of whole documents."""
    from datasketch import MinHash

    made = MinHash.bulk(
        [[w.encode() for w in shingles(t, DOCUMENT_SHINGLE)] for t in texts], num_perm=256
    )
    return [(a, b, made[a].jaccard(made[b])) for a, b in combinations(range(len(texts)), 2)]


def rank_rensa(texts: list[str]) -> list[Pair]:
    """Return the estimates of rensa for all pairs of whole documents."""
    from rensa import RMinHash

    made = []
    for text in texts:
        made.append(RMinHash(num_perm=256, seed=42))
        made[-1].update(sorted(shingles(text, DOCUMENT_SHINGLE)))
    return [(a, b, made[a].jaccard(made[b])) for a, b in combinations(range(len(texts)), 2)]


TOOLS = {
    "luoshi": luoshi, "datasketch": datasketch, "rensa": rensa, "copydetect": copydetect,
    "suffix array": suffix_array, "difflib": difflib,
}  # fmt: skip
RANKS: dict[str, Callable[[list[str]], list[Pair]]] = {
    "luoshi": lambda texts: _summed(luoshi(texts)),
    "datasketch": rank_minhash,
    "rensa": rank_rensa,
    "copydetect": lambda texts: [(a, b, float(score)) for a, b, score, _ in _copydetected(texts)],
    "suffix array": lambda texts: _longest(suffix_array(texts)),
}


def _longest(passages: list[Passage]) -> list[Pair]:
    scores: defaultdict[tuple[int, int], float] = defaultdict(float)
    for a, b, *_, score in passages:
        scores[a, b] = max(scores[a, b], score)
    return [(a, b, score) for (a, b), score in scores.items()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tool", choices=TOOLS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rank", action="store_true")
    given = parser.parse_args()
    texts = [path.read_text("utf-8") for path in sorted(given.folder.glob("*.txt"))]
    work: Any = (RANKS if given.rank else TOOLS)[given.tool]
    # What is compiled or loaded at first use is no part of what grows with the texts.
    work(["一二三四五六七八九十" * 5, "一二三四五六七八九十" * 5, "甲乙丙丁" * 9])
    wall, used = time.perf_counter(), time.process_time()
    found = work(texts)
    print(
        json.dumps(
            {
                "wall": time.perf_counter() - wall,
                "processor": time.process_time() - used,
                "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "pairs" if given.rank else "passages": found,
            }
        )
    )


if __name__ == "__main__":
    main()
