"""R105: the number of last year's problems is not that of last year's material.

What: the report on the previous meeting says how many problems there were, and the last material
has another number, at whatever level of its numbering one counts (needs an earlier material).
Why: a problem was dropped between the years, or the report was copied from elsewhere.
Basis: seen. A stated count that the list does not have (DOMAIN.md §2).
Example: “上年度查摆问题5个” where the last material names 7 under 4 headings.
Counter-example: “上年度查摆的4个方面” there, or 7.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._years import last, last_step, quoted
from luoshi.core.recurrence.model import Recurrence

META = Meta(
    code="R105",
    title="上次问题的个数对不上",
    family="recurrence",
    severity="warning",
    basis="seen",
    why="报告里的个数和上次材料里的不一致，容易让人以为有的问题被拿掉了。请对照上次的材料核对；合并或增加的，写明怎样合并、从哪里来。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object to the number; to none that some level of the last material's numbering has."""
    step = last_step(page)
    if step is None or step.stated is None or not step.then:
        return
    if step.stated.number in _counts(step):
        return
    message = f"这里说上次查摆问题{step.stated.number}个，上次的材料里是{len(step.then)}个。"
    first = quoted(step.earlier, last(page), step.then[0].point)
    yield Objection((step.stated.span,), message, earlier=(first,))


def _counts(step: Recurrence) -> set[int]:
    """Return how many problems the last material has, at each level of its numbering."""
    paths = [then.point.path.split("/") for then in step.then]
    depth = max(map(len, paths))
    return {len({tuple(path[:level]) for path in paths}) for level in range(2, depth)} | {
        len(paths)
    }
