"""T116: spaces inside Chinese text.

What: a space between two Chinese characters in the middle of a paragraph of running text;
one finding for the document with their number, at the first.
Why: a space of copying or of a line broken by hand.
Basis: custom. Chinese is set without spaces.
Example: 对群众反映的 问题重视不够，研究不深。
Counter-example: names of two characters (张 三), titles, signatures, tables, pdf files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._text import HAN, running_text
from luoshi.core.reading.model import Span

META = Meta(
    code="T116",
    title="字间有空格",
    family="text",
    severity="note",
    basis="custom",
    why="多半是复制或手工换行留下的。请删去。",
)
_SPACE = re.compile(rf"[ \u3000](?<=[{HAN}][{HAN}，。；、].)(?=[{HAN}]{{2}})")
_LEAST = 30


def _is_slip(page: Page, start: int, place: int) -> bool:
    """Tell whether a space stands in a sentence: no field, no bracket, no heading before it."""
    text = page.text
    low = max(text.rfind(mark, start, place) for mark in "。；\n") + 1
    clause = text[max(low, start) : place]
    return ("，" in clause or low > start) and not any(char in clause for char in "：:（(|")


def find(page: Page) -> Iterator[Objection]:
    """Object once, at the first space; never in a pdf, whose spaces are the printer's."""
    if page.document.format == "pdf":
        return
    text = page.text
    spaces = [
        match
        for start, end in running_text(page)
        if end - start >= _LEAST
        for match in _SPACE.finditer(text, start, end)
        if _is_slip(page, start, match.start())
    ]
    if not spaces:
        return
    first = spaces[0]
    start, end = first.start() - 2, first.end() + 2
    many = f"，全文共{len(spaces)}处" if len(spaces) > 1 else ""
    fix = text[start : first.start()] + text[first.end() : end]
    yield Objection((Span(start, end),), f"“{text[start:end]}”中间有空格{many}。", fix)
