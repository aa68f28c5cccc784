"""B105: a hard fact without its detail.

What: a number of people or cases (违纪违法, 事故) without when it was and how it ended.
Why: the one hard number of a text is the first thing that the meeting asks about.
Basis: seen (DOMAIN.md §2: one hard number without detail in the seed).
Example: “以致发生违纪违法问题，先后查处10人。”
Counter-example: “2025年3月查处违纪违法2人，均为城管科人员，给予党内警告处分。”
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._substance import is_quoted, pattern, shown
from luoshi.core.reading.model import Span

META = Meta(
    code="B105",
    title="硬事实没有交代清楚",
    family="substance",
    severity="warning",
    basis="seen",
    why="写了人数、件数就会被问到。请写明发生在何时、涉及哪项工作、如何处理、本人负什么责任。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object to each counted case whose sentence tells neither when nor how it ended."""
    for point in page.examination.points:
        if point.kind not in ("problem", "cause"):
            continue
        for hit in page.hits("hard-fact", (point.words, point.end)):
            sentence = next(s for s in page.sentences_of(point) if hit.start < s.end)
            count = pattern("casualty").search(
                page.text, hit.start, min(hit.end + 10, sentence.end)
            )
            if count is None or is_quoted(page, hit.start, sentence.start):
                continue
            missing = _missing(page, sentence)
            if len(missing) == 2:
                place = Span(hit.start, count.end())
                yield Objection(
                    (place,), f"“{shown(page, place)}”没有写明{missing[0]}、{missing[1]}。"
                )
                break


def _missing(page: Page, sentence: Span) -> list[str]:
    missing = []
    if not page.hits("hard-when", sentence):
        missing.append("发生在什么时候")
    if not page.hits("hard-end", sentence):
        missing.append("是什么事、怎样处理")
    return missing
