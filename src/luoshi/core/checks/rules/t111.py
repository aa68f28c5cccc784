"""T111: half-width marks between Chinese characters.

What: , ; : ? ! . or round brackets of half width beside Chinese characters. Up to five
places of one mark are told one by one, more of them once with their number.
Why: half-width marks stand too close and show that two texts were joined.
Basis: custom. Marks of GB/T 15834-2011 (标点符号用法).
Example: 遇到问题有时绕着走,习惯于用老办法。
Counter-example: 9:30, 3.5%, ISO 9001:2015, addresses, item marks (一) and 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._text import HAN, addresses, inside
from luoshi.core.reading.model import Span

META = Meta(
    code="T111",
    title="半角标点",
    family="text",
    severity="note",
    basis="custom",
    why="中文里用全角标点。请替换，并留意是不是从别处复制来的文字。",
)
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。", "(": "（", ")": "）"}
_MARK = re.compile(
    rf"[,;:?!](?<=[{HAN}”》）].)(?=[{HAN}“《（\d\n]|$)|\.(?<=[{HAN}]{{2}}\.)(?=[{HAN}“《\n]|$)"
)
_BRACKETS = re.compile(rf"\((?<=[{HAN}\d”》]\()[^()\n]*[{HAN}][^()\n]*\)")
_SEVERAL = 5
_STOPS = frozenset(",;?!.")


def _places(page: Page) -> dict[str, list[Span]]:
    """Return the places of each mark, a pair of brackets as one place."""
    text, quiet = page.text, addresses(page)
    found: dict[str, list[Span]] = {}
    for match in _MARK.finditer(text):
        if not inside(quiet, match.start()):
            found.setdefault(match[0], []).append(Span(*match.span()))
    if "(" in text:
        for match in _BRACKETS.finditer(text):
            found.setdefault("()", []).append(Span(*match.span()))
    return found


def _by_sentence(page: Page, spans: list[Span]) -> list[list[Span]]:
    """Return the places with those of one sentence together."""
    groups = [spans[:1]]
    for one, other in pairwise(spans):
        between = page.text[one.end : other.start]
        if "。" in between or "\n" in between:
            groups.append([other])
        else:
            groups[-1].append(other)
    return groups


def find(page: Page) -> Iterator[Objection]:
    """Object to the half-width marks, the frequent ones once."""
    for mark, spans in _places(page).items():
        full = "".join(_FULL[char] for char in mark)
        told = _by_sentence(page, spans) if len(spans) <= _SEVERAL else [spans[:1]]
        for span, *others in told:
            fix = full[0] + page.words(span)[1:-1] + full[1] if mark == "()" else full
            many = f"，全文共{len(spans)}处" if len(spans) > _SEVERAL else ""
            # A lone stop is a slip that readers see; brackets and colons are often set so.
            grave = len(spans) <= _SEVERAL and mark in _STOPS
            message = f"这里的“{mark}”是半角符号，应为“{full}”{many}。"
            yield Objection((span, *others), message, fix, "warning" if grave else None)
