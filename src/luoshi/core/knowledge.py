"""The package's own data files: the one place where the core touches a disk.

Knowledge (outlines, concepts, phrases, working days) is data with a source; everything
here is read-only, belongs to the installed package and is cached for the process. What an office
has imported since (``core/packs``) the shell hands in by :func:`add`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from datetime import date
from functools import _lru_cache_wrapper, cache
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

# importlib.resources would take longer to load than most tables.
PACKAGE = Path(__file__).parents[1]
DATA_FOLDER = PACKAGE / "data"
TABLES = "prepared/tables.txt"
# How a date stands in prepared tables, which JSON has no word for.
DATE = "$date"


_added: dict[str, dict[str, Any]] = {}
_derived: list[_lru_cache_wrapper[Any]] = []


def derived(function: Callable[..., T]) -> _lru_cache_wrapper[T]:
    """Cache what a function makes of tables that may be added to; :func:`add` empties it."""
    kept = cache(function)
    _derived.append(kept)
    return kept


def add(tables: Mapping[str, dict[str, Any]]) -> None:
    """Let these tables, by name, stand beside the package's or in their place.

    They take the place of all that were added before, and what was made of tables is made anew.
    """
    if tables == _added:
        return
    _added.clear()
    _added.update(tables)
    for kept in _derived:
        kept.cache_clear()


def added() -> dict[str, dict[str, Any]]:
    """Return the tables that were added, for a process that starts with none."""
    return dict(_added)


@derived
def table(name: str) -> dict[str, Any]:
    """Return the parsed TOML file ``data/<name>.toml``, or the table added under this name.

    What ``make prepared`` has parsed ahead is taken where the file has not changed since: it
    loads ten times as fast. Raises ``FileNotFoundError`` when the package has no such file.
    """
    return _added[name] if name in _added else packaged(name)


@cache
def packaged(name: str) -> dict[str, Any]:
    """Return the package's own table, whatever was added.

    Raises ``FileNotFoundError`` when the package has no such file.
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


@derived
def names(folder: str) -> tuple[str, ...]:
    """Return the names (without suffix) of the tables in ``data/<folder>``, sorted."""
    entries = (DATA_FOLDER / folder).iterdir()
    own = {e.name[:-5] for e in entries if e.name.endswith(".toml")}
    more = {name.partition("/")[2] for name in _added if name.startswith(f"{folder}/")}
    return tuple(sorted(own | more))
