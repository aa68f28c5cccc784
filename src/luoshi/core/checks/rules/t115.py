"""T115: a paragraph whose last sentence has no full stop.

What: a paragraph of running text with a full stop inside and none (nor any other final
mark) at its end. Where many paragraphs of a text end so, it is its layout: quiet.
Why: either a mark is missing or the end of the sentence was cut off.
Basis: custom. Marks of GB/T 15834-2011 (标点符号用法).
Example: ……办法不多。与高质量发展的要求相比还有不小差距
Counter-example: headings, rows of a table, lines that end with ：or （签名）.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._text import running_text
from luoshi.core.reading.model import Span

META = Meta(
    code="T115",
    title="段末没有句号",
    family="text",
    severity="note",
    basis="custom",
    why="可能漏了句号，也可能句子没有写完。请补上。",
)
_END = re.compile(r"[\w”’》]$")
_LEAST = 20
_LAYOUT = 0.2


def find(page: Page) -> Iterator[Objection]:
    """Object to every paragraph without its full stop; the last words are the place."""
    text = page.text
    spans = [s for s in running_text(page) if s.end - s.start >= _LEAST]
    full = [s for s in spans if "。" in page.words(s)]
    open_ended = [s for s in full if _END.search(page.words(s).rstrip("* \t"))]
    if len(open_ended) > max(2, _LAYOUT * len(full)):
        return
    for start, stop in open_ended:
        end = start + len(text[start:stop].rstrip("* \t"))
        low = max(text.rfind(mark, start, end) for mark in "。！？；，") + 1
        words = text[low:end]
        if page.point_at(end - 1) is None or "。" in text[low:end]:
            continue
        yield Objection((Span(low, end),), f"段末“{words[-10:]}”后面没有句号。", f"{words}。")
