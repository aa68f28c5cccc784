"""T113: the same mark, or two marks that exclude each other, in a row.

What: 。。 ，， 、、 ；； ：： and mixtures such as ，。 with what should be left as the fix.
Why: a slip of editing.
Basis: custom. Marks of GB/T 15834-2011 (标点符号用法).
Example: 有时习惯于“干了再说”。。
Counter-example: …… and ——, ？！, dots of a table of contents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span

META = Meta(
    code="T113",
    title="标点重复",
    family="text",
    severity="warning",
    basis="custom",
    why="多半是改稿时留下的。请删去多余的标点。",
)
# A half-width mark counts beside a full-width one: ，,
_RUN = re.compile(r"[。，、；：](?:[ \u3000]*[。，、；：,;])+|[,;](?:[。，、；：])+")
_RANK = "、，：；。"
_FULL = str.maketrans(",;", "，；")


def find(page: Page) -> Iterator[Objection]:
    """Object to every run of marks; the strongest of them is the fix."""
    for match in _RUN.finditer(page.text):
        marks = match[0].translate(_FULL)
        if marks.count("。") > 2:
            yield Objection((Span(*match.span()),), "连用句号不是省略号，省略号应为“……”。", "……")
            continue
        kept = max((char for char in marks if char in _RANK), key=_RANK.index)
        what = "重复了" if len(set(marks.strip())) == 1 else "连用了，只能留一个"
        yield Objection((Span(*match.span()),), f"标点“{marks}”{what}。", kept)
