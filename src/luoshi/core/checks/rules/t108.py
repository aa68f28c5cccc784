"""T108: a word, a character or a whole clause written twice in a row.

What: a word of three to eight characters twice in a row, a word of two
(unless data/checks/wording.toml has it as usage) or a character of that file twice in a row, a clause that is nothing but the end of the one
before it, 也 or 又 aside (error where it is eight characters or more).
Why: it is a slip of copying that any reader stumbles over.
Basis: custom. Ordinary Chinese usage.
Example: 要进一步进一步在学懂弄通做实上下功夫。
Counter-example: 研究研究, 一个一个, 为了了解, 达到目的的, 要求各级党组织组织学习.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection, Severity
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._text import HAN, in_title
from luoshi.core.reading.model import Span

META = Meta(
    code="T108",
    title="字词重复",
    family="text",
    severity="warning",
    basis="custom",
    why="多写了一遍，多半是改稿时没有删干净。请删去一个。",
)
_WITH_FIGURES = re.compile(rf"[{HAN}]+|(?=(?:\d*[{HAN}]){{2}})\d[{HAN}\d]*[{HAN}]")
_SUFFIXES = frozenset("化性们地得")
_HAN_ONLY = re.compile(rf"[{HAN}]+")
_CLAUSE = re.compile(r"[^\n。；，、！？：]{4,60}[。；，、]")
_LINK = re.compile(r"(?:同时|而且|并且|[也又还并且更都却但])+")
_LEAST, _LONG = 4, 8
_LONGEST = 8
# Words that begin so are repeated on purpose: 一件事一件事, 一个一个, 逐项逐项.
_ON_PURPOSE = frozenset("一逐每第哈呵")
_WHY = "同一句话连着写了两遍。请删去一遍。"


@cache
def _usual(name: str) -> frozenset[str]:
    return frozenset(knowledge.table("checks/wording")["repeated"][name])


@cache
def _doubled() -> dict[str, tuple[str, str]]:
    """Return the characters never doubled, with those before and after which they may be."""
    rows = knowledge.table("checks/wording")["doubled"]
    return {row["char"]: (row["before"], row["after"]) for row in rows}


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, length) of every word of up to eight characters written twice in a row.

    The text is compared with itself moved on by ``length`` characters, as one large number:
    where it repeats itself the difference is a run of zero bytes. Ten times faster than a
    pattern with a back reference.
    """
    data, width = text.encode("utf-16-le"), 2
    if len(data) != width * len(text):  # characters outside the basic plane take two units
        data, width = text.encode("utf-32-le"), 4
    number = int.from_bytes(data, "little")
    for length in range(1, _LONGEST + 1):
        moved = (number ^ (number >> (8 * width * length))).to_bytes(len(data), "little")
        size = width * length
        place = moved.find(bytes(size))
        while 0 <= place < len(data) - size:
            start = -(-place // width)
            if not any(moved[start * width : start * width + size]):
                yield start, length
                place = (start + length) * width
            else:
                place = start * width + 1
            place = moved.find(bytes(size), place)


def _is_slip(text: str, start: int, length: int) -> bool:
    """Tell whether a word written twice is a slip rather than usage or two words."""
    once, after = text[start : start + length], text[start + 2 * length : start + 2 * length + 1]
    if length == 1:
        if once not in _doubled():
            return False
        before = text[max(0, start - 1) : start]
        left, right = _doubled()[once]
        usual = (before and before in left) or (after and after in right)
        return not usual and once not in (before, after)
    if length == 2 and once in _usual("words"):
        return after not in _SUFFIXES
    if once[0] in _ON_PURPOSE or once[0] == once[-1]:
        return False
    if length == 2:
        return bool(_HAN_ONLY.fullmatch(once)) and _is_no_usage(text, start, after)
    return _WITH_FIGURES.fullmatch(once) is not None and len(set(once)) > 2


def _is_no_usage(text: str, start: int, after: str) -> bool:
    """Tell whether a word of two characters may not stand twice in a row.

    研究研究 is usage; 党组织组织学习 are two words, where the first is the end of a longer one.
    """
    once = text[start : start + 2]
    if once in _usual("verbs") or not _usual("loose").isdisjoint(once) or after in _SUFFIXES:
        return False
    return once not in _usual("heads") or text[max(0, start - 1) : start] in _usual("edges")


def _clauses(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, middle and end of two clauses in a row, the second the end of the first."""
    for one, other in pairwise(_CLAUSE.finditer(text)):
        if one.end() != other.start():
            continue
        linked = _LINK.match(text, other.start())
        words = text[linked.end() if linked else other.start() : other.end() - 1]
        if len(words) >= _LEAST and text.endswith(words, one.start(), one.end() - 1):
            if set(words[:1]) & _ON_PURPOSE and len(words) < _LONG:
                continue
            yield one.end() - 1 - len(words), one.end(), other.end()


_SENTENCE = re.compile(r"[^\n。！？]{6,200}[。！？]")


def _sentences(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, middle and end of two sentences in a row that are the same."""
    for one, other in pairwise(_SENTENCE.finditer(text)):
        if one.end() == other.start() and text.endswith(other[0], one.start(), one.end()):
            yield one.end() - len(other[0]), one.end(), other.end()


def _words_twice(text: str) -> Iterator[tuple[int, int, int]]:
    for start, length in _runs(text):
        if _is_slip(text, start, length):
            yield start, start + length, start + 2 * length


@cache
def _again() -> re.Pattern[str]:
    return re.compile(knowledge.table("checks/wording")["twice"])


def _said_again(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, middle and end of an adverb that is said again after a word of time."""
    for match in _again().finditer(text):
        said = match["a"] or match["b"] or match[0][-1]
        yield match.start(), match.end() - len(said), match.end()


def find(page: Page) -> Iterator[Objection]:
    """Object to everything written twice in a row; what is left after mending is the fix."""
    text, done = page.text, 0
    clauses = {
        (start, -end, middle): True for start, middle, end in (*_clauses(text), *_sentences(text))
    }
    twice = (*_words_twice(text), *_said_again(text))
    words = {(start, -end, middle): False for start, middle, end in twice}
    for (start, negative, middle), clause in sorted((words | clauses).items()):
        if start < done or in_title(page, start):
            continue
        done = end = -negative
        once = text[start:middle]
        message = f"“{once.rstrip('，。；、')}”连着写了两遍。"
        if clause:
            fix = once[:-1] + text[end - 1]
            severity: Severity = "error" if len(once) > _LONG else "warning"
            yield Objection((Span(start, end),), message, fix, severity, _WHY)
        else:
            yield Objection((Span(start, end),), message, once)
