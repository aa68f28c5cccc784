"""What a column is about, from its title (data/sheets/columns.toml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from luoshi.core.knowledge import table
from luoshi.core.sheets.grid import plain

_BRACKETS = re.compile(r"[（(\[【〔<《][^）)\]】〕>》]*[）)\]】〕>》]")
_MARKS = re.compile(r"[:：、，,。.；;/／\\*＊\-—_]+")
_TITLE_MOST = 24


@dataclass(frozen=True, slots=True)
class Name:
    """One usual name: of which ``field``; ``weak`` ones count where no other column does."""

    words: str
    field: str
    weak: bool


@cache
def _names() -> dict[str, Name]:
    found: dict[str, Name] = {}
    for field, row in table("sheets/columns")["columns"].items():
        for weak, key in ((False, "names"), (True, "weak")):
            for words in row.get(key, ()):
                found.setdefault(_key(words), Name(_key(words), field, weak))
    return found


@cache
def _by_length() -> tuple[Name, ...]:
    return tuple(sorted(_names().values(), key=lambda name: (-len(name.words), name.weak)))


def _key(words: str) -> str:
    return _MARKS.sub("", plain(words)).upper()


def label(field: str) -> str:
    """Return what a field is called in Chinese; ``other`` is what nobody recognised."""
    if field == "other":
        return "其他栏"
    return str(table("sheets/columns")["columns"][field]["label"])


def name_of(title: str) -> Name | None:
    """Return the usual name that a title is or holds, or None for one that says nothing known."""
    whole = _key(title)
    bare = _key(_BRACKETS.sub("", title))
    for key in (whole, bare):
        if key in _names():
            return _names()[key]
    if not 2 <= len(bare) <= _TITLE_MOST:
        return None
    return next((n for n in _by_length() if len(n.words) > 1 and n.words in bare), None)
