"""Measure luoshi's overlap beside other programs in one run; write docs/benchmarks-overlap.md.

python benchmarks/overlap_peers.py            some ten minutes; writes docs/benchmarks-overlap.md
python benchmarks/overlap_peers.py --quick    a minute, prints only

Each program works on each batch in a process of its own, taking turns; figures are medians.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from overlap_make import KINDS, batch
from overlap_peer import RANKS, TOOLS

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "docs" / "benchmarks-overlap.md"
LENGTH, PLANTED = 2_000, 20
LIMIT = 170  # seconds that a program may take
PACKAGES = ("luoshi", "datasketch", "rensa", "copydetect", "pydivsufsort", "numba", "numpy")
_NEVER_AT = {"difflib": 41}  # documents from which all pairs would take hours


def write(folder: Path, documents: int, planted: int, seed: int) -> list[dict[str, Any]]:
    """Write a batch; return what was planted, documents by number, the lower one as ``a``."""
    texts, copies = batch(documents, LENGTH, planted, seed)
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    number = {name: at for at, name in enumerate(sorted(texts))}
    out = []
    for one in copies:
        sides = sorted(
            [(number[one.a], one.a_start, one.a_end), (number[one.b], one.b_start, one.b_end)]
        )
        out.append({"kind": one.kind, "a": sides[0], "b": sides[1]})
    return out


def run(tool: str, folder: Path, rank: bool = False) -> dict[str, Any] | None:
    """Return what a program reports on a batch; None when it takes too long."""
    command = [sys.executable, str(HERE / "overlap_peer.py"), tool, str(folder)]
    try:
        done = subprocess.run(
            command + ["--rank"] * rank, capture_output=True, text=True, check=True, timeout=LIMIT,
            env=os.environ | {"PYTHONHASHSEED": "0"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    found: dict[str, Any] = json.loads(done.stdout)
    if done.stderr.startswith('{"done"'):
        # It was stopped: the share of the pairs that it looked at.
        found["done"] = json.loads(done.stderr)["done"]
    return found


def score(found: list[list[float]], planted: list[dict[str, Any]]) -> dict[str, float]:
    """Return recall by kind, the share of reported passages that are planted, and F of both.

    A copy is found when what is reported for its pair covers half of both its spans; a reported
    passage is right when it touches both spans of a copy.
    """
    by_pair: defaultdict[tuple[int, int], list[tuple[int, ...]]] = defaultdict(list)
    for a, b, *spans in found:
        by_pair[int(a), int(b)].append(tuple(map(int, spans[:4])))
    hit: defaultdict[str, list[bool]] = defaultdict(list)
    right: set[tuple[int, ...]] = set()
    for copy in planted:
        (a, a0, a1), (b, b0, b1) = copy["a"], copy["b"]
        near = [s for s in by_pair[a, b] if s[0] < a1 and s[1] > a0 and s[2] < b1 and s[3] > b0]
        right.update((a, b, *s) for s in near)
        mine = _covered((max(s[0], a0), min(s[1], a1)) for s in near)
        theirs = _covered((max(s[2], b0), min(s[3], b1)) for s in near)
        hit[copy["kind"]].append(2 * mine >= a1 - a0 and 2 * theirs >= b1 - b0)
    reported = {(int(a), int(b), *map(int, spans[:4])) for a, b, *spans in found}
    told = {kind: sum(hits) / len(hits) for kind, hits in hit.items()}
    recall = sum(map(sum, hit.values())) / max(1, len(planted))
    precision = len(right) / max(1, len(reported))
    both = 2 * recall * precision / (recall + precision) if right else 0.0
    return told | {"precision": precision, "recall": recall, "f": both, "reported": len(reported)}


def _covered(spans: Iterable[tuple[int, int]]) -> int:
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def ranks(pairs: list[list[float]], planted: list[dict[str, Any]]) -> dict[str, int]:
    """Return the rank of each copy's pair among the pairs of no other copy; 0: not reported.

    Of pairs with one score the guilty one counts as the last.
    """
    guilty = {(copy["a"][0], copy["b"][0]): copy["kind"] for copy in planted}
    scores = {(int(a), int(b)): value for a, b, value in pairs if value > 0}
    others = [value for pair, value in scores.items() if pair not in guilty]
    return {
        kind: 1 + sum(value >= scores[pair] for value in others) if pair in scores else 0
        for pair, kind in guilty.items()
    }


def measure(work: Path, sizes: list[int], seeds: list[int]) -> dict[int, dict[str, list[Any]]]:
    """Return by number of documents and program its results for each seed."""
    found: dict[int, dict[str, list[Any]]] = {}
    for documents in sizes:
        found[documents] = {tool: [] for tool in TOOLS}
        for seed in seeds:
            folder = work / f"{documents}-{seed}"
            planted = write(folder, documents, PLANTED, seed)
            for tool in TOOLS:
                done = None if documents >= _NEVER_AT.get(tool, sys.maxsize) else run(tool, folder)
                if done is not None:
                    done |= score(done.pop("passages"), planted)
                    found[documents][tool].append(done)
                    print(
                        documents,
                        seed,
                        tool,
                        f"{done['wall']:.2f} s",
                        f"F {done['f']:.2f}",
                        flush=True,
                    )
    return found


def measure_ranks(work: Path, seeds: list[int]) -> dict[str, dict[str, list[int]]]:
    """Return by program and kind the ranks of the guilty pair, one for each seed."""
    found: dict[str, dict[str, list[int]]] = {tool: {kind: [] for kind in KINDS} for tool in RANKS}
    for seed in seeds:
        folder = work / f"one-{seed}"
        planted = write(folder, 400, 1, seed)
        for tool in RANKS:
            done = run(tool, folder, rank=True)
            for kind, rank in ranks(done["pairs"], planted).items() if done else ():
                found[tool][kind].append(rank)
            print("rank", seed, tool, {k: v[-1:] for k, v in found[tool].items()}, flush=True)
    return found


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in (head, *rows)]
    return "\n".join([lines[0], "|" + "---|" * len(head), *lines[1:]])


def _speed(found: dict[str, list[Any]]) -> str:
    middle = {
        tool: {
            key: statistics.median(d[key] for d in done) for key in ("wall", "processor", "memory")
        }
        for tool, done in found.items()
        if done
    }
    own = middle["luoshi"]
    rows = []
    for tool, done in found.items():
        if not done:
            rows.append([tool, "not run", "", "", "", ""])
            continue
        share = min(d.get("done", 1.0) for d in done)
        seconds = middle[tool]["wall"] / share
        mark = f" (worked out from {share:.0%} of the pairs)" if share < 1 else ""
        rows.append([
            tool, f"{seconds:.2f}{mark}", f"{middle[tool]['processor'] / share:.2f}", f"{seconds / own['wall']:.2f} ×",
            f"{middle[tool]['memory']:.0f}", f"{middle[tool]['memory'] / own['memory']:.2f} ×",
        ])  # fmt: skip
    return _table(["", "seconds", "of processor", "to luoshi", "MiB at most", "to luoshi"], rows)


def _accuracy(found: dict[str, list[Any]]) -> str:
    keys = [*KINDS, "recall", "precision", "f"]
    rows = [
        [tool, *(f"{statistics.mean(d.get(key, 0) for d in done):.2f}" for key in keys)]
        + [f"{statistics.mean(d['reported'] for d in done):,.0f}"]
        for tool, done in found.items()
        if done
    ]
    heads = ["exact", "10 %", "20 %", "40 %", "reordered", "all", "right", "F", "reported"]
    return _table(["", *heads], rows)


def _ranked(found: dict[str, dict[str, list[int]]]) -> str:
    def words(held: list[int]) -> str:
        if not held:
            return "too slow"
        return ", ".join(f"{rank:,}" if rank else "not found" for rank in held)

    rows = [[tool, *(words(held[kind]) for kind in KINDS)] for tool, held in found.items()]
    return _table(["", "exact", "10 %", "20 %", "40 %", "reordered"], rows)


def _machine(before: float) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"Measured with {packages}\non Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores, load {before:.1f} before and {os.getloadavg()[0]:.1f} after (a load above the "
        "number of cores\nmeans that others were at work and that times are too long)."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    seeds = [501] if given.quick else [501, 502, 503]
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as work:
        found = measure(Path(work), [40] if given.quick else [40, 400], seeds)
        ranked = measure_ranks(Path(work), seeds)
    text = (HERE / "overlap_peers_page.txt").read_text("utf-8")
    tables = "\n\n".join(
        f"## {documents} documents\n\n{_speed(held)}\n\n{_accuracy(held)}"
        for documents, held in found.items()
    )
    for name, words in (("machine", _machine(before)), ("tables", tables), ("ranks", _ranked(ranked)),
                        ("seeds", ", ".join(map(str, seeds)))):  # fmt: skip
        text = text.replace(f"<{name}>", words)
    print(text)
    if not given.quick:
        TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
