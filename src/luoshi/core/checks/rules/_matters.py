"""Whether two statements name the same particular thing: the strings of characters they share.

What many statements have, words for any matter (问题, 工作), who is charged and where it is say
nothing about what a statement is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._measures import pattern
from luoshi.core.checks.rules._substance import generic_words
from luoshi.core.material.model import Point

_RUN = re.compile(r"[0-9\u4e00-\u9fff]{2,}")
_HEAD = re.compile(
    r"(?:[0-9]+[\u4e00-\u9fff]?|[的了在到和与及对将把向为是有由各每年月日号次个名项家户条份笔件])+"
)
_TAIL = re.compile(r"(?:[0-9]|[的了在到和与及对将把向为是有由不第年月])+$")
_DEPARTMENT = re.compile(r".{0,3}[科部处股办室组局]")
# What a character of a shared string weighs, by how many statements have the string.
_RARITY = {1: 1.0, 2: 1.0, 3: 0.7, 4: 0.4}


def matter(string: str) -> str:
    """Return a shared string without what tells nothing at its edges, or an empty one."""
    words = _TAIL.sub("", string)
    head = _HEAD.match(words)
    words = words[head.end() :] if head and len(words) - head.end() >= 2 else words
    if len(words) < 2 or _DEPARTMENT.fullmatch(words):
        return ""
    return words if len(generic_words().sub("", words)) > 1 else ""


def shared(one: str, other: str) -> set[str]:
    """Return the matters that two texts share."""
    found = {matter(w) for run in _RUN.findall(one) for w in _common(run, other)}
    return found - {""}


class Words:
    """The statements without what tells nothing, and what two of them share."""

    def __init__(self, page: Page, points: Sequence[Point]) -> None:
        self._text = {p.id: _plain(page, p) for p in points}
        self._all = list(self._text.values())
        self._weights: dict[str, float] = {}

    def shared(self, one: str, other: str) -> float:
        """Return how much the strings weigh that both statements have."""
        target = self._text[other]
        return sum(map(self._weight, shared(self._text[one], target)))

    def _weight(self, string: str) -> float:
        if string not in self._weights:
            self._weights[string] = self._worth(string)
        return self._weights[string]

    def _worth(self, words: str) -> float:
        count = sum(words in text for text in self._all)
        return (len(words) - 1) * _RARITY.get(count, 0.0)


def _plain(page: Page, point: Point) -> str:
    """Return a statement without who is charged: an owner is not a matter."""
    return pattern("charge").sub("|", page.text[point.words : point.end].replace("\n", ""))


def _common(run: str, target: str) -> Iterator[str]:
    """Yield the longest strings of two characters or more that ``target`` has too."""
    start, size = 0, len(run)
    while start < size - 1:
        if run[start] not in target or run[start : start + 2] not in target:
            start += 1
            continue
        end = start + 2
        while end < size and run[start : end + 1] in target:
            end += 1
        yield run[start:end]
        start = end - 1
