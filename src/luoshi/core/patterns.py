"""Patterns compiled ahead: Python's own compiler takes half of a short command's time for them.

``data/prepared/patterns.bin`` (``make prepared``) holds what ``re`` made of the patterns that a
check needs; :func:`warm` puts them where ``re.compile`` looks first. It holds for one version of
the compiler only. With another one, or for a pattern that has changed since, ``re`` compiles as
ever: slower, with the same result (docs/adr/0012).
"""

from __future__ import annotations

import json
import re
import sys
from array import array
from functools import cache
from importlib import import_module
from itertools import islice
from typing import Any

from luoshi.core import knowledge

STORE = "prepared/patterns.bin"
# More than the patterns of all rules together, so that none displaces another.
ROOM = 4096


def _compiler() -> Any:
    """Return the module that runs compiled patterns; it is no public part of Python."""
    return import_module("_sre")


def version() -> list[object]:
    """Return what a stored pattern depends on."""
    return [sys.implementation.name, _compiler().MAGIC, sys.byteorder, array("I").itemsize]


def packed(rows: list[list[Any]], codes: list[list[int]]) -> bytes:
    """Return the contents of the store: a row of facts and the code for each pattern.

    A row is pattern, flags asked for, flags in force, number of groups, names of groups and
    length of the code.
    """
    head = json.dumps([version(), rows], ensure_ascii=False).encode()
    return head + b"\n" + b"".join(array("I", code).tobytes() for code in codes)


@cache
def warm() -> int:
    """Put the stored patterns into the cache of ``re``; return how many, 0 if they do not fit."""
    try:
        head, _, body = knowledge.data(STORE).partition(b"\n")
        stored, rows = json.loads(head)
        held: dict[object, object] = re._cache  # type: ignore[attr-defined]
        if stored != version() or not isinstance(held, dict):
            return 0
        re._MAXCACHE = max(ROOM, re._MAXCACHE)  # type: ignore[attr-defined]
        codes, build = iter(array("I", body)), _compiler().compile
        for text, asked, flags, groups, names, length in rows:
            code = list(islice(codes, length))
            order = [None, *(None for _ in range(groups))]
            for name, place in names.items():
                order[place] = name
            pattern = build(text, flags, code, groups, names, tuple(order))
            held.setdefault((str, text, asked), pattern)
    except (AttributeError, FileNotFoundError, ImportError, TypeError, ValueError, RuntimeError):
        return 0
    return len(rows)
