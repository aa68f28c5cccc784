"""Codes by which problems are named (NC-2025-07), and those that name none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span

_CODE = re.compile(
    r"(?<![A-Za-z0-9/])(?P<head>[A-Z]{1,6}[-－—]?(?:\d{2,4}[-－—])?)(?P<n>\d{1,3})(?![\d\-—–A-Za-z.])"
)
# Where a statement's code stands: so far from the beginning of its words.
_BEGINNING = 6
_LONGEST = 12
# So many codes make a series.
_SERIES = 2


def _listed(page: Page) -> dict[str, list[tuple[int, Span]]]:
    """Return by series the codes that begin problems or their headings."""
    found: dict[str, list[tuple[int, Span]]] = {}
    for point in page.examination.points:
        if point.kind != "problem" and not point.is_heading():
            continue
        match = _CODE.search(
            page.text, point.start, min(point.words + _BEGINNING + _LONGEST, point.end)
        )
        if match and match.start() <= point.words + _BEGINNING:
            found.setdefault(match["head"], []).append((int(match["n"]), Span(*match.span())))
    return found


def unknown_codes(page: Page) -> Iterator[tuple[Span, Span]]:
    """Yield each code beyond those of its series, at its first place, and the last one listed.

    A series in which one code was given twice tells nothing: there it is the list that is
    numbered wrongly.
    """
    firm = {
        head: items
        for head, items in _listed(page).items()
        if len(items) >= _SERIES and len({value for value, _ in items}) == len(items)
    }
    seen: set[str] = set()
    for match in _CODE.finditer(page.text) if firm else ():
        items = firm.get(match["head"], [])
        values = [value for value, _ in items]
        if not values or min(values) <= int(match["n"]) <= max(values) or match[0] in seen:
            continue
        seen.add(match[0])
        yield Span(*match.span()), max(items)[1]
