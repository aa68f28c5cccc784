"""T102: a fixed phrase with one character replaced by one that sounds or looks alike.

What: a phrase of data/checks/phrases.toml, idioms.toml, idioms-more.txt or
collocations.txt of which exactly one character
differs, and the character that stands there sounds like the right one (tones, zh/z, -ing/-in
aside) or looks like it.
Why: a slip in a fixed phrase is the first thing a reader sees.
Basis: custom. Phrases as public party documents print them; sounds after pypinyin, looks
after a comparison of the printed characters.
Example: 以钉钉子精神一抓到底、久久为公。
Counter-example: 三个务必 beside 两个务必; 扶正驱邪, a wording of its own; a person's name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._pairs import is_word
from luoshi.core.reading.model import Span
from luoshi.core.text.finder import word_finder

META = Meta(
    code="T102",
    title="固定提法有错字",
    family="text",
    severity="error",
    basis="custom",
    why="固定提法一个字也不能错，错字多半是输入法选错了。请改正，并把全文再核一遍。",
)


@cache
def _phrases() -> tuple[str, ...]:
    table = knowledge.table("checks/phrases")["phrases"]
    more = knowledge.table("checks/idioms")
    files = ("idioms-more", "collocations")
    further = (
        w for name in files for line in knowledge.lines(f"checks/{name}") for w in line.split()
    )
    groups = (*table.values(), more["idioms"].split(), more["official"].split(), further)
    return tuple(dict.fromkeys(phrase for group in groups for phrase in group))


@cache
def _right() -> frozenset[str]:
    """Return what is right although it is near a phrase, the phrases included."""
    more = knowledge.table("checks/idioms")
    right = knowledge.table("checks/phrases")["right"]
    chance = (w for line in knowledge.lines("checks/collocations-quiet") for w in line.split())
    return frozenset((*_phrases(), *right, *more["quiet"].split(), *more["right"].split(), *chance))


@cache
def _groups() -> dict[str, str]:
    """Return for every character those that sound or look like it, itself included."""
    rows = knowledge.table("checks/sounds")["groups"] + knowledge.table("checks/phrases")["shapes"]
    rows = rows + knowledge.table("checks/sounds-names")["groups"]
    found: dict[str, str] = defaultdict(str)
    for row in rows:
        for char in row:
            found[char] += row
    for row in knowledge.lines("checks/shapes"):
        found[row[0]] += row[1:]
    return found


def alike(char: str) -> str:
    """Return the characters that sound or look like ``char``, which may be among them."""
    return _groups().get(char, "")


class _Others(NamedTuple):
    """The other halves of one length that stand on one side of a half (behind it or before).

    They are filed by their first and by their second character: a half with one character
    wrong has one of the two right.
    """

    before: bool
    length: int
    first: dict[str, tuple[str, ...]]
    second: dict[str, tuple[str, ...]]


class _Halves:
    """The halves of the phrases: with one character wrong, one half is intact."""

    def __init__(self) -> None:
        self._seen: dict[str, list[tuple[bool, str]]] = {}
        for phrase in _phrases():
            cut = (len(phrase) + 1) // 2
            head, tail = phrase[:cut], phrase[cut:]
            self._seen.setdefault(head, []).append((False, tail))
            self._seen.setdefault(tail, []).append((True, head))
        self._filed: dict[int, tuple[_Others, ...]] = {}
        self._order = list(self._seen)
        self.places = word_finder(self._order)

    def others(self, index: int) -> tuple[_Others, ...]:
        """Return the other halves of a half, filed when it is first met: most never are."""
        found = self._filed.get(index)
        if found is None:
            sides: dict[tuple[bool, int], list[str]] = {}
            for before, other in self._seen[self._order[index]]:
                sides.setdefault((before, len(other)), []).append(other)
            found = self._filed[index] = tuple(
                _Others(before, length, _by_character(others, 0), _by_character(others, 1))
                for (before, length), others in sides.items()
            )
        return found


@cache
def _halves() -> _Halves:
    return _Halves()


def _by_character(words: list[str], place: int) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        found[word[place]] = (*found.get(word[place], ()), word)
    return found


def _near(word: str, right: str) -> bool:
    """Tell whether exactly one character of ``word`` is another, and sounds or looks alike."""
    wrong = [(a, b) for a, b in zip(word, right, strict=True) if a != b]
    return len(wrong) == 1 and wrong[0][0] in _groups().get(wrong[0][1], "")


def _slips(text: str) -> Iterator[tuple[int, int, str]]:
    halves = _halves()
    for index, start, end in halves.places(text):
        for before, length, first, second in halves.others(index):
            low = start - length if before else end
            word = text[max(0, low) : low + length]
            if len(word) != length:
                continue
            near = first.get(word[0], ()) + second.get(word[1], ())
            if not near or word in near:
                continue
            for other in near:
                if _near(word, other):
                    half = text[start:end]
                    whole = other + half if before else half + other
                    yield min(low, start), max(low + length, end), whole


def _of_neighbours(text: str, start: int, end: int, phrase: str) -> bool:
    """Tell whether the odd character is at an end and makes a word with what is beside it.

    社会主义法治国家 holds 义法治国, but 主义 claims the first character.
    """
    before, behind = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
    if text[start] != phrase[0]:
        return is_word(before)
    return text[end - 1] != phrase[-1] and is_word(behind)


def find(page: Page) -> Iterator[Objection]:
    """Object to every slip; the longest phrase speaks where several cover it."""
    text, done = page.text, 0
    for start, end, phrase in sorted(set(_slips(text)), key=lambda s: (s[0], -s[1])):
        word = text[start:end]
        if start < done or word in _right() or _of_neighbours(text, start, end, phrase):
            continue
        done = end
        message = f"“{word}”应为“{phrase}”。"
        yield Objection((Span(start, end),), message, phrase)
