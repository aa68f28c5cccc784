"""B105: a hard fact without its detail.

What: a number of people dealt with, of breaches or accidents, and neither its sentence nor
the next one says what it was about, on which day, or how it ended. A year alone is no detail.
Why: the one hard number of a text is the first thing that the meeting asks about.
Basis: seen (DOMAIN.md §2: one hard number without detail in the seed).
Example: “以致发生违纪违法问题，先后查处10人。” “2024年以来，共有3名干部受到处理。”
Counter-example: “2025年3月查处违纪违法2人，均为城管科人员，给予党内警告处分。”
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._substance import is_quoted, pattern, shown
from luoshi.core.material.model import Point
from luoshi.core.reading.model import Span

META = Meta(
    code="B105",
    title="硬事实没有交代清楚",
    family="substance",
    severity="warning",
    basis="seen",
    why="写了人数、件数就会被问到。请写明发生在何时、涉及哪项工作、如何处理、本人负什么责任。",
)


# A day in the same sentence says of which matter the count is.
_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
# How far before the count its matter is looked for: two clauses.
_NEAR = 30


@cache
def _facts() -> tuple[re.Pattern[str], ...]:
    found: list[str] = knowledge.table("checks/words-substance")["patterns"]["hard-fact"]
    return tuple(map(re.compile, found))


def find(page: Page) -> Iterator[Objection]:
    """Object once per problem and cause, to a count with which no detail stands."""
    for point in page.examination.points:
        if point.kind not in ("problem", "cause"):
            continue
        for place, sentence in (*_counts(page, point), *_bare(page, point)):
            if not _told(page, place, sentence, point):
                yield Objection(
                    (place,), f"“{shown(page, place)}”只有一个数字，没有写明是什么事、怎样处理。"
                )
                break


def _counts(page: Page, point: Point) -> Iterator[tuple[Span, Span]]:
    """Yield each count of people or cases with its sentence."""
    seen = -1
    for hit in page.hits("hard-fact", (point.words, point.end)):
        if hit.start < seen:
            continue
        sentence = next(s for s in page.sentences_of(point) if hit.start < s.end)
        seen = sentence.end
        for fact in _facts():
            match = fact.search(page.text, *sentence)
            if match is not None and not is_quoted(page, match.start(), sentence.start):
                yield Span(*match.span()), sentence
                break


# A sentence of one clause or two with a hard event and a count, and no room for more.
_SHORT = 26


def _bare(page: Page, point: Point) -> Iterator[tuple[Span, Span]]:
    """Yield the count of a short sentence that names a hard event and nothing else."""
    for hit in page.hits("hard-event", (point.words, point.end)):
        sentence = next(s for s in page.sentences_of(point) if hit.start < s.end)
        first = page.sentences_of(point)[0]
        words = page.words(sentence)
        if len(words) > _SHORT or words.count("，") > 1 or sentence == first:
            continue
        match = pattern("bare-count").search(page.text, *sentence)
        if match is not None and not is_quoted(page, match.start(), sentence.start):
            yield Span(match.start(), match.end()), sentence


def _told(page: Page, place: Span, sentence: Span, point: Point) -> bool:
    """Tell whether the clauses around the count, or a next sentence on it, give the detail."""
    after = next((s for s in page.sentences_of(point) if s.start >= sentence.end), None)
    if after is not None and not pattern("goes-on").match(page.text, *after):
        after = None
    before = max(sentence.start, place.start - _NEAR)
    parts = [(before, place.start), (place.end, after.end if after else sentence.end)]
    # 收受回扣被处理: what for alone leaves open when, and with what end.
    handled = pattern("handled").search(page.words(place))
    detail = pattern("outcome" if handled else "hard-detail")
    if _DAY.search(page.text, sentence.start, place.start):
        return True
    # What is counted (火灾9起, 4名被免职) tells nothing of it; what people were dealt with for does.
    counted = pattern("kind").sub("", page.words(place))
    return (
        any(detail.search(page.text, *part) for part in parts) or detail.search(counted) is not None
    )
