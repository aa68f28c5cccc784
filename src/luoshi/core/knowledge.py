"""The package's own data files: the one place where the core touches a disk.

Knowledge (outlines, concepts, phrases, working days) is data with a source; everything
here is read-only, belongs to the installed package and is cached for the process.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """Return the parsed TOML file ``data/<name>.toml``.

    Raises ``FileNotFoundError`` when the package has no such file.
    """
    return tomllib.loads((files("luoshi") / "data" / f"{name}.toml").read_text("utf-8"))


@cache
def lines(name: str) -> tuple[str, ...]:
    """Return the lines of the text file ``data/<name>.txt``, without ``#`` and empty lines.

    For long lists, which a TOML parser would take a hundred times as long to read. Raises
    ``FileNotFoundError`` when the package has no such file.
    """
    text = (files("luoshi") / "data" / f"{name}.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and line[0] != "#")


@cache
def names(folder: str) -> tuple[str, ...]:
    """Return the names (without suffix) of the TOML files in ``data/<folder>``, sorted."""
    entries = (files("luoshi") / "data" / folder).iterdir()
    return tuple(sorted(e.name[:-5] for e in entries if e.name.endswith(".toml")))
