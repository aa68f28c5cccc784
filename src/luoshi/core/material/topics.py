"""What a statement is about: the groups of words it uses and the characters it is written in."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import chain
from typing import NamedTuple

from luoshi.core import knowledge
from luoshi.core.text.finder import word_lister

# Who is charged and by when tells nothing about the matter, and links every row of a table.
_CHARGE = re.compile(
    r"[（(](?:责任|牵头|完成)[^）)]*[）)]"
    r"|(?:责任(?:人|部门|单位|领导)|牵头(?:人|领导|部门)|完成时限|整改时限|时限)[：:][^。；\n|]*"
)
# Digits, letters, punctuation, and characters that only bind words together.
_MEANINGLESS = frozenset(
    "0123456789０１２３４５６７８９ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz%％，。、；：！？“”‘’\"'（）()"
    "《》〈〉【】[]-—…·.,;:!?/ \u3000\t\n*|#"
    "的了和与及在是对把被将从向到为以也都又就还要有不一二三四五六七八九十个各位名"
)


class Topic(NamedTuple):
    """What one statement is about.

    ``groups`` are the numbers of the lines of data/links/synonyms.txt whose words it has,
    ``signs`` all its characters that can carry a meaning. ``plain`` is the text they were
    taken from.
    """

    groups: frozenset[int]
    signs: frozenset[str]
    plain: str


class _Words(NamedTuple):
    """Which groups each known word belongs to, and how to list those in a text."""

    owners: dict[str, tuple[int, ...]]
    listed: Callable[[str], list[str]]


@cache
def _words() -> _Words:
    owners: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(knowledge.lines("links/synonyms")):
        for word in line.split():
            owners[word] = (*owners.get(word, ()), number)
    return _Words(owners, word_lister(owners))


def plain_words(text: str) -> str:
    """Return ``text`` without line ends and without who is charged and by when."""
    if "责任" in text or "时限" in text or "牵头" in text or "（完成" in text or "(完成" in text:
        text = _CHARGE.sub("", text)
    return text.replace("\n", "")


def topic_of(text: str) -> Topic:
    """Return what ``text`` is about."""
    owners, listed = _words()
    plain = plain_words(text)
    groups = chain.from_iterable(map(owners.__getitem__, listed(plain)))
    return Topic(frozenset(groups), frozenset(plain) - _MEANINGLESS, plain)


def named_words(plain: str) -> dict[int, str]:
    """Return the groups that ``plain`` has words of, each with the word as it stands there."""
    owners, listed = _words()
    return {group: word for word in listed(plain) for group in owners[word]}


def says_something(topic: Topic) -> bool:
    """Tell whether the statement is more than a name and figures, as a row of counts is."""
    _, bar, cells = topic.plain.partition("|")
    return not bar or not _MEANINGLESS.issuperset(cells)
