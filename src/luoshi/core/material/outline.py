"""Outlines (提纲): the parts and required headings of a kind of material, as dated data.

An outline is one file in ``data/outlines``; the code knows no year and no slogan. A file
may extend another one, whose ``parts`` and ``titles`` it then shares.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from luoshi.core import knowledge
from luoshi.core.text.normalise import folded

PartKind = Literal[
    "opening", "previous", "matters", "problem", "case", "cause", "measure", "closing", "other"
]


@dataclass(frozen=True)
class Aspect:
    """A required heading: its full name and the key phrases that betray it in a text."""

    name: str
    pattern: str
    optional: bool
    part: PartKind

    @cached_property
    def keys(self) -> re.Pattern[str]:
        """The key phrases, compiled when first asked for."""
        return re.compile(self.pattern)


@dataclass(frozen=True, slots=True)
class PartRule:
    """How the heading of a part is recognised: by words in it, or by what it is as a whole."""

    kind: PartKind
    search: re.Pattern[str] | None
    label: re.Pattern[str] | None


class PartRules:
    """How an outline recognises the headings of parts; the first rule that matches wins.

    Compiled when first asked: every text is compared with all outlines but follows one.
    """

    def __init__(self, tables: Sequence[dict[str, Any]]) -> None:
        self._tables = tables

    @cached_property
    def _rules(self) -> tuple[PartRule, ...]:
        return tuple(
            PartRule(table["kind"], _any(table.get("search")), _any(table.get("label")))
            for table in self._tables
        )

    @cached_property
    def _any_label(self) -> re.Pattern[str]:
        """What any label would match: most headings are told by it to be no part."""
        return _any([p for table in self._tables for p in table.get("label", ())]) or _NEVER

    def match(self, words: str, exact: bool) -> PartKind | None:
        """Return the part that folded words open; with ``exact`` by their whole only."""
        if exact and not self._any_label.fullmatch(words):
            return None
        for rule in self._rules:
            if rule.label is not None and rule.label.fullmatch(words):
                return rule.kind
            if not exact and rule.search is not None and rule.search.search(words):
                return rule.kind
        return None


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts and required headings of one kind of material, with its source.

    ``year`` is the year the meeting is held for (0 = any), ``previous`` the outline of
    the meeting before, ``basis`` one of law, seen, default (DOMAIN.md's marks),
    ``any_aspect`` what any of the ``aspects`` would find.
    """

    id: str
    name: str
    year: int
    previous: str
    basis: str
    source: str
    dated: str
    titles: re.Pattern[str]
    cues: tuple[re.Pattern[str], ...]
    aspects: tuple[Aspect, ...]
    any_aspect: re.Pattern[str]
    parts: PartRules

    def part_of(self, heading: str, exact: bool = False) -> PartKind | None:
        """Return the part that a heading opens, or None.

        ``heading`` is without its number. With ``exact`` the heading must be nothing but
        the name of the part (原因分析), as is asked of lower headings: 整改措施不落实 is a
        problem there, not a part.
        """
        return self.parts.match(folded(heading).strip("。：:？?()"), exact)

    def aspect_of(self, heading: str) -> int:
        """Return the index of the aspect whose key phrases the heading has, or -1.

        The aspect with the earliest phrase wins: long headings name their neighbours too.
        """
        words = folded(heading)
        best, place = -1, len(words) + 1
        if not self.any_aspect.search(words):
            return best
        for index, aspect in enumerate(self.aspects):
            match = aspect.keys.search(words)
            if match and match.start() < place:
                best, place = index, match.start()
        return best


class UnknownOutlineError(LookupError):
    """No outline has this id; ``known`` are those there are. The text is Chinese."""

    def __init__(self, outline_id: str) -> None:
        super().__init__(outline_id)
        self.known = ids()

    def __str__(self) -> str:
        return f"没有“{self.args[0]}”这个提纲。已有的提纲：{'、'.join(self.known)}"


_NEVER = re.compile("(?!)")


def _any(patterns: list[str] | None) -> re.Pattern[str] | None:
    return re.compile(_either(patterns)) if patterns else None


def _either(patterns: list[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


@knowledge.derived
def ids() -> tuple[str, ...]:
    """Return the ids of all outlines that can be chosen, sorted."""
    found = (knowledge.table(f"outlines/{name}") for name in knowledge.names("outlines"))
    return tuple(data["id"] for data in found if not data.get("abstract"))


@knowledge.derived
def load(outline_id: str) -> Outline:
    """Return the outline with this id; raises :class:`UnknownOutlineError`."""
    if outline_id not in ids():
        raise UnknownOutlineError(outline_id)
    return build(knowledge.table(f"outlines/{outline_id}"))


def build(data: dict[str, Any]) -> Outline:
    """Return the outline that a parsed outline file describes."""
    sources = [data, *(knowledge.table(f"outlines/{name}") for name in data.get("extends", ()))]
    aspects = [_aspect(table) for table in data.get("aspects", ())]
    return Outline(
        id=data["id"],
        name=data["name"],
        year=data.get("year", 0),
        previous=data.get("previous", ""),
        basis=data["basis"],
        source=data["source"],
        dated=str(data["dated"]),
        titles=_any([t for s in sources for t in s.get("titles", ())]) or _NEVER,
        cues=tuple(re.compile(cue) for cue in data.get("cues", ())),
        aspects=tuple(aspects),
        any_aspect=_any([aspect.pattern for aspect in aspects]) or _NEVER,
        parts=PartRules([table for source in sources for table in source.get("parts", ())]),
    )


def _aspect(table: dict[str, Any]) -> Aspect:
    return Aspect(
        table["name"],
        _either(table["keys"]) or _NEVER.pattern,
        table.get("optional", False),
        table.get("part", "problem"),
    )


_YEAR = re.compile(r"(20\d\d)年度?")
_HELD = re.compile(r"(20\d\d)年度")


@knowledge.derived
def _any_aspect() -> re.Pattern[str]:
    keys = {aspect.pattern for outline_id in ids() for aspect in load(outline_id).aspects}
    return re.compile("|".join(sorted(keys)))


def guess(opening: str, headings: list[str]) -> str:
    """Return the id of the outline that the text most probably follows.

    ``opening`` is the title and the first paragraphs, ``headings`` all headings without
    their numbers. The required headings found count most, then cues of the opening and
    the year. Returns ``general`` when nothing speaks for any outline.
    """
    words = folded(opening)
    held = {int(y) for y in _HELD.findall(words)}
    mentioned = {int(y) for y in _YEAR.findall(words)}
    # Most headings name no aspect of any outline: one search spares them one per aspect.
    shapes = [shape for shape in map(folded, headings) if _any_aspect().search(shape)]
    best, best_score = "general", 1.9
    for outline_id in ids():
        outline = load(outline_id)
        own = [shape for shape in shapes if outline.any_aspect.search(shape)]
        hits = sum(any(map(aspect.keys.search, own)) for aspect in outline.aspects) if own else 0
        cues = sum(bool(cue.search(words)) for cue in outline.cues)
        score = 2.0 * hits * hits / max(len(outline.aspects), 1) + 1.5 * cues
        if not outline.aspects:
            score += 2.0 * bool(cues) * bool(outline.titles.search(words))
        if score and outline.year:
            score += 1.5 * (outline.year in held) + 0.5 * (outline.year in mentioned)
        if score > best_score:
            best, best_score = outline_id, score
    return best
