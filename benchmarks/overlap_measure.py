"""Accuracy on generated batches: what was planted against what is found.

python benchmarks/overlap_measure.py 40 400 2000 --length 2000 --seed 11
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict

from luoshi.core.overlap.texts import shared_passages
from overlap_make import KINDS, batch


def common(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return how many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def measure(documents: int, length: int, planted_of_each: int, seed: int) -> str:
    """Return a row of the table."""
    texts, planted = batch(documents, length, planted_of_each, seed)
    numbers = {name: number for number, name in enumerate(texts)}
    start = time.process_time()
    found = shared_passages(list(texts.values()))
    taken = time.process_time() - start
    by_pair = defaultdict(list)
    for one in found:
        by_pair[one.a, one.b].append(one)
    hit, total, right = Counter[str](), Counter[str](), set()
    for copy in planted:
        sides = [
            (numbers[copy.a], (copy.a_start, copy.a_end)),
            (numbers[copy.b], (copy.b_start, copy.b_end)),
        ]
        (a, a_span), (b, b_span) = sorted(sides)
        total[copy.kind] += 1
        near = [s for s in by_pair[a, b] if common(s.a_span, a_span) and common(s.b_span, b_span)]
        right.update(near)
        hit[copy.kind] += any(
            2 * common(s.a_span, a_span) >= a_span[1] - a_span[0]
            and 2 * common(s.b_span, b_span) >= b_span[1] - b_span[0]
            for s in near
        )
    characters = sum(map(len, texts.values()))
    recall = " | ".join(f"{hit[kind]}/{total[kind]}" for kind in KINDS)
    return (
        f"| {documents:,} | {characters / 1e6:.1f} M | {recall} | {len(right)}/{len(found)} "
        f"| {characters / 1e6 / taken:.2f} M |"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int, nargs="+")
    parser.add_argument("--length", type=int, default=2_000)
    parser.add_argument("--planted", type=int, default=20, help="passages of each kind")
    parser.add_argument("--seed", type=int, default=11)
    given = parser.parse_args()
    shared_passages(["一二三四五六七八九十" * 5] * 2 + ["甲乙丙丁" * 9])  # compiles
    heads = "exact | 10 % | 20 % | 40 % | reordered"
    print(f"| documents | characters | {heads} | right | characters per second of processor |")
    print("|" + "---|" * 9)
    for number in given.documents:
        print(measure(number, given.length, given.planted, given.seed), flush=True)


if __name__ == "__main__":
    main()
