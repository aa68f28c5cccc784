"""Passages as people are shown them: one line, no marks of Markdown, no frame of a table."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from luoshi.core.material.model import Examination, Point
from luoshi.core.reading.model import Block, Document, Span
from luoshi.core.text.sentences import sentences

_EMPHASIS = re.compile(r"(?<!\*)\*{2,3}(?!\*)|(?<!_)__(?!_)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_NUMBER = re.compile(r"[（(]?(?:\d{1,4}|[一二三四五六七八九十]{1,3})[）)]?[.．、]?")
_STOPS = "。；，、;, "


def plain(words: str) -> str:
    """Return ``words`` on one line, without emphasis marks (also half pairs) or controls."""
    words = _EMPHASIS.sub("", words.replace("\n", ""))
    return _CONTROL.sub(" ", words).strip(" *\u3000")


def excerpt(document: Document, span: Span, without: Span | None = None) -> str:
    """Return the characters of ``span`` as one line.

    Of table rows the cells are joined by ；, without empty ones, the number in front and
    the cell ``without``.
    """
    shown, after_cell = "", False
    for piece, is_cell in _pieces(document, span, without):
        words = plain(document.text[slice(*piece)])
        if not words:
            continue
        if shown and (is_cell or after_cell):
            shown = shown.rstrip(_STOPS) + "；"
        shown, after_cell = shown + words, is_cell
    return shown


def _pieces(document: Document, span: Span, without: Span | None) -> Iterator[tuple[Span, bool]]:
    """Yield what of each block lies in ``span``, and whether it is a cell."""
    first = bisect_right(document.blocks, span.start, key=lambda block: block.start) - 1
    for block in document.blocks[max(first, 0) :]:
        if block.start >= span.end:
            break
        for part in _cells(document.text, block) or [Span(block.start, block.end)]:
            low, high = max(part[0], span.start), min(part[1], span.end)
            if low < high and part != without:
                yield Span(low, high), block.kind == "row"


def _cells(text: str, block: Block) -> list[Span]:
    cells = list(block.cells)
    if len(cells) > 1 and _NUMBER.fullmatch(text[slice(*cells[0])].strip(" *\t")):
        del cells[0]
    return cells


def heading_and_body(examination: Examination, point: Point) -> tuple[str, str]:
    """Return what to show as a point's heading, and the rest of its words.

    A heading that only names the aspect (带头……方面。) gives way to the sentence after it;
    the cell of a problem's row that states the measure is shown as a measure, not here.
    """
    document = examination.document
    ends = [end for _, end in sentences(document.text, point.words, point.end)]
    ends = ends or [point.end]
    hidden = point.remedy if point.kind == "problem" else None
    start = point.words
    heading = excerpt(document, Span(start, ends[0]), hidden)
    if len(ends) > 1 and not point.is_heading() and _names_only(point.aspect, heading):
        start, ends = ends[0], ends[1:]
        heading = excerpt(document, Span(start, ends[0]), hidden)
    body = excerpt(document, Span(ends[0], point.end), hidden)
    return heading or excerpt(document, Span(start, point.end)), body


def _names_only(aspect: str, heading: str) -> bool:
    words = heading.strip("。：:！ ")
    return words.endswith("方面") or (bool(words) and words in aspect)
