"""The sweep over N commitments: rows per second, peak memory.

python benchmarks/sweep.py              a million rows, SQLite; writes docs/benchmarks-sweep.md
python benchmarks/sweep.py 100000       so many rows; prints only

Fills a database of its own with `ledger_fill`, then measures three runs: the first, in which every
slip of the ledger is served at once; the same day again; and the day after. Rows are all
commitments of the ledger, also those that are closed. The filling is not measured.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ledger_turns import machine_words

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "docs" / "benchmarks-sweep.md"
GOAL = 50_000
RUNS = {"the first of all": 0, "the same day again": 0, "the day after": 1}  # days from today
_PAGE = """\
# Benchmark of the sweep

Written by `make bench-sweep`; do not edit. One ledger in SQLite, laid out by `ledger_fill`; each
sweep is a process of its own. Rows are all items of the ledger, also those that are closed; *looked
at* are the open ones. The first sweep of all serves every slip at once, each with its entry in the
journal. Goal: a day's sweep over a million items goes through at least {goal:,} rows a second.

{machine}

{table}

The day after: {verdict}.
"""


def sweep_once(later: int) -> dict[str, float]:
    """Sweep once in this process; ``later``: so many days from today."""
    import django

    django.setup()
    from datetime import timedelta

    from luoshi.engines.garbage import collect_seldom
    from luoshi.office.journal import clock
    from luoshi.office.ledger.models import Commitment
    from luoshi.office.supervision.models import Slip
    from luoshi.office.supervision.sweep import sweep

    collect_seldom()  # as the command line does
    real = clock.now
    clock.now = lambda: real() + timedelta(days=later)
    rows = Commitment.objects.count()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin, work = time.perf_counter(), time.process_time()
    held = Slip.objects.count()
    runs = sweep()
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "rows": rows, "looked": sum(run.looked for run in runs), "seconds": round(seconds, 2),
        "rows_per_second": round(rows / seconds), "processor_seconds": round(time.process_time() - work, 2),
        "served": Slip.objects.count() - held,
        "peak_mib": round(peak / 1024), "before_mib": round(before / 1024),
    }  # fmt: skip


def main(items: int, *, write: bool) -> None:
    """Fill, sweep three times, each in a process of its own; print the page, and write it."""
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as home:
        env = os.environ | {
            "LUOSHI_HOME": home, "DJANGO_SETTINGS_MODULE": "luoshi.web.settings",
            "PYTHONPATH": os.pathsep.join([str(HERE.parent / "src"), str(HERE)]),
        }  # fmt: skip
        fill = f"from ledger_fill import fill; print(fill({items}))"
        subprocess.run([sys.executable, "-c", fill], env=env, check=True, stdout=subprocess.DEVNULL)
        for name, later in RUNS.items():
            done = subprocess.run(
                [sys.executable, __file__, "--once", str(later)], env=env, check=True,
                capture_output=True, text=True,
            )  # fmt: skip
            found[name] = json.loads(done.stdout)
            print(name, done.stdout.strip(), file=sys.stderr, flush=True)
    text = _page(found)
    print(text)
    if write:
        TARGET.write_text(text, encoding="utf-8", newline="\n")


def _page(found: dict[str, dict[str, float]]) -> str:
    lines = [
        "| sweep | rows | looked at | slips served | on the clock | processor time | rows a second | rows a second of processor time | peak memory |",
        "|---|---|---|---|---|---|---|---|---|",
        *(
            f"| {name} | {run['rows']:,} | {run['looked']:,} | {run['served']:,} | {run['seconds']:.1f} s "
            f"| {run['processor_seconds']:.1f} s | {run['rows_per_second']:,} "
            f"| {run['rows'] / run['processor_seconds']:,.0f} | {run['peak_mib']} MiB |"
            for name, run in found.items()
        ),
    ]
    day = found["the day after"]
    verdict = "met" if day["rows_per_second"] >= GOAL else "missed"
    return _PAGE.format(
        machine=machine_words(), table="\n".join(lines), goal=GOAL,
        verdict=f"{day['rows_per_second']:,} rows a second on the clock: {verdict}",
    )  # fmt: skip


if __name__ == "__main__":
    if "--once" in sys.argv[1:2]:
        print(json.dumps(sweep_once(int(sys.argv[2]))))
    elif sys.argv[1:]:
        main(int(sys.argv[1]), write=False)
    else:
        main(1_000_000, write=True)
