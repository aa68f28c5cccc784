"""T107: the opening names an aspect in other words than the heading does.

What: a clause of the opening (8 characters or more) that is like a clause of a required
heading and differs from it in a few characters; a mere abbreviation is not meant.
Why: the same list must read the same in both places, or one of them was copied.
Basis: seen (DOMAIN.md §2: two wordings of one aspect in one paper).
Example: opening 在不同时期成功应对风险挑战的丰富经验, heading 在不同历史时期成功应对…….
Counter-example: the opening gives only the first half of the heading, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span

META = Meta(
    code="T107",
    title="提法前后不一致",
    family="text",
    severity="warning",
    basis="seen",
    why="同一项要求前后写法不同，通常说明有一处抄漏或抄错了。请对照通知原文统一写法。",
)
_CLAUSE = re.compile(r"[^，。；：:,;\n（）()]{8,60}")
_MARKS = re.compile(r"[\s“”‘’\"'、《》*#—·]")
# Clauses as alike as this say the same thing in other words; below it they are two things.
_ALIKE = 0.75
_GRAM = 4


@cache
def _edges() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = knowledge.table("checks/wording")["lists"]
    lead, trail = "|".join(words["lead"]), "|".join(words["trail"])
    return re.compile(f"(?:{lead})+"), re.compile(trail)


def _clauses(page: Page, span: tuple[int, int]) -> list[tuple[Span, str]]:
    """Return the clauses of a span with their bare words: no marks, no words of the list."""
    lead, trail = _edges()
    found = []
    for match in _CLAUSE.finditer(page.text, *span):
        opened, closed = lead.match(match[0]), trail.search(match[0])
        low = opened.end() if opened else 0
        high = closed.start() if closed else len(match[0])
        words = _MARKS.sub("", match[0][low:high])
        if len(words) >= 8:
            found.append((Span(match.start() + low, match.start() + high), words))
    return found


def _grams(words: str) -> frozenset[str]:
    return frozenset(words[i : i + _GRAM] for i in range(len(words) - _GRAM + 1))


def _differ(one: str, other: str) -> bool:
    """Tell whether two clauses are one in two wordings, neither a part of the other."""
    if one in other or other in one:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def find(page: Page) -> Iterator[Objection]:
    """Object to each clause of the opening that a heading has in other words."""
    opening = page.examination.profile.opening
    headings = [p for p in page.points("aspect_heading") if p.aspect]
    if opening is None or not headings:
        return
    named = [
        (span, words, _grams(words))
        for point in headings
        for span, words in _clauses(page, (point.words, point.end))
    ]
    same = {words for _, words, _ in named}
    for span, words in _clauses(page, opening):
        grams = _grams(words)
        if words in same or any(words in other for other in same):
            continue
        for place, other, theirs in named:
            if len(grams & theirs) >= 2 and _differ(words, other):
                message = f"“{page.words(span)}”与后面标题里的写法“{page.words(place)}”不一致。"
                yield Objection((span, place), message)
                break
