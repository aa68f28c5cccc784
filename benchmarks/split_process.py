"""Whole processes, side by side: ``luoshi split`` of one docx, its peers, a bare interpreter.

The peers only turn the docx into text. They live in .venv-bench (``make bench-setup``). The
processes take turns within every round, so that a busy machine is busy for all of them. Prints
medians as JSON. Linux and macOS (``os.wait4``).

This process stays small (no heavy imports): what the kernel reports as the largest memory of a
child begins with that of its parent.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = str(ROOT / "src" / "luoshi" / "data" / "samples" / "self-examination.docx")
OURS = sys.executable
PEERS = str(ROOT / ".venv-bench" / "bin" / "python")
_DOCX2PYTHON = (
    "import sys; from docx2python import docx2python as read; print(read(sys.argv[1]).text)"
)
COMMANDS = {
    "luoshi split": [OURS, "-m", "luoshi.cli.main", "split", SAMPLE, "--format", "json"],
    "markitdown": [PEERS, "-m", "markitdown", SAMPLE],
    "docx2python": [PEERS, "-c", _DOCX2PYTHON, SAMPLE],
    "python -c pass": [OURS, "-c", "pass"],
}
WARM_UP = 2
_KIB = 1 if sys.platform != "darwin" else 1024


def run(command: list[str]) -> dict[str, float]:
    """Run a command; return wall seconds, processor seconds and the peak memory in MB.

    Raises ``SystemExit`` when the command fails: a failed run must not count as a fast one.
    """
    sink = os.open(os.devnull, os.O_WRONLY)
    silent = [(os.POSIX_SPAWN_DUP2, sink, stream) for stream in (1, 2)]
    begin = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=silent)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - begin
    os.close(sink)
    if status:
        raise SystemExit(f"this command failed: {' '.join(command)}")
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


def main() -> None:
    """Measure ``sys.argv[1]`` rounds (default 15) and print the medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    if not os.access(PEERS, os.X_OK):
        raise SystemExit("the peers are not installed: run `make bench-setup` first")
    found: dict[str, list[dict[str, float]]] = {name: [] for name in COMMANDS}
    for turn in range(WARM_UP + rounds):
        for name, command in COMMANDS.items():
            result = run(command)
            if turn >= WARM_UP:
                found[name].append(result)
    rows = {
        name: {key: median([run[key] for run in runs]) for key in ("wall", "cpu", "mb")}
        for name, runs in found.items()
    }
    print(json.dumps({"rounds": rounds, "commands": rows}))


if __name__ == "__main__":
    main()
