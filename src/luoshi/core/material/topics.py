"""What a statement is about: the groups of words it uses and the words that are its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from luoshi.core import knowledge
from luoshi.core.text.finder import Match, word_finder

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

    ``groups`` are the lines of data/links/synonyms.txt (their numbers) whose words it has,
    each with the word as the text has it. ``signs`` are all its characters that can carry
    a meaning. ``plain`` is the text they were taken from.
    """

    groups: dict[int, str]
    signs: frozenset[str]
    plain: str


class _Words(NamedTuple):
    """The known words, which groups each belongs to, and how to find them in a text."""

    words: tuple[str, ...]
    owners: tuple[tuple[int, ...], ...]
    find: Callable[[str], list[Match]]


@cache
def _words() -> _Words:
    owners: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(knowledge.lines("links/synonyms")):
        for word in line.split():
            owners[word] = (*owners.get(word, ()), number)
    return _Words(tuple(owners), tuple(owners.values()), word_finder(owners))


def plain_words(text: str) -> str:
    """Return ``text`` without line ends and without who is charged and by when."""
    if "责" in text or "时限" in text or "牵头" in text or "完成" in text:
        text = _CHARGE.sub("", text)
    return text.replace("\n", "")


def topic_of(text: str) -> Topic:
    """Return what ``text`` is about."""
    known = _words()
    plain = plain_words(text)
    groups: dict[int, str] = {}
    for index in dict.fromkeys(match[0] for match in known.find(plain)):
        for owner in known.owners[index]:
            groups[owner] = known.words[index]
    return Topic(groups, frozenset(plain) - _MEANINGLESS, plain)
