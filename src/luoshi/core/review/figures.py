"""A material → the figures that a reviewer's table shows, each with the places it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._measures import general_remarks, measures
from luoshi.core.checks.rules._measures import pattern as measure_pattern
from luoshi.core.checks.rules._substance import _names_place, first_figure, is_firm, pattern
from luoshi.core.material.model import Examination, PointKind
from luoshi.core.reading.model import Span

#: Grows when the figures are made in another way, so that kept ones are made anew.
EDITION = 1
PARTS: tuple[PointKind, ...] = ("problem", "cause", "measure", "previous")
_DOCUMENT = re.compile(r"《[^》]{2,}》")
_BLANK = re.compile(r"\s")
# Digits that are part of a date count nothing.
_DAY = re.compile(r"[0-9]{4}年|[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,2}日")


def figures(examination: Examination) -> dict[str, Any]:
    """Return the figures of a material as plain values; spans count in its text.

    ``characters`` without white space; ``parts``: characters of the points of each part,
    headings not among them; ``problems`` with what each ``has`` of when, where, how_many,
    which, and whether it is ``concrete`` as the rule on empty problems judges it
    (`_substance.is_firm`); ``measures`` with what each lacks of owner, deadline, indicator,
    ``can_act`` where it names an action and lacks none of them.
    """
    page = Page(examination)
    return {
        "edition": EDITION,
        "characters": _length(page.text),
        "parts": {kind: _covered(page, kind) for kind in PARTS},
        "problems": [
            {
                "start": point.start, "end": point.end, "path": point.path,
                "has": _has(page, Span(point.words, point.end)),
                "concrete": is_firm(page, (point.words, point.end)),
            }
            for point in page.points("problem")
        ],
        "measures": _measures(page),
    }  # fmt: skip


def _length(text: str) -> int:
    return len(_BLANK.sub("", text))


def _covered(page: Page, kind: PointKind) -> int:
    """Return how many characters the points of a kind have; what two share counts once."""
    return sum(
        _length(page.words(span)) for span in joined((p.start, p.end) for p in page.points(kind))
    )


def joined(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that overlap made one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _has(page: Page, span: Span) -> list[str]:
    text = page.text
    days = [match.span() for match in _DAY.finditer(text, *span)]
    told = {
        "when": bool(days) or measure_pattern("date").search(text, *span) is not None,
        "where": _names_place(page, span),
        "how_many": _counts(page, span, days),
        "which": _DOCUMENT.search(text, *span) is not None
        or bool(page.hits("event", span))
        or ("“" in page.words(span) and pattern("speech").search(text, *span) is not None),
    }
    return [name for name, found in told.items() if found]


def _counts(page: Page, span: Span, days: list[tuple[int, int]]) -> bool:
    """Tell whether a figure stands outside the dates of a span."""
    start = span.start
    for low, high in [*days, (span.end, span.end)]:
        if start < low and first_figure(page, (start, low)) >= 0:
            return True
        start = max(start, high)
    return False


def _measures(page: Page) -> list[dict[str, Any]]:
    told = general_remarks(page)
    found = []
    for measure in measures(page):
        missing = [need for need in measure.missing if need not in told]
        found.append(
            {
                "start": measure.point.start, "end": measure.point.end, "path": measure.point.path,
                "missing": missing, "can_act": measure.visible and not missing,
            }
        )  # fmt: skip
    return found
