"""I106: a writer's note to himself left in the text.

What: a bracket that tells the writer what to do here (（此处再补充一个例子）).
Why: it was meant to be replaced before the paper is handed in.
Basis: seen. Such notes stand in papers found in public.
Example: “看重排名的思想同样存在。（此处再补充一个本人的例子）”
Counter-example: “（请假3次）”, “（待业人员）”, “（注：数据截至12月底）”.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import line_end
from luoshi.core.reading.model import Span

META = Meta(
    code="I106",
    title="写稿提示没有删除",
    family="identity",
    severity="error",
    basis="seen",
    why="这是写稿时给自己的提示，不是正文；请按提示补好内容，再把括号删去。",
)
_BRACKETS = {"（": "）", "(": ")", "【": "】"}
_LONGEST = 60
_HERE = ("此处", "这里")


def find(page: Page) -> Iterator[Objection]:
    """Object to every bracket that opens as an instruction and says what to write."""
    for hit in page.hits("instruction"):
        line = line_end(page, hit.start)
        stop = min(hit.start + _LONGEST, line)
        end = page.text.find(_BRACKETS[page.text[hit.start]], hit.end, stop) + 1
        # "Here" leaves little doubt; after other words only plain orders to write count.
        here = page.words(hit).endswith(_HERE)
        verbs = "instruction-here" if here else "instruction-verb"
        if end and page.hits(verbs, (hit.start, end)):
            span = Span(hit.start, end)
            yield Objection((span,), f"“{page.words(span)}”是写稿时的提示，没有删除。")
