"""Whether two statements name the same particular thing: the strings of characters they share.

What many statements have, words for any matter (问题, 工作), who is charged and where it is say
nothing about what a statement is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

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


@lru_cache(maxsize=4096)
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
    return _shared(_RUN.findall(one), other)


def _shared(runs: Sequence[str], other: str) -> set[str]:
    found = {matter(string) for run in runs for string in _common(run, other)}
    return found - {""}


class Words:
    """The statements of a material, and how much what two of them share weighs."""

    def __init__(self, page: Page, points: Sequence[Point]) -> None:
        self._all = {p.id: page.text[p.words : p.end].replace("\n", "") for p in points}
        self._plain: dict[str, str] = {}
        self._runs: dict[str, list[str]] = {}
        self._weights: dict[str, float] = {}

    def knows(self, name: str) -> bool:
        """Tell whether the statement is one of those compared."""
        return name in self._all

    def shared(self, one: str, other: str) -> float:
        """Return how much the strings weigh that both statements have."""
        if one not in self._runs:
            self._runs[one] = _RUN.findall(self._without_owners(one))
        return sum(map(self._weight, _shared(self._runs[one], self._without_owners(other))))

    def _without_owners(self, name: str) -> str:
        """Return a statement without who is charged: an owner is not a matter."""
        if name not in self._plain:
            self._plain[name] = pattern("charge").sub("|", self._all[name])
        return self._plain[name]

    def _weight(self, string: str) -> float:
        if string not in self._weights:
            self._weights[string] = self._worth(string)
        return self._weights[string]

    def _worth(self, words: str) -> float:
        count = sum(words in text for text in self._all.values())
        return (len(words) - 1) * _RARITY.get(count, 0.0)


def _common(run: str, target: str) -> Iterator[str]:
    """Yield the longest strings of two characters or more that ``target`` has too."""
    start, size = 0, len(run)
    while start < size - 1:
        end = start + 2
        if run[start:end] in target:
            while end < size and run[start : end + 1] in target:
                end += 1
            yield run[start:end]
            start = end - 2
        start += 1
