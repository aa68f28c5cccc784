"""Measure the ledger, print the report and write it to docs/benchmarks-ledger.md.

python benchmarks/ledger_run.py            about half an hour; writes docs/benchmarks-ledger.md
python benchmarks/ledger_run.py --quick    five minutes, without the million; prints only
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ledger_report import markdown
from ledger_turns import PostgreSQL, Worker, environment, median
from process import Command, luoshi
from run import source_state

TARGET = Path(__file__).resolve().parents[1] / "docs" / "benchmarks-ledger.md"
KINDS = ("SQLite", "PostgreSQL")
FULL = {
    "sizes": (1_000, 100_000, 1_000_000), "rounds": 5, "batches": 11, "notes": 100,
    "files": (10_000, 100_000, 1_000_000), "entries": 100_000,
}  # fmt: skip
QUICK = {
    "sizes": (1_000, 100_000), "rounds": 2, "batches": 3, "notes": 50,
    "files": (1_000, 10_000), "entries": 2_000,
}  # fmt: skip
WRITERS = 4


class Bench:
    """One run: a folder that goes when it ends, and a PostgreSQL in it."""

    def __init__(self, folder: Path, plan: dict[str, Any]) -> None:
        self.folder, self.plan = folder, plan
        self.server = PostgreSQL(folder / "postgresql")

    def worker(self, script: str, kind: str, name: str, *, new: bool = False) -> Worker:
        """Start a worker on a database of its own name."""
        address = ""
        if kind == "PostgreSQL":
            address = self.server.address
            if new:
                self.server.create(name)
        return Worker(script, **environment(self.folder / f"{kind}_{name}", address, name))

    def pages(self, kind: str) -> dict[str, Any]:
        """Measure the pages of ledgers of each size, taking turns."""
        workers, urls, filled = {}, {}, {}
        for size in self.plan["sizes"]:
            filler = self.worker("ledger_fill", kind, f"pages{size}", new=True)
            filled[size] = filler.ask(do="fill", items=size)
            filler.stop()
            _say(f"{kind}: {size:,} items in {filled[size]:.0f} s")
            workers[size] = self.worker("ledger_pages", kind, f"pages{size}")
            urls[size] = workers[size].ask(do="ready")
        rows = []
        for name in urls[self.plan["sizes"][0]]:
            times: dict[int, list[float]] = {size: [] for size in workers}
            for turn in range(self.plan["rounds"] + 1):
                for size, worker in workers.items():
                    often = 1 if name == "item page" or size > 100_000 else 3
                    held = worker.ask(do="get", name=name, urls=urls[size][name], times=often)
                    times[size] += held if turn else []  # the first turn warms up
            asked = [w.ask(do="statements", url=urls[s][name][0]) for s, w in workers.items()]
            rows.append(
                {"name": name, "ms": {s: median(t) for s, t in times.items()}, "asked": asked}
            )
            _say(f"{kind}: {rows[-1]}")
        for worker in workers.values():
            worker.stop()
        return {"kind": kind, "rows": rows, "filled": filled}

    def rate(self, kind: str, writers: int) -> dict[str, Any]:
        """Measure notes a second, ours and the peer's, taking turns."""
        teams: dict[str, list[Worker]] = {}
        for script in ("ledger_rate", "ledger_peer"):
            name = f"{script}{writers}"
            first = self.worker(script, kind, name, new=True)
            first.ask(do="prepare", items=500)
            team = [first, *(self.worker(script, kind, name) for _ in range(writers - 1))]
            for worker in team:
                worker.ask(do="ready")
            teams[script] = team
        asked = {name: len(team[0].ask(do="statements")) for name, team in teams.items()}
        notes = self.plan["notes"]
        turns: dict[str, tuple[str, dict[str, Any]]] = {
            "luoshi": ("ledger_rate", {}),
            "django-helpdesk, each update one transaction": ("ledger_peer", {"atomic": True}),
            "django-helpdesk as it comes": ("ledger_peer", {"atomic": False}),
        }
        seconds: dict[str, list[float]] = {name: [] for name in turns}
        for turn in range(self.plan["batches"] + 1):
            for name, (script, question) in turns.items():
                begin = time.perf_counter()
                for worker in teams[script]:
                    worker.tell(do="run", number=notes, **question)
                for worker in teams[script]:
                    worker.hear()
                if turn:
                    seconds[name].append(time.perf_counter() - begin)
        for worker in (w for team in teams.values() for w in team):
            worker.stop()
        found = {name: notes * writers / median(taken) for name, taken in seconds.items()}
        _say(f"{kind}, {writers}: {found}")
        return {"kind": kind, "writers": writers, "rate": found, "asked": asked}

    def files(self) -> list[dict[str, Any]]:
        """Measure the verifier of a file, beside the least that must be done with it."""
        found = []
        for entries in self.plan["files"]:
            path = str(self.folder / f"{entries}.jsonl")
            maker = Worker("ledger_journal")
            size = maker.ask(do="file", path=path, entries=entries)
            maker.stop()
            ours = Command(luoshi("journal", "verify", "--file", path))
            floor = Command(
                [sys.executable, str(Path(__file__).with_name("ledger_floor.py")), path]
            )
            turns = [(self._whole(floor), self._whole(ours)) for _ in range(3)]
            found.append({
                "entries": entries, "bytes": size,
                **{f"{name}_{key}": median([turn[place][key] for turn in turns])
                   for place, name in enumerate(("floor", "ours")) for key in ("wall", "mb")},
            })  # fmt: skip
            Path(path).unlink()
            _say(str(found[-1]))
        return found

    def _whole(self, command: Command, env: dict[str, str] | None = None) -> dict[str, float]:
        """Run a command from a small process: a child's peak memory begins with its parent's."""
        small = Worker("ledger_whole", *command.words, **(env or {}))
        found: dict[str, float] = small.hear()
        small.stop()
        return found

    def database(self, kind: str) -> dict[str, Any]:
        """Measure the verifier of a database, its rows included."""
        found = []
        for entries in (self.plan["entries"] // 10, self.plan["entries"]):
            name = f"journal{entries}"
            maker = self.worker("ledger_journal", kind, name, new=True)
            maker.ask(do="database", entries=entries)
            maker.stop()
            address = self.server.address if kind == "PostgreSQL" else ""
            env = environment(self.folder / f"{kind}_{name}", address, name)
            command = Command(luoshi("journal", "verify"))
            turns = [self._whole(command, env) for _ in range(1 if entries > 50_000 else 3)]
            found.append(
                {"entries": entries, **{k: median([t[k] for t in turns]) for k in ("wall", "mb")}}
            )
            _say(f"{kind}: {found[-1]}")
        return {"kind": kind, "rows": found}


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def machine(server: PostgreSQL) -> dict[str, Any]:
    """Return what a reader must know of the machine, and nothing that names it."""
    import sqlite3

    names = ("luoshi", "django", "django-helpdesk", "psycopg")
    return {
        "versions": {name: version(name) for name in names}
        | {"SQLite": sqlite3.sqlite_version, "PostgreSQL": server.version},
        "source": source_state(), "python": platform.python_version(), "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}", "load": f"{os.getloadavg()[0]:.1f}",
    }  # fmt: skip


def main() -> None:
    """Measure, print, and write unless ``--quick``."""
    quick = "--quick" in sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="ledger-") as folder:
        bench = Bench(Path(folder), QUICK if quick else FULL)
        try:
            before = machine(bench.server)
            found: dict[str, Any] = {
                "rate": [bench.rate(kind, n) for kind in KINDS for n in (1, WRITERS)],
                "files": bench.files(),
                "database": [bench.database(kind) for kind in KINDS],
                "pages": [bench.pages(kind) for kind in KINDS],
            }
        finally:
            bench.server.stop()
    _say(json.dumps(found))
    text = markdown(before | {"load after": f"{os.getloadavg()[0]:.1f}"}, found)
    print(text)
    if source_state() != before["source"]:
        _say("luoshi was changed during the run: the figures are of no one state")
        sys.exit(1)
    if not quick:
        TARGET.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
