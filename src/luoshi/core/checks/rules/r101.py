"""R101: a problem of the last material is back, and as empty as before.

What: a problem that the last material named already, where neither of the two names a step, a
place, a number, a document or who (`core/recurrence`; needs an earlier material).
Why: what nobody can point at, nobody can mend; it will be back next year.
Basis: seen. A unit listed 服务群众意识不强 three years running (DOMAIN.md §1).
Example: last year “服务群众意识不强，深入社区不够。”, this year “联系群众不够紧密，到社区一线少。”
Counter-example: this year “3号窗口平均等候47分钟，中午无人值守。”: back, but now it can be mended.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._years import (
    EMPTY,
    earlier_point,
    heading,
    last,
    last_step,
    quoted,
    times,
)

META = Meta(
    code="R101",
    title="老问题还是老说法",
    family="recurrence",
    severity="warning",
    basis="seen",
    why="年年提、年年改、年年有，多半是因为从来没有说清是哪一件事。请写明发生在哪个环节、哪个窗口或科室、有多少、由谁经手。",
)
_MANY = 3


def find(page: Page) -> Iterator[Objection]:
    """Object to the heading of each problem that is back as empty as before, once or twice."""
    step = last_step(page)
    for now in step.of_state("empty") if step else ():
        if step is None or now.match is None or times(page, now) >= _MANY:
            continue
        before = quoted(step.earlier, last(page), earlier_point(step.earlier, now.match))
        message = f"这个问题上次就提过，两次都{EMPTY}。"
        yield Objection((heading(page, now),), message, earlier=(before,))
