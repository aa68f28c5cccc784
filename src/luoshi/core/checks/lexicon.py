"""Word lists that rules look for: one pass over the text for all lists together.

A list is a key of the table ``[lists]`` of a file ``data/checks/words-*.toml``; the file
names its basis, source and date like all knowledge.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import gt

from luoshi.core import knowledge
from luoshi.core.reading.model import Span, spans
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
    return word_finder(owners, frequent=True), tuple(owners.values())


def scan(text: str) -> dict[str, list[tuple[int, int]]]:
    """Return every place of every list's words in ``text`` by the list, in order of their ends."""
    find, owners = _words()
    places: dict[str, list[tuple[int, int]]] = {key: [] for key in lists()}
    for index, start, end in find(text):
        for key in owners[index]:
            places[key].append((start, end))
    return places


def longest(places: list[tuple[int, int]]) -> tuple[list[int], tuple[Span, ...]]:
    """Return places of one list that do not overlap, and where they start.

    Of two that overlap the earlier is kept, then the longer.
    """
    starts = [start for start, _ in places]
    if any(map(gt, [end for _, end in places], starts[1:])):
        places = _apart(sorted(places, key=lambda place: (place[0], -place[1])))
        starts = [start for start, _ in places]
    return starts, spans(places)


def _apart(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept = places[:1]
    for place in places[1:]:
        if place[0] >= kept[-1][1]:
            kept.append(place)
    return kept
