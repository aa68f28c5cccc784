"""What a statement is about: the matters it names and the words that are its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from operator import add
from typing import NamedTuple

from luoshi.core import knowledge

Found = list[tuple[int, int, int]]

# Who is charged and by when tells nothing about the matter, and links every row of a table.
_CHARGE = re.compile(
    r"[（(](?:责任|牵头|完成)[^）)]*[）)]"
    r"|(?:责任(?:人|部门|单位|领导)|牵头(?:人|领导|部门)|完成时限|整改时限|时限)[：:][^。；\n|]*"
)
_NO_WORD = (
    "0123456789０１２３４５６７８９ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz%％，。、；：！？“”‘’\"'（）()"
    "《》〈〉【】[]-—…·.,;:!?/ \u3000\t\n*|#"
)
_FUNCTION = "的了和与及在是对把被将从向到为以也都又就还要有不"
_SPLIT = str.maketrans(dict.fromkeys(_NO_WORD + _FUNCTION, " "))
_PLAIN = frozenset(_NO_WORD + _FUNCTION + "一二三四五六七八九十个各位名")


class Topic(NamedTuple):
    """What one statement is about.

    ``groups`` are the lines of data/links/synonyms.txt (their numbers) whose words it has,
    each with the word as the text has it; ``head`` those of its first sentence. ``matters``
    are keys of data/phrases/concepts.toml. ``pairs`` are neighbouring characters outside
    stock phrases, ``signs`` all its characters that can carry a meaning. ``plain`` is the
    text they were taken from.
    """

    groups: dict[int, str]
    head: frozenset[int]
    matters: frozenset[str]
    pairs: frozenset[str]
    signs: frozenset[str]
    plain: str


class _Finders(NamedTuple):
    owners: tuple[tuple[str | int, ...], ...]
    words: tuple[str, ...]
    find_words: Callable[[str], Found]
    find_stock: Callable[[str], Found]


@cache
def _finders() -> _Finders:
    from ahocorasick_rs import AhoCorasick, MatchKind

    owners: dict[str, tuple[str | int, ...]] = {}
    for number, line in enumerate(knowledge.lines("links/synonyms")):
        for word in line.split():
            owners[word] = (*owners.get(word, ()), number)
    for name, words in knowledge.table("phrases/concepts")["matters"].items():
        for word in words:
            owners[word] = (*owners.get(word, ()), name)
    known = AhoCorasick(list(owners))
    stock = AhoCorasick(
        knowledge.table("phrases/stock")["words"], matchkind=MatchKind.LeftmostLongest
    )

    def find_words(text: str) -> Found:
        return known.find_matches_as_indexes(text, overlapping=True)

    return _Finders(
        tuple(owners.values()), tuple(owners), find_words, stock.find_matches_as_indexes
    )


def plain_words(text: str) -> str:
    """Return ``text`` without line ends and without who is charged and by when."""
    if "责" in text or "时限" in text or "牵头" in text or "完成" in text:
        text = _CHARGE.sub("", text)
    return text.replace("\n", "")


def topic_of(text: str, head: int = 0) -> Topic:
    """Return what ``text`` is about; its first ``head`` characters are its first sentence."""
    finders = _finders()
    plain = plain_words(text)
    first = len(plain_words(text[:head]))
    groups: dict[int, str] = {}
    heading: set[int] = set()
    matters: set[str] = set()
    for index, start, _ in finders.find_words(plain):
        for owner in finders.owners[index]:
            if isinstance(owner, str):
                matters.add(owner)
            else:
                groups[owner] = finders.words[index]
                if start < first:
                    heading.add(owner)
    return Topic(
        groups,
        frozenset(heading),
        frozenset(matters),
        _pairs(plain, finders.find_stock(plain)),
        frozenset(plain) - _PLAIN,
        plain,
    )


def _pairs(plain: str, stock: Found) -> frozenset[str]:
    pieces: list[str] = []
    position = 0
    for _, start, end in stock:
        pieces.append(plain[position:start])
        position = end
    pieces.append(plain[position:])
    found: set[str] = set()
    for run in " ".join(pieces).translate(_SPLIT).split():
        if len(run) > 1:
            found.update(map(add, run, run[1:]))
    return frozenset(found)
