"""Run all benchmarks, print the report and write it to docs/benchmarks.md.

python benchmarks/run.py            about three quarters of an hour; writes docs/benchmarks.md
python benchmarks/run.py --quick    three minutes; prints only
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import luoshi
from report import markdown

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "docs" / "benchmarks.md"
PEERS = HERE.parent / ".venv-bench" / "bin" / "python"
FULL: dict[str, list[list[str]]] = {
    "split_process": [["21"]],
    "check_process": [["21"]],
    "split_warm": [
        ["md", "10", "100", "1000", "10000"],
        ["docx", "10", "100", "1000", "10000"],
        ["pdf", "10", "100"],
    ],
    "check_warm": [
        ["md", "10", "100", "1000", "10000"],
        ["docx", "10", "100", "1000", "10000"],
    ],
    "batch": [["split", "1000", "5"], ["check", "1000", "5"]],
}
QUICK: dict[str, list[list[str]]] = {
    "split_process": [["5"]],
    "check_process": [["5"]],
    "split_warm": [["md", "10", "100"], ["docx", "10", "100"], ["pdf", "3"]],
    "check_warm": [["md", "10", "100"], ["docx", "10", "100"]],
    "batch": [["split", "100", "3"], ["check", "100", "3"]],
}


def measured(script: str, arguments: list[str]) -> dict[str, Any]:
    """Run one benchmark in a process of its own and return what it printed."""
    print(f"{script} {' '.join(arguments)}", file=sys.stderr, flush=True)
    command = [sys.executable, str(HERE / f"{script}.py"), *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def machine() -> dict[str, Any]:
    """Return what a reader must know of the machine, and nothing that names it."""
    return {
        "cores": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "luoshi": version("luoshi"),
        "source": source_state(),
        "peers": peer_versions(),
        "load": f"{os.getloadavg()[0]:.1f}",
    }


def source_state() -> str:
    """Return a hash over the package being measured: its code and its data."""
    (folder,) = luoshi.__path__
    state = hashlib.sha256()
    for path in sorted(Path(folder).rglob("*")):
        if path.suffix in (".py", ".toml"):
            state.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return state.hexdigest()[:12]


def peer_versions() -> dict[str, str]:
    """Ask the peers' interpreter, and the folder of zhlint, which versions are there."""
    names = ("markitdown", "docx2python", "pycorrector", "autocorrect-py")
    code = "import sys; from importlib.metadata import version; print(*map(version, sys.argv[1:]))"
    done = subprocess.run(
        [PEERS, "-c", code, *names], check=True, stdout=subprocess.PIPE, text=True
    )
    found = dict(zip(names, done.stdout.split(), strict=True))
    zhlint = PEERS.parent.parent / "zhlint" / "node_modules" / "zhlint" / "package.json"
    if zhlint.exists():
        found["zhlint"] = json.loads(zhlint.read_text("utf-8"))["version"]
    return found


def main() -> None:
    """Measure, print, and write unless ``--quick``."""
    quick = "--quick" in sys.argv[1:]
    if not os.access(PEERS, os.X_OK):
        raise SystemExit("the peers are not installed: run `make bench-setup` first")
    before = machine()
    plan = QUICK if quick else FULL
    found = {name: [measured(name, one) for one in calls] for name, calls in plan.items()}
    text = markdown(
        before | {"load after": f"{os.getloadavg()[0]:.1f}"},
        found,
    )
    print(text)
    if source_state() != before["source"]:
        raise SystemExit("luoshi was changed during the run: the figures are of no one state")
    if not quick:
        TARGET.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
