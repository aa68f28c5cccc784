"""R104: problems of the last material of which the report says nothing.

What: the report on the previous meeting takes up some problems of the last material and not the
others, neither by name nor by what they are about (needs an earlier material).
Why: a problem that nobody reports on was not looked at, or not dared to be.
Basis: seen. Each meeting answers for the one before (DOMAIN.md §2).
Example: last year 窗口服务 and 年轻干部培训; the report is on 窗口服务 only.
Counter-example: “窗口服务方面，……。年轻干部方面，……。”
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._years import last, last_step, quoted, words_of
from luoshi.core.recurrence.reported import sentences_of_report

META = Meta(
    code="R104",
    title="上次的问题没有交代",
    family="recurrence",
    severity="warning",
    basis="seen",
    why="上次查摆的问题要逐个交代：改到什么程度、靠什么看出来、没有改完的差在哪里。请对照上次的材料逐条补上。",
)
_NAMED = 4


def find(page: Page) -> Iterator[Objection]:
    """Object once, to the report's first sentence, and name the problems that it leaves out."""
    step = last_step(page)
    told = sentences_of_report(page)
    left = step.unreported() if step else ()
    if step is None or not left or not told:
        return
    before = Page(step.earlier)
    names = [words_of(before, then.point) for then in left]
    listed = "".join(f"“{name}”" for name in names[:_NAMED])
    more = "等" if len(names) > _NAMED else ""
    message = f"上次查摆的{len(step.then)}个问题，这里有{len(left)}个没有说到：{listed}{more}。"
    if len(left) == len(step.then):
        message = f"上次查摆的{len(step.then)}个问题，这里一个也没有具体说到：{listed}{more}。"
    quotes = tuple(quoted(step.earlier, last(page), then.point) for then in left)
    yield Objection((told[0],), message, earlier=quotes)
