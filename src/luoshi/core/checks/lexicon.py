"""Word lists that rules look for: one pass over the text for all lists together.

A list is a key of the table ``[lists]`` of a file ``data/checks/words-*.toml``; the file
names its basis, source and date like all knowledge.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from luoshi.core import knowledge
from luoshi.core.reading.model import Span
from luoshi.core.text.finder import Match, word_finder


@cache
def lists() -> dict[str, tuple[str, ...]]:
    """Return all word lists by name."""
    found: dict[str, tuple[str, ...]] = {}
    for name in knowledge.names("checks"):
        if name.startswith("words-"):
            for key, words in knowledge.table(f"checks/{name}").get("lists", {}).items():
                found[key] = (*found.get(key, ()), *words)
    return found


@cache
def _words() -> tuple[Callable[[str], list[Match]], tuple[tuple[str, ...], ...]]:
    owners: dict[str, tuple[str, ...]] = {}
    for key, words in lists().items():
        for word in words:
            owners[word] = (*owners.get(word, ()), key)
    return word_finder(owners), tuple(owners.values())


def scan(text: str) -> dict[str, tuple[Span, ...]]:
    """Return the places of every list's words in ``text``, longest word first where they overlap."""
    find, owners = _words()
    raw: dict[str, list[tuple[int, int]]] = {key: [] for key in lists()}
    for index, start, end in find(text):
        for key in owners[index]:
            raw[key].append((start, -end))
    return {key: _longest(sorted(places)) for key, places in raw.items()}


def _longest(places: list[tuple[int, int]]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for start, negative_end in places:
        if not kept or start >= kept[-1].end:
            kept.append(Span(start, -negative_end))
    return tuple(kept)
