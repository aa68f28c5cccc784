"""The sweep over N commitments: rows per second, peak memory. ``python benchmarks/sweep.py 100000``.

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

HERE = Path(__file__).resolve().parent


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


def main(items: int) -> None:
    """Fill, sweep three times, each in a process of its own, and print the figures."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as home:
        env = os.environ | {
            "LUOSHI_HOME": home, "DJANGO_SETTINGS_MODULE": "luoshi.web.settings",
            "PYTHONPATH": os.pathsep.join([str(HERE.parent / "src"), str(HERE)]),
        }  # fmt: skip
        fill = f"from ledger_fill import fill; print(fill({items}))"
        subprocess.run([sys.executable, "-c", fill], env=env, check=True, stdout=subprocess.DEVNULL)
        for name, later in (("first", 0), ("again", 0), ("next day", 1)):
            done = subprocess.run(
                [sys.executable, __file__, "--once", str(later)], env=env, check=True,
                capture_output=True, text=True,
            )  # fmt: skip
            print(name, done.stdout.strip(), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "--once":
        print(json.dumps(sweep_once(int(sys.argv[2]))))
    else:
        main(int(sys.argv[1]))
