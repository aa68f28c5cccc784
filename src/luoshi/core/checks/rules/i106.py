"""I106: a writer's note to himself left in the text.

What: a bracket that tells the writer what to do here (（此处再补充一个例子）).
Why: it was meant to be replaced before the paper is handed in.
Basis: seen. Such notes stand in papers found in public.
Example: “看重排名的思想同样存在。（此处再补充一个本人的例子）”
Counter-example: “（请假3次）”, “（待业人员）”, “（注：数据截至12月底）”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span

META = Meta(
    code="I106",
    title="写稿提示没有删除",
    family="identity",
    severity="error",
    basis="seen",
    why="这是写稿时给自己的提示，不是正文；请按提示补好内容，再把括号删去。",
)
_NOTE = re.compile(
    r"[（(【][^（(【】）)\n]{0,20}?(?:补充|填写|填入|完善|修改|替换|删除|删去|添加|插入|展开|细化|举例|自拟|自行|例子|改为|酌情|调整|略去|核实)[^）)】\n]{0,30}[）)】]"
)


def find(page: Page) -> Iterator[Objection]:
    """Object to every bracket that opens as an instruction and says what to write."""
    for hit in page.hits("instruction"):
        match = _NOTE.match(page.text, hit.start)
        if match:
            span = Span(*match.span())
            yield Objection((span,), f"“{match[0]}”是写稿时的提示，没有删除。")
