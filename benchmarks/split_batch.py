"""A folder of docx through the bounded workers of ``luoshi split``: one worker and two.

The runs take turns, after one that warms the file cache. Prints the medians as JSON; "none" is
the same work in this process, without the protection of a worker.

python benchmarks/split_batch.py 1000 5
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from corpus import document
from luoshi.engines.bounded import BoundedPool
from luoshi.engines.tasks import split_record

TASK = "luoshi.engines.tasks:split_record"


def write(folder: Path, count: int) -> list[Path]:
    """Write ``count`` different docx into ``folder`` and return their paths."""
    paths = [folder / f"{index:05}.docx" for index in range(count)]
    for index, path in enumerate(paths):
        path.write_bytes(document("docx", index))
    return paths


def unprotected(paths: list[Path]) -> None:
    """Split all files in this process."""
    for path in paths:
        split_record(path)


def pooled(workers: int) -> Callable[[list[Path]], None]:
    """Return a function that splits all files through so many workers, start-up included."""

    def run(paths: list[Path]) -> None:
        with BoundedPool(workers=workers) as pool:
            for result in pool.map(TASK, paths):
                assert result.error is None, result.error

    return run


def main() -> None:
    """Measure ``sys.argv[1]`` files in ``sys.argv[2]`` rounds."""
    count, rounds = (int(argument) for argument in (sys.argv[1:] or ("1000", "5")))
    ways = {"none": unprotected, "1": pooled(1), "2": pooled(2)}
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as folder:
        paths = write(Path(folder), count)
        for way in ways.values():
            way(paths[: count // 10])
        for _ in range(rounds):
            for name, way in ways.items():
                begin = perf_counter()
                way(paths)
                seconds[name].append(perf_counter() - begin)
    medians = {name: median(values) for name, values in seconds.items()}
    print(json.dumps({"files": count, "rounds": rounds, "seconds": medians}))


if __name__ == "__main__":
    main()
