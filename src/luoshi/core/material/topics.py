"""What a sentence is about: the matters it names and the words that are its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from luoshi.core import knowledge


class Topic(NamedTuple):
    """The matters (keys of data/phrases/concepts.toml) and character pairs of a text."""

    matters: frozenset[str]
    pairs: frozenset[str]


Finder = Callable[[str], list[tuple[int, int, int]]]


@cache
def _finders() -> tuple[tuple[str, ...], Finder, Finder]:
    """Return the matter of each pattern, the matter finder and the stock-phrase finder."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    matters = knowledge.table("phrases/concepts")["matters"]
    owners: list[str] = []
    patterns: list[str] = []
    for name, words in matters.items():
        for word in words:
            owners.append(name)
            patterns.append(word)
    concept = AhoCorasick(patterns)
    stock = AhoCorasick(
        knowledge.table("phrases/stock")["words"], matchkind=MatchKind.LeftmostLongest
    )

    def find_matters(text: str) -> list[tuple[int, int, int]]:
        return concept.find_matches_as_indexes(text, overlapping=True)

    def find_stock(text: str) -> list[tuple[int, int, int]]:
        return stock.find_matches_as_indexes(text)

    return tuple(owners), find_matters, find_stock


def topic_of(text: str) -> Topic:
    """Return what ``text`` is about; line ends inside it are no part of its words."""
    owners, find_matters, find_stock = _finders()
    words = text.replace("\n", "") if "\n" in text else text
    matters = frozenset(owners[index] for index, _, _ in find_matters(words))
    pairs: set[str] = set()
    position = 0
    for _, start, end in find_stock(words):
        _add_pairs(pairs, words[position:start])
        position = end
    _add_pairs(pairs, words[position:])
    return Topic(matters, frozenset(pairs))


_SPLIT = str.maketrans(
    dict.fromkeys(
        "0123456789０１２３４５６７８９ABCDEFGHIJKLMNOPQRSTUVWXYZ%％，。、；：！？“”‘’\"'（）()《》〈〉【】[]-—…·.,;:!? \u3000\t*|#的了和与及在是对把被将从向到为以也都又就还要有不",
        " ",
    )
)


def _add_pairs(pairs: set[str], words: str) -> None:
    if len(words) < 2:
        return
    for run in words.translate(_SPLIT).split():
        if len(run) >= 2:
            pairs.update(map("".join, zip(run, run[1:])))
