"""T129: a paragraph that ends with a comma.

What: a paragraph of running text whose last mark is ， or 、.
Why: either the sentence was cut off or the full stop was mistyped.
Basis: custom. Marks of GB/T 15834-2011 (标点符号用法).
Example: ……对基层的困难了解不够，
Counter-example: a salutation (各位领导，); lines that end with ： or ；; a pdf's lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._text import running_text
from luoshi.core.reading.model import Span

META = Meta(
    code="T129",
    title="段末是逗号",
    family="text",
    severity="warning",
    basis="custom",
    why="句子没有写完，或者句号打成了逗号。请补完整。",
)
# Shorter lines address somebody or are lines of a form.
_LEAST = 15


def find(page: Page) -> Iterator[Objection]:
    """Object to every paragraph whose last mark is a comma; the last words are the place."""
    if page.document.format == "pdf":
        return
    text = page.text
    for start, stop in running_text(page):
        end = start + len(text[start:stop].rstrip("* \t\u3000"))
        if end - start < _LEAST or text[end - 1] not in "，、" or page.point_at(end - 1) is None:
            continue
        low = max(text.rfind(mark, start, end - 1) for mark in "。！？；，：") + 1
        words = text[low : end - 1]
        message = f"段末“{words[-10:]}”后面是“{text[end - 1]}”，句子没有结束。"
        yield Objection((Span(low, end),), message)
