"""The steps of a measure that each have an owner of their own, and what one of them lacks.

A measure often holds several (甲负责，3月底前……；乙负责，……): what the first says of its deadline
says nothing of the second.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._measures import Measure, pattern
from luoshi.core.checks.rules._rows import Need
from luoshi.core.reading.model import Span

# A sentence that has no more around it than this charges somebody and tells of no work.
_LEAST = 9


class Step(NamedTuple):
    """One step: ``head`` is the sentence that charges somebody, ``span`` goes up to the next."""

    head: Span
    span: Span
    missing: tuple[Need, ...]


def steps(page: Page, measure: Measure) -> Iterator[Step]:
    """Yield the steps of a measure that lack a deadline or what tells that they are done."""
    if measure.in_row:
        return
    parts = _parts(page, Span(measure.point.words, measure.point.end))
    for index, part in enumerate(parts):
        if not _is_charge(page, part):
            continue
        last = next((i for i in range(index + 1, len(parts)) if _is_charge(page, parts[i])), None)
        end = parts[last].start if last is not None else measure.point.end
        if index == 0 and last is None:
            return
        span = Span(part.start, end)
        missing = tuple(need for need in _lacking(page, span) if need not in measure.missing)
        if missing:
            yield Step(part, span, missing)


def _parts(page: Page, span: Span) -> list[Span]:
    """Return the sentences of a measure, a semicolon ending one too."""
    found, low = [], span.start
    for match in pattern("step-end").finditer(page.text, *span):
        found.append(Span(low, match.end()))
        low = match.end()
    if low < span.end:
        found.append(Span(low, span.end))
    return found


def _is_charge(page: Page, part: Span) -> bool:
    """Tell whether a sentence charges somebody with work, and not with looking at it."""
    match = pattern("step-owner").search(page.text, *part)
    if match is None or pattern("step-watch").match(page.text, match.end()):
        return False
    # 由我本人负责，纪工委监督。: that charges somebody with what stands before it.
    return part.end - match.end() > _LEAST or match.start() - part.start > _LEAST


def _lacking(page: Page, span: Span) -> Iterator[Need]:
    text = page.text
    often = pattern("frequency").search(text, *span) is not None
    ruled = bool(page.hits("rule-form", span))
    due = pattern("deadline").search(text, *span) or pattern("period").search(text, *span)
    if not (often or ruled or due):
        yield "deadline"
    undated = pattern("day").sub("", page.words(span))
    told = page.hits("visible-action", span) or page.hits("criterion", span)
    counted = pattern("amount").search(undated) or pattern("works").search(text, *span)
    if not (often or told or counted) and pattern("step-soft").search(text, *span):
        yield "indicator"
