"""R106: a measure that is the last material's, word for word.

What: a measure of which nine tenths of the characters stand in the same order in a measure of the
last material; a note where the problem that it was for is not back (needs an earlier material).
Why: what did not help is promised again.
Basis: seen. The same text year after year, only the title changed (DOMAIN.md §2).
Example: both years “要牢固树立宗旨意识，密切联系群众，切实为群众排忧解难。”
Counter-example: “社区走访由每月1次改为每周1次，由网格长登记。”
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._years import last, last_step, quoted

META = Meta(
    code="R106",
    title="措施照搬上次",
    family="recurrence",
    severity="warning",
    basis="seen",
    why="同样的措施上次已经写过，问题没有解决，再写一遍也解决不了。请先说明上次做了什么、为什么没有见效，再写这次改做什么。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object to the heading of each measure that stands in both, in text order."""
    step = last_step(page)
    if step is None:
        return
    points = {point.id: point for point in page.points("measure")}
    before = {point.id: point for point in step.earlier.points}
    for_back = {m.point.id for then in step.then if then.back for m in then.measures}
    pairs = {later: earlier for earlier, later in step.repeated}
    for name, point in points.items():
        if name not in pairs:
            continue
        was = quoted(step.earlier, last(page), before[pairs[name]])
        again = pairs[name] in for_back
        message = "这条措施和上次的几乎一字不差" + (
            "，它针对的问题这次又提了出来。" if again else "。"
        )
        span = page.examination.heading_of(point)
        yield Objection((span,), message, severity=None if again else "note", earlier=(was,))
