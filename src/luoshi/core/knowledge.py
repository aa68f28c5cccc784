"""The package's own data files: the one place where the core touches a disk.

Knowledge (outlines, concepts, phrases, working days) is data with a source; everything
here is read-only, belongs to the installed package and is cached for the process.
"""

from __future__ import annotations

import json
import zlib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

# importlib.resources would take longer to load than most tables.
PACKAGE = Path(__file__).parents[1]
DATA_FOLDER = PACKAGE / "data"
TABLES = "prepared/tables.txt"
# How a date stands in prepared tables, which JSON has no word for.
DATE = "$date"


@cache
def table(name: str) -> dict[str, Any]:
    """Return the parsed TOML file ``data/<name>.toml``.

    What ``make prepared`` has parsed ahead is taken where the file has not changed since: it
    loads ten times as fast. Raises ``FileNotFoundError`` when the package has no such file.
    """
    text = data(f"{name}.toml")
    checksum, prepared = _tables().get(name, (0, ""))
    if prepared and checksum == zlib.crc32(text):
        hook = _with_dates if DATE in prepared else None
        found: dict[str, Any] = json.loads(prepared, object_hook=hook)
        return found
    # Most commands need no table that is not prepared.
    import tomllib

    return tomllib.loads(text.decode("utf-8").replace("\r\n", "\n"))


def data(name: str) -> bytes:
    """Return the bytes of ``data/<name>``; raises ``FileNotFoundError`` when there is none."""
    return (DATA_FOLDER / name).read_bytes()


@cache
def _tables() -> dict[str, tuple[int, str]]:
    """Return by name the checksum of each prepared table's file, and the table as JSON."""
    try:
        rows = data(TABLES).decode("utf-8").split("\n")
    except FileNotFoundError:
        return {}
    parts = (row.split("\t", 2) for row in rows if row)
    return {name: (int(checksum), text) for name, checksum, text in parts}


def _with_dates(pairs: dict[str, Any]) -> Any:
    return date.fromisoformat(pairs[DATE]) if DATE in pairs else pairs


@cache
def lines(name: str) -> tuple[str, ...]:
    """Return the lines of the text file ``data/<name>.txt``, without ``#`` and empty lines.

    For long lists, which a TOML parser would take a hundred times as long to read. Raises
    ``FileNotFoundError`` when the package has no such file.
    """
    text = (DATA_FOLDER / f"{name}.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and line[0] != "#")


@cache
def names(folder: str) -> tuple[str, ...]:
    """Return the names (without suffix) of the TOML files in ``data/<folder>``, sorted."""
    entries = (DATA_FOLDER / folder).iterdir()
    return tuple(sorted(e.name[:-5] for e in entries if e.name.endswith(".toml")))
