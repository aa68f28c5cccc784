"""T102: a fixed phrase with one character replaced by one that sounds or looks alike.

What: a phrase of data/checks/phrases.toml of which exactly one character differs, and the
character that stands there sounds like the right one (tones, zh/z, -ing/-in aside) or
looks like it.
Why: a slip in a fixed phrase is the first thing a reader sees.
Basis: custom. Phrases as public party documents print them; sounds after pypinyin.
Example: 以钉钉子精神一抓到底、久久为公。
Counter-example: 三个务必 beside 两个务必; 扶正驱邪, a wording of its own; a person's name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span
from luoshi.core.text.finder import Match, word_finder

META = Meta(
    code="T102",
    title="固定提法有错字",
    family="text",
    severity="error",
    basis="custom",
    why="固定提法一个字也不能错，错字多半是输入法选错了。请改正，并把全文再核一遍。",
)

Places = tuple[tuple[str, int, int], ...]


@cache
def _phrases() -> tuple[str, ...]:
    table = knowledge.table("checks/phrases")["phrases"]
    return tuple(phrase for group in table.values() for phrase in group)


@cache
def _right() -> frozenset[str]:
    """Return what is right although it is near a phrase, the phrases included."""
    return frozenset((*_phrases(), *knowledge.table("checks/phrases")["right"]))


@cache
def _groups() -> dict[str, str]:
    """Return for every character those that sound or look like it, itself included."""
    rows = knowledge.table("checks/sounds")["groups"] + knowledge.table("checks/phrases")["shapes"]
    found: dict[str, str] = defaultdict(str)
    for row in rows:
        for char in row:
            found[char] += row
    return found


def _slipped(half: str) -> Iterator[str]:
    """Yield ``half`` with each of its characters in turn replaced by every one alike."""
    for index, char in enumerate(half):
        for wrong in set(_groups().get(char, "")) - {char}:
            yield half[:index] + wrong + half[index + 1 :]


@cache
def _finder() -> tuple[Callable[[str], list[Match]], tuple[Places, ...]]:
    """Return the finder of half phrases, and for each what must be compared where.

    With one character wrong, one half is intact: the other one is compared there, given as
    its words and their bounds counted from the start of the intact half. Halves that stand
    everywhere would be compared too often: with them every slip of the other half is
    looked for as it is (no bounds, the words are the right phrase).
    """
    frequent = frozenset(knowledge.table("checks/phrases")["frequent"])
    seen: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for phrase in _phrases():
        cut = (len(phrase) + 1) // 2
        head, tail = phrase[:cut], phrase[cut:]
        if head in frequent:
            for wrong in _slipped(tail):
                seen[head + wrong].append((phrase, 0, 0))
        else:
            seen[head].append((tail, cut, len(phrase)))
        if tail in frequent:
            for wrong in _slipped(head):
                seen[wrong + tail].append((phrase, 0, 0))
        else:
            seen[tail].append((head, -cut, 0))
    return word_finder(seen), tuple(tuple(places) for places in seen.values())


def _near(word: str, right: str) -> bool:
    """Tell whether exactly one character of ``word`` is another, and sounds or looks alike."""
    if word[0] != right[0]:
        return word[1:] == right[1:] and word[0] in _groups().get(right[0], "")
    wrong = [(a, b) for a, b in zip(word, right, strict=True) if a != b]
    return len(wrong) == 1 and wrong[0][0] in _groups().get(wrong[0][1], "")


def _slips(text: str) -> Iterator[tuple[int, int, str]]:
    halves, compared = _finder()
    for index, start, end in halves(text):
        for other, low, high in compared[index]:
            if low == high:
                yield start, end, other
                continue
            word = text[max(0, start + low) : start + high]
            if word != other and len(word) == len(other) and _near(word, other):
                half = text[start:end]
                whole = other + half if low < 0 else half + other
                yield min(start + low, start), max(start + high, end), whole


def find(page: Page) -> Iterator[Objection]:
    """Object to every slip; the longest phrase speaks where several cover it."""
    text, done = page.text, 0
    for start, end, phrase in sorted(set(_slips(text)), key=lambda s: (s[0], -s[1])):
        word = text[start:end]
        if start < done or word in _right():
            continue
        done = end
        message = f"“{word}”应为“{phrase}”。"
        yield Objection((Span(start, end),), message, phrase)
