"""T107: an aspect is named in other words than its heading has.

What: a clause of the opening (8 characters or more) that is like a clause of a required
heading and differs from it in a few characters; a mere abbreviation is not meant. Elsewhere a
clause of a passage that names two headings or more word for word.
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
# A passage that names so many headings word for word means to name them all.
_TOLD, _ALIKE_IN_LIST = 2, 0.55


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


def _named(page: Page) -> list[tuple[Span, str, frozenset[str]]]:
    """Return the clauses of the headings on aspects, each wording once."""
    found = [
        (span, words, _grams(words))
        for point in page.points("aspect_heading")
        if point.aspect
        for span, words in _clauses(page, (point.words, point.end))
    ]
    return list({words: (span, words, grams) for span, words, grams in reversed(found)}.values())


def _objection(page: Page, span: Span, place: Span) -> Objection:
    message = f"“{page.words(span)}”与标题里的写法“{page.words(place)}”不一致。"
    return Objection((span, place), message)


def _in_opening(page: Page, opening: Span) -> Iterator[Objection]:
    """Object to each clause of the opening that a heading has in other words."""
    named = _named(page)
    same = {words for _, words, _ in named}
    for span, words in _clauses(page, opening):
        grams = _grams(words)
        if words in same or any(words in other for other in same):
            continue
        for place, other, theirs in named:
            if len(grams & theirs) >= 2 and _differ(words, other):
                yield _objection(page, span, place)
                break


def _in_lists(page: Page, opening: Span | None) -> Iterator[Objection]:
    """Object to the odd clause of a passage elsewhere that names the headings one by one."""
    named = _named(page)
    same = {words for _, words, _ in named}
    headings = {point.start for point in page.points("aspect_heading")}
    for paragraph in page.paragraphs:
        within = opening and opening.start <= paragraph.start < opening.end
        if within or paragraph.start in headings:
            continue
        clauses = _clauses(page, paragraph)
        told = {words for _, words in clauses} & same
        if len(told) < _TOLD:
            continue
        for span, words in clauses:
            if not any(words in other or other in words for other in same):
                left = [(p, other) for p, other, _ in named if other not in told]
                yield from _odd(page, span, words, left)


def _odd(page: Page, span: Span, words: str, left: list[tuple[Span, str]]) -> Iterator[Objection]:
    for place, other in left:
        shortened = _is_part(words, other) or _is_part(other, words)
        alike = SequenceMatcher(None, words, other, autojunk=False).ratio() >= _ALIKE_IN_LIST
        if alike and not shortened:
            yield _objection(page, span, place)
            return


def _is_part(short: str, whole: str) -> bool:
    """Tell whether the characters of ``short`` stand in ``whole`` in their order."""
    rest = iter(whole)
    return all(char in rest for char in short)


def find(page: Page) -> Iterator[Objection]:
    """Object to each clause that a heading has in other words, in the opening or in a list."""
    if any(point.aspect for point in page.points("aspect_heading")):
        opening = page.examination.profile.opening
        if opening is not None:
            yield from _in_opening(page, opening)
        yield from _in_lists(page, opening)
