"""One warm process, many different documents: what one costs, and whether it stays so.

Every document is new (see corpus.py) and goes through the steps of a benchmark, whose processor
time is taken apart. Prints JSON: per size the medians in microseconds and the peak memory.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from statistics import fmean, median

from corpus import FORMATS

# Returns the nanoseconds of each step, the floor first, and the characters of one document.
One = Callable[[str, int], tuple[tuple[int, ...], int]]

WARM_UP = 20
_KIB = 1 if sys.platform != "darwin" else 1024


def measure(one: One, steps: tuple[str, ...], form: str, numbers: range) -> dict[str, float]:
    """Return the figures of the documents with these numbers; ``floor`` is the first step."""
    rows = [one(form, number) for number in numbers]
    times = [row[0] for row in rows]
    medians = {
        step: median(values) / 1e3
        for step, values in zip(("floor", *steps), zip(*times, strict=True), strict=True)
    }
    return {
        "size": len(rows),
        **medians,
        "all": median(sum(row[1:]) for row in times) / 1e3,
        "characters": fmean(row[1] for row in rows),
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB / 1024,
    }


def main(one: One, steps: tuple[str, ...]) -> None:
    """Measure one format at the sizes given on the command line."""
    form, sizes = sys.argv[1], [int(size) for size in sys.argv[2:]]
    if form not in FORMATS or not sizes:
        raise SystemExit(f"{sys.argv[0]} {'|'.join(FORMATS)} 10 100 …")
    first = WARM_UP if form != "pdf" else 2
    measure(one, steps, form, range(first))
    rows = []
    for size in sizes:
        rows.append(measure(one, steps, form, range(first, first + size)))
        first += size
    print(json.dumps({"form": form, "steps": steps, "rows": rows}))
