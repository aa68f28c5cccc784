"""Who is meant by the words of a cell: units and persons that the office knows, and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from luoshi.core.knowledge import table

_APART = re.compile(r"[、，,；;/／|｜\n\t\u3000 :：（）()【】\[\]]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_EDGES = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Found:
    """Who is named, in order: pairs of what it is (unit, person, unknown) and the name."""

    named: tuple[tuple[str, str], ...] = ()

    def of(self, kind: str) -> tuple[str, ...]:
        """Return the names of a kind."""
        return tuple(name for held, name in self.named if held == kind)


class Register:
    """The names that an office knows."""

    def __init__(self, units: Iterable[str], persons: Iterable[str]) -> None:
        self._units = {_bare(name): name for name in units}
        self._persons = {_bare(name): name for name in persons}
        self._longest = sorted(self._units, key=len, reverse=True)

    def find(self, *cells: str) -> Found:
        """Return who and what is named in cells, each once."""
        found: dict[tuple[str, str], None] = {}
        for cell in cells:
            for word in _words(cell):
                for pair in self._meant(word):
                    found[pair] = None
        return Found(tuple(found))

    def _meant(self, word: str) -> list[tuple[str, str]]:
        if word in self._persons:
            return [("person", self._persons[word])]
        if word in self._units:
            return [("unit", self._units[word])]
        if word in _known()["roles"]:
            return []
        if (bare := _without_post(word)) != word:
            return self._meant(bare) if bare else []
        if unit := next((u for u in self._longest if word.startswith(u)), None):
            rest = word[len(unit) :]
            more = [] if rest in _known()["tails"] else self._meant(rest)
            return [("unit", self._units[unit]), *more]
        if unit := next((u for u in self._longest if word.endswith(u)), None):
            # 柳河街道城管科: the office's own name before that of its unit.
            return [("unit", self._units[unit])]
        return [] if word in _known()["nobody"] else [("unknown", word)]


@cache
def _known() -> Mapping[str, list[str]]:
    held: dict[str, list[str]] = table("sheets/words")["names"]
    return held | {"posts": sorted(held["posts"], key=len, reverse=True)}


def _bare(name: str) -> str:
    return re.sub(r"\s+", "", name)


def _words(cell: str) -> list[str]:
    """Return the words of a cell; a name that was spread out (张　三、欧 阳 明) is one word."""
    found: list[str] = []
    run: list[str] = []
    for word in [*_APART.split(cell), ""]:
        if len(word) == 1 and _HAN.match(word):
            run.append(word)
            continue
        size = 3 if len(run) <= 3 else 2
        found += ["".join(run[n : n + size]) for n in range(0, len(run), size)]
        run = []
        found.append(_EDGES.sub("", word))
    return [word for word in found if _HAN.search(word)]


def _without_post(word: str) -> str:
    for post in _known()["posts"]:
        if word == post:
            return ""
        if word.endswith(post) and len(word) - len(post) >= 2:
            return word[: -len(post)]
        if word.startswith(post) and len(word) - len(post) >= 2:
            return word[len(post) :]
    return word
