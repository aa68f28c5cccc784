"""I108: a place name written in two ways.

What: a name that comes once and differs in one like-sounding character from one that comes
more often (柳安社区 beside 柳岸社区).
Why: one of the two is a slip, and the reader looks for a place that does not exist.
Basis: custom.
Example: “柳岸社区” three times and “柳安社区” once.
Counter-example: “柳岸社区、柳安社区” named side by side, as two places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import paragraph_at, units_table
from luoshi.core.reading.model import Span

META = Meta(
    code="I108",
    title="地名写法前后不一致",
    family="identity",
    severity="warning",
    basis="custom",
    why="同一个地方写成两个名字，多半有一处是笔误；请核对后统一。",
)


@cache
def _pattern() -> re.Pattern[str]:
    places = units_table()["places"]
    name = f"(?![{places['particles']}])[\u4e00-\u9fff]"
    return re.compile(f"(?=({name}{name}(?:{'|'.join(places['suffixes'])})))")


@cache
def _sounds() -> dict[str, frozenset[int]]:
    """Return the groups of like-sounding characters that each character belongs to."""
    found: dict[str, set[int]] = {}
    for index, row in enumerate(knowledge.table("checks/sounds")["groups"]):
        for character in row:
            found.setdefault(character, set()).add(index)
    return {character: frozenset(groups) for character, groups in found.items()}


def find(page: Page) -> Iterator[Objection]:
    """Object to the rarer of two names that sound alike."""
    places: dict[str, list[Span]] = {}
    for hit in page.hits("place-tail"):
        match = _pattern().match(page.text, hit.start - 2) if hit.start >= 2 else None
        if match:
            places.setdefault(match[1], []).append(Span(*match.span(1)))
    stems = Counter(name[:2] for name, spans in places.items() for _ in spans)
    often = [name for name in places if stems[name[:2]] > 1]
    for name, spans in places.items():
        if stems[name[:2]] > 1:
            continue
        other = next((one for one in often if _alike(name, one)), "")
        if other and other not in page.words(paragraph_at(page, spans[0].start)):
            message = f"这里写的是“{name}”，别处都写作“{other}”。"
            yield Objection((spans[0], places[other][0]), message, other)


def _alike(one: str, other: str) -> bool:
    """Tell whether two names differ in one character of the same sound."""
    if len(one) != len(other) or one[2:] != other[2:]:
        return False
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    none: frozenset[int] = frozenset()
    sounds = _sounds()
    return len(pairs) == 1 and bool(sounds.get(pairs[0][0], none) & sounds.get(pairs[0][1], none))
