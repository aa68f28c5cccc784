"""Whole processes that take turns: wall time, processor time and peak memory of each.

Within every round each command runs once, so that a busy machine is busy for all of them.
Linux and macOS (``os.wait4``). The process that measures stays small (no heavy imports): what
the kernel reports as the largest memory of a child begins with that of its parent.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = str(ROOT / "src" / "luoshi" / "data" / "samples" / "self-examination.docx")
OURS = sys.executable
PEERS = str(ROOT / ".venv-bench" / "bin" / "python")
BARE = "python -c pass"
WARM_UP = 2
_KIB = 1 if sys.platform != "darwin" else 1024


class Command(NamedTuple):
    """A command by its words, and the exit status that tells it did its work."""

    words: list[str]
    status: int = 0


def luoshi(*words: str) -> list[str]:
    """Return the command line of luoshi with these words."""
    return [OURS, "-m", "luoshi.cli.main", *words]


def run(command: Command) -> dict[str, float]:
    """Run a command; return wall seconds, processor seconds and the peak memory in MB.

    Raises ``SystemExit`` when it ends with another status: a failed run is no fast one.
    """
    words = command.words
    sink = os.open(os.devnull, os.O_WRONLY)
    silent = [(os.POSIX_SPAWN_DUP2, sink, stream) for stream in (1, 2)]
    begin = time.perf_counter()
    child = os.posix_spawn(words[0], words, os.environ, file_actions=silent)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - begin
    os.close(sink)
    if os.waitstatus_to_exitcode(status) != command.status:
        raise SystemExit(f"this command failed: {' '.join(words)}")
    return {
        "wall": wall,
        "cpu": used.ru_utime + used.ru_stime,
        "mb": used.ru_maxrss / _KIB / 1024,
    }


def median(values: list[float]) -> float:
    """Return the middle value (``statistics`` would cost this process memory)."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return (ordered[middle] + ordered[~middle]) / 2


def main(commands: dict[str, Command]) -> None:
    """Measure ``sys.argv[1]`` rounds (default 15) and print the medians as JSON."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    if not os.access(PEERS, os.X_OK):
        raise SystemExit("the peers are not installed: run `make bench-setup` first")
    commands = commands | {BARE: Command([OURS, "-c", "pass"])}
    found: dict[str, list[dict[str, float]]] = {name: [] for name in commands}
    for turn in range(WARM_UP + rounds):
        for name, command in commands.items():
            result = run(command)
            if turn >= WARM_UP:
                found[name].append(result)
    rows = {
        name: {key: median([run[key] for run in runs]) for key in ("wall", "cpu", "mb")}
        for name, runs in found.items()
    }
    print(json.dumps({"rounds": rounds, "commands": rows}))
