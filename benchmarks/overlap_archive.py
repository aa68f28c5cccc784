"""How long an archive takes to take in documents and to answer: one new document against all.

python benchmarks/overlap_archive.py 10000 --length 2000 --seed 41
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from itertools import islice
from pathlib import Path

from luoshi.engines.archive import Document, open_archive
from overlap_make import KINDS, PROSE, batch

_ASKED = 50
_CHUNK = 2_000


def _clocks() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def measure(number: int, length: int, seed: int, prose: str) -> str:
    """Return a row: building, adding one, asking (median and slowest), size, copies found."""
    texts, planted = batch(number + _ASKED, length, number // 50, seed, PROSE[prose])
    asked = sorted({one.b for one in planted})[:_ASKED]
    documents = [Document(name, text) for name, text in texts.items() if name not in asked]
    with tempfile.TemporaryDirectory() as folder:
        archive = open_archive(Path(folder) / "archive", create=True)
        wall, processor = _clocks()
        waiting = iter(documents[:-20])
        while some := list(islice(waiting, _CHUNK)):
            archive.add(some)
        built, build_work = (
            now - then for now, then in zip(_clocks(), (wall, processor), strict=True)
        )
        joined = []
        for one in documents[-20:]:
            wall, _ = _clocks()
            archive.add([one])
            joined.append(time.perf_counter() - wall)
        archive.query(texts[asked[0]])
        answers, work, hit, total = [], [], 0, 0
        for name in asked:
            wall, processor = _clocks()
            found = archive.query(texts[name])
            now = _clocks()
            answers.append(now[0] - wall)
            work.append(now[1] - processor)
            for copy in planted:
                if copy.b == name and copy.a in archive:
                    total += 1
                    hit += any(
                        m.id == copy.a and _half(m.span, (copy.b_start, copy.b_end)) for m in found
                    )
        size = sum(path.stat().st_size for path in archive.folder.iterdir())
        count = len(archive)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ms = [f"{1_000 * one:.0f}" for one in (
        statistics.median(joined), statistics.median(answers), max(answers), statistics.median(work),
    )]  # fmt: skip
    return (
        f"| {prose} | {count:,} | {built:.0f} s ({build_work:.0f} s) | {ms[0]} ms | {ms[1]} ms "
        f"| {ms[2]} ms | {ms[3]} ms | {hit}/{total} | {size / 1e6:,.0f} MB | {peak:,.0f} MB |"
    )


def _half(span: tuple[int, int], meant: tuple[int, int]) -> bool:
    common = min(span[1], meant[1]) - max(span[0], meant[0])
    return 2 * common >= meant[1] - meant[0]


def head() -> str:
    """Return the head of the table."""
    names = "prose | kept | built (processor) | one more | answer | slowest | its processor time"
    return f"| {names} | copies found, all of {len(KINDS)} kinds | on disk | peak |\n|{'---|' * 10}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int, nargs="+")
    parser.add_argument("--length", type=int, default=4_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--prose", choices=list(PROSE), action="append")
    given = parser.parse_args()
    print(head())
    for prose in given.prose or list(PROSE):
        for number in given.documents:
            print(measure(number, given.length, given.seed, prose), flush=True)


if __name__ == "__main__":
    main()
