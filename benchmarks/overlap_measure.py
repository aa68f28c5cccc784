"""Accuracy on generated batches: what was planted against what is found.

python benchmarks/overlap_measure.py                                   all of docs/overlap.md, about 30 minutes
python benchmarks/overlap_measure.py 400 2000 --length 2000 --seed 12 --prose open --archive
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import overlap_archive
from luoshi.core.overlap.texts import Shared, shared_passages
from overlap_make import KINDS, PROSE, Planted, batch


def common(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return how many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def family(planted: list[Planted]) -> dict[str, list[tuple[tuple[int, int], int]]]:
    """Return by document the spans that are copies, with the number of their family.

    Two copies of one source, or of sources that overlap, are copies of each other.
    """
    above = list(range(2 * len(planted)))

    def top(one: int) -> int:
        while above[one] != one:
            one = above[one]
        return one

    by_name: dict[str, list[tuple[tuple[int, int], int]]] = defaultdict(list)
    for n, copy in enumerate(planted):
        above[2 * n + 1] = 2 * n
        by_name[copy.a].append(((copy.a_start, copy.a_end), 2 * n))
        by_name[copy.b].append(((copy.b_start, copy.b_end), 2 * n + 1))
    for spans in by_name.values():
        for n, (span, one) in enumerate(spans):
            for other_span, other in spans[n + 1 :]:
                if common(span, other_span):
                    above[top(one)] = top(other)
    return {name: [(s, top(n)) for s, n in spans] for name, spans in by_name.items()}


def is_right(one: Shared, names: list[str], families: dict) -> bool:
    """Tell whether both spans touch copies of one family."""
    sides = [
        {number for span, number in families.get(names[side], ()) if common(span, found)}
        for side, found in ((one.a, one.a_span), (one.b, one.b_span))
    ]
    return bool(sides[0] & sides[1])


def found_of(planted: list[Planted], found: list[Shared], names: list[str]) -> Counter[str]:
    """Count by kind the planted of which half of both spans is covered by one found."""
    numbers = {name: number for number, name in enumerate(names)}
    by_pair = defaultdict(list)
    for one in found:
        by_pair[one.a, one.b].append(one)
    hit = Counter[str]()
    for copy in planted:
        sides = [
            (numbers[copy.a], (copy.a_start, copy.a_end)),
            (numbers[copy.b], (copy.b_start, copy.b_end)),
        ]
        (a, a_span), (b, b_span) = sorted(sides)
        hit[copy.kind] += any(
            2 * common(s.a_span, a_span) >= a_span[1] - a_span[0]
            and 2 * common(s.b_span, b_span) >= b_span[1] - b_span[0]
            for s in by_pair[a, b]
        )
    return hit


def measure(documents: int, length: int, planted_of_each: int, seed: int, prose: str) -> str:
    """Return a row of the table."""
    texts, planted = batch(documents, length, planted_of_each, seed, PROSE[prose])
    names, written = list(texts), list(texts.values())
    texts.clear()
    clock, start = time.perf_counter(), time.process_time()
    found = shared_passages(written)
    taken, waited = time.process_time() - start, time.perf_counter() - clock
    hit, total = found_of(planted, found, names), Counter(copy.kind for copy in planted)
    families = family(planted)
    right = sum(is_right(one, names, families) for one in found)
    characters = sum(map(len, written))
    recall = " | ".join(f"{hit[kind]}/{total[kind]}" for kind in KINDS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"| {prose} | {documents:,} | {characters / 1e6:.1f} M | {recall} | {right}/{len(found)} "
        f"| {taken:.1f} s | {waited:.1f} s | {characters / 1e6 / taken:.2f} M | {peak:,.0f} MB |"
    )


def main() -> None:
    """Print the table; each row is measured in a process of its own, so that peaks are its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int, nargs="*", default=[400, 10_000, 100_000])
    parser.add_argument("--length", type=int, default=4_000)
    parser.add_argument("--planted", type=int, default=200, help="passages of each kind, at most")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--prose", choices=list(PROSE), action="append")
    parser.add_argument("--archive", type=int, nargs="*", default=[10_000, 100_000])
    given = parser.parse_args()
    heads = "exact | 10 % | 20 % | 40 % | reordered | right"
    print(f"| prose | documents | characters | {heads} | processor | wall | per s of it | peak |")
    print("|" + "---|" * 13, flush=True)
    for prose in given.prose or list(PROSE):
        for number in given.documents:
            setting = (
                number,
                given.length,
                min(given.planted, number // 20 or 1),
                given.seed,
                prose,
            )
            with ProcessPoolExecutor(1, get_context("spawn")) as pool:
                pool.submit(warm).result()
                print(pool.submit(measure, *setting).result(), flush=True)
    if given.archive:
        print(f"\n{overlap_archive.head()}", flush=True)
        for prose in given.prose or list(PROSE):
            for number in given.archive:
                with ProcessPoolExecutor(1, get_context("spawn")) as pool:
                    row = pool.submit(
                        overlap_archive.measure, number, given.length, given.seed, prose
                    )
                    print(row.result(), flush=True)


def warm() -> None:
    """Compile what is compiled, or load it."""
    shared_passages(["一二三四五六七八九十" * 5] * 2 + ["甲乙丙丁" * 9])


if __name__ == "__main__":
    main()
