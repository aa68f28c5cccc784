"""A folder of docx through the bounded workers of split or check: one worker and two.

The runs take turns, after one that warms the file cache. Prints the medians as JSON; "none" is
the same work in this process, without the protection of a worker.

python benchmarks/batch.py split 1000 5
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
from luoshi.core.checks.policy import Policy
from luoshi.engines.bounded import BoundedPool
from luoshi.engines.checking import check_file
from luoshi.engines.tasks import split_record

Task = Callable[..., object]
TASKS: dict[str, tuple[Task, dict[str, object]]] = {
    "split": (split_record, {}),
    "check": (check_file, {"form": "json", "policy": Policy()}),
}


def write(folder: Path, count: int) -> list[Path]:
    """Write ``count`` different docx into ``folder`` and return their paths."""
    paths = [folder / f"{index:05}.docx" for index in range(count)]
    for index, path in enumerate(paths):
        path.write_bytes(document("docx", index))
    return paths


def unprotected(task: Task, options: dict[str, object]) -> Callable[[list[Path]], None]:
    """Return a function that does the task with all files in this process."""

    def run(paths: list[Path]) -> None:
        for path in paths:
            task(path, **options)

    return run


def pooled(workers: int, task: Task, options: dict[str, object]) -> Callable[[list[Path]], None]:
    """Return a function that does it through so many workers, start-up included."""
    name = f"{task.__module__}:{task.__qualname__}"

    def run(paths: list[Path]) -> None:
        with BoundedPool(workers=workers) as pool:
            for result in pool.map(name, paths, options):
                assert result.error is None, result.error

    return run


def main() -> None:
    """Measure task ``sys.argv[1]`` with ``sys.argv[2]`` files in ``sys.argv[3]`` rounds."""
    name, count, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    task = TASKS[name]
    ways = {"none": unprotected(*task), "1": pooled(1, *task), "2": pooled(2, *task)}
    seconds: dict[str, list[float]] = {workers: [] for workers in ways}
    with tempfile.TemporaryDirectory() as folder:
        paths = write(Path(folder), count)
        for way in ways.values():
            way(paths[: count // 10])
        for _ in range(rounds):
            for workers, way in ways.items():
                begin = perf_counter()
                way(paths)
                seconds[workers].append(perf_counter() - begin)
    medians = {workers: median(values) for workers, values in seconds.items()}
    print(json.dumps({"task": name, "files": count, "rounds": rounds, "seconds": medians}))


if __name__ == "__main__":
    main()
