"""T110: straight quotes in Chinese text.

What: the marks " and ' around Chinese words; one finding for the whole document, at the
first pair, with the number of pairs.
Why: Chinese text has quotes of its own; straight ones come from copying or typing.
Basis: custom. Marks of GB/T 15834-2011 (标点符号用法).
Example: 习惯于"事后应对"。
Counter-example: inches and code: 55" screens, name="x".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._text import HAN
from luoshi.core.reading.model import Span

META = Meta(
    code="T110",
    title="直引号",
    family="text",
    severity="warning",
    basis="custom",
    why="直引号多半是复制或输入法造成的。请全部换成中文的弯引号，先后两个方向不同。",
)
_PAIR = re.compile(rf"\"([^\"\n]{{1,80}})\"|'([{HAN}][^'\n]{{0,60}})'")
_LONE = re.compile(rf"\"(?<=[{HAN}，。：；]\")(?=[{HAN}])")
_CHINESE = re.compile(rf"[{HAN}]")


def find(page: Page) -> Iterator[Objection]:
    """Object once, at the first pair of straight quotes around or beside Chinese words."""
    text = page.text
    if '"' not in text and "'" not in text:
        return
    pairs = [m for m in _PAIR.finditer(text) if _CHINESE.search(m[0])]
    yield from _pairs(pairs)
    yield from _alone(text, pairs)


def _alone(text: str, pairs: list[re.Match[str]]) -> Iterator[Objection]:
    """Object to a straight quote between Chinese words that has no partner in its line."""
    for match in _LONE.finditer(text):
        low, high = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.start())
        line = Span(low, high if high >= 0 else len(text))
        inside = any(pair.start() <= match.start() < pair.end() for pair in pairs)
        if not inside and text.count('"', *line) % 2:
            message = "这里的直引号没有和它配对的另一半，中文里用一前一后两个弯引号。"
            yield Objection((Span(*match.span()),), message)


def _pairs(pairs: list[re.Match[str]]) -> Iterator[Objection]:
    if not pairs:
        return
    first = pairs[0]
    fix = f"“{first[1]}”" if first[1] else f"‘{first[2]}’"
    many = "" if len(pairs) == 1 else f"，全文共{len(pairs)}处"
    words = first[1] or first[2]
    shown = words if len(words) <= 12 else f"{words[:10]}……"
    message = f"“{shown}”用的是直引号，中文里用弯引号{many}。"
    yield Objection((Span(*first.span()),), message, fix)
