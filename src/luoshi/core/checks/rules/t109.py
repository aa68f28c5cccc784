"""T109: the same words in two places of the material.

What: a clause of eight characters or more, outside headings, quotations, titles and fixed
phrases, that stands in another place word for word; a note, a warning where it is a whole
sentence of 14 characters, a passage of 24, or stands three times.
Why: a cause that is the measure turned round says nothing; a reader notices.
Basis: seen (DOMAIN.md §2: one phrase three times in a paper).
Example: 把创新理论转化为……的实际能力 in a cause and again in a measure.
Counter-example: a measure that names the problem it answers in the problem's own words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cache

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection, Severity
from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span

META = Meta(
    code="T109",
    title="语句重复",
    family="text",
    severity="note",
    basis="seen",
    why="同样的话写在几处，通常会被认为是凑字数或照抄。请保留一处，另一处写出具体内容。",
)
_CLAUSE = re.compile(r"(?<=[，。；！？\n 、）])[^，。；：！？:;!?,\n\t]{8,80}(?=[，。；])")
_STOPS = "，。；：！？:;!?,"
_PASSAGE = 24
_SENTENCE = 14
_QUIET = re.compile(r"[《》“”\"（）()|\d*]|^(?:针对|关于|对照|围绕|按照|根据)")


def _quotable(page: Page) -> list[Span]:
    """Return what others may repeat: headings, and the heading sentences of problems."""
    points = page.examination.points
    found = [page.examination.heading_of(p) for p in points if p.kind not in {"cause", "measure"}]
    found += [Span(b.start, b.end) for b in page.document.blocks if b.level]
    return sorted(found)


@cache
def _fixed() -> frozenset[str]:
    groups = knowledge.table("checks/phrases")["phrases"].values()
    return frozenset(phrase for group in groups for phrase in group)


def _is_fixed(words: str) -> bool:
    """Tell whether most of a clause is one fixed phrase, which anybody may use again."""
    size = len(words)
    cuts = ((i, j) for i in range(5) for j in range(size, size - 5, -1) if j - i >= 4)
    return any(words[i:j] in _fixed() for i, j in cuts)


def _places(page: Page) -> dict[str, list[Span]]:
    """Return the repeated clauses with their places, those that may be repeated left out."""
    text = page.text
    counts = Counter(_CLAUSE.findall(text))
    repeated = [words for words, count in counts.items() if count > 1]
    quotable = _quotable(page) if repeated else []
    found = {}
    for words in repeated:
        if _QUIET.search(words) or _is_fixed(words):
            continue
        spans = [Span(m.start(), m.end()) for m in re.finditer(re.escape(words), text)]
        kept = [s for s in spans if page.point_at(s.start) and not _within(quotable, s)]
        if len(kept) > 1:
            found[words] = kept
    return found


def _within(spans: list[Span], place: Span) -> bool:
    index = bisect_right(spans, (place.start, place.end)) - 1
    return any(s.end >= place.end for s in spans[max(0, index - 1) : index + 1])


def _grown(text: str, first: Span, other: Span) -> tuple[Span, Span]:
    """Return both places extended as far as the words are the same, within the line."""
    low = 0
    while _same(text, first.start - low - 1, other.start - low - 1, first.end, other.start):
        low += 1
    high = 0
    while _same(text, first.end + high, other.end + high, first.end, other.start):
        high += 1
    while low and text[first.start - low] in _STOPS:
        low -= 1
    while high and text[first.end + high - 1] in _STOPS:
        high -= 1
    return (
        Span(first.start - low, first.end + high),
        Span(other.start - low, other.end + high),
    )


def _same(text: str, one: int, other: int, end: int, start: int) -> bool:
    inside = one >= 0 and other < len(text) and not (end <= start <= one)
    return inside and text[one] == text[other] != "\n"


def _is_whole(text: str, *places: Span) -> bool:
    """Tell whether the words are a whole sentence, or several, at each of the places."""
    return all(
        text[place.start - 1] in "。！？；\n \u3000" and text[place.end : place.end + 1] in "。；！"
        for place in places
    )


def find(page: Page) -> Iterator[Objection]:
    """Object once to every passage that comes again, at its first place."""
    done = 0
    for words, spans in sorted(_places(page).items(), key=lambda item: item[1][0]):
        if spans[0].start < done:
            continue
        first, other = _grown(page.text, spans[0], spans[1])
        length = first.end - first.start
        many = len(spans) > 2
        done = first.end
        if many:
            first, others = spans[0], tuple(spans[1:])
            message = f"“{words}”在文中出现{len(spans)}次。"
        else:
            others = (other,)
            shown = page.words(first)
            shown = shown if length <= 30 else f"{shown[:14]}……{shown[-14:]}"
            message = f"“{shown}”在另一处一字不差地又写了一遍。"
        least = _SENTENCE if _is_whole(page.text, first, other) else _PASSAGE
        severity: Severity = "warning" if many or length >= least else "note"
        yield Objection((first, *others), message, severity=severity)
