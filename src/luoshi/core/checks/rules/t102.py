"""T102: a fixed phrase with one character replaced by one that sounds or looks alike.

What: a phrase of data/checks/phrases.toml or idioms.toml of which exactly one character
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


@cache
def _phrases() -> tuple[str, ...]:
    table = knowledge.table("checks/phrases")["phrases"]
    more = knowledge.table("checks/idioms")
    groups = (*table.values(), more["idioms"].split(), more["official"].split())
    return tuple(dict.fromkeys(phrase for group in groups for phrase in group))


@cache
def _right() -> frozenset[str]:
    """Return what is right although it is near a phrase, the phrases included."""
    more = knowledge.table("checks/idioms")
    right = knowledge.table("checks/phrases")["right"]
    return frozenset((*_phrases(), *right, *more["quiet"].split(), *more["right"].split()))


@cache
def _groups() -> dict[str, str]:
    """Return for every character those that sound or look like it, itself included."""
    rows = knowledge.table("checks/sounds")["groups"] + knowledge.table("checks/phrases")["shapes"]
    found: dict[str, str] = defaultdict(str)
    for row in rows:
        for char in row:
            found[char] += row
    for row in knowledge.lines("checks/shapes"):
        found[row[0]] += row[1:]
    return found


Others = dict[tuple[int, int, int, str], tuple[str, ...]]


@cache
def _finder() -> tuple[Callable[[str], list[Match]], tuple[Others, ...]]:
    """Return the finder of half phrases, and for each the other halves there may be.

    With one character wrong, one half is intact. The other halves are filed under the side
    on which they stand (0 behind, 1 before), their length, and their first and their second
    character: a half with one character wrong has one of the two right.
    """
    seen: dict[str, dict[tuple[int, int, int, str], list[str]]] = defaultdict(dict)
    for phrase in _phrases():
        cut = (len(phrase) + 1) // 2
        head, tail = phrase[:cut], phrase[cut:]
        for half, other, side in ((head, tail, 0), (tail, head, 1)):
            for place in (0, 1):
                key = (side, len(other), place, other[place])
                seen[half].setdefault(key, []).append(other)
    found = tuple({k: tuple(v) for k, v in others.items()} for others in seen.values())
    return word_finder(seen), found


@cache
def _lengths() -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return for each half the sides and lengths of its other halves."""
    return tuple(tuple(sorted({key[:2] for key in others})) for others in _finder()[1])


def _near(word: str, right: str) -> bool:
    """Tell whether exactly one character of ``word`` is another, and sounds or looks alike."""
    wrong = [(a, b) for a, b in zip(word, right, strict=True) if a != b]
    return len(wrong) == 1 and wrong[0][0] in _groups().get(wrong[0][1], "")


def _slips(text: str) -> Iterator[tuple[int, int, str]]:
    halves, filed = _finder()
    lengths = _lengths()
    for index, start, end in halves(text):
        others = filed[index]
        for side, length in lengths[index]:
            low, high = (start - length, start) if side else (end, end + length)
            word = text[low:high] if low >= 0 else ""
            if len(word) != length:
                continue
            near = (
                *others.get((side, length, 0, word[0]), ()),
                *others.get((side, length, 1, word[1]), ()),
            )
            if not near or word in near:
                continue
            for other in near:
                if _near(word, other):
                    half = text[start:end]
                    whole = other + half if side else half + other
                    yield min(low, start), max(high, end), whole


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
