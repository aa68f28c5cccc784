"""R102: a problem is back whose last measure was a mere attitude.

What: a problem of the last material that is back, and of all measures that the last material
had for it none named anything to be done, a date or a figure (needs an earlier material).
Why: the measure explains why the problem is back; repeated, it will bring it back again.
Basis: seen. Measures nobody can act on (DOMAIN.md §2).
Example: last year “要牢固树立宗旨意识，切实为群众排忧解难。”, and the problem is back.
Counter-example: last year “3月底前中午轮岗，党群科负责。”, and the problem is back: it was tried.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._years import earlier_point, heading, last, last_step, quoted

META = Meta(
    code="R102",
    title="上次的措施落不了地",
    family="recurrence",
    severity="warning",
    basis="seen",
    why="上次的措施没有动作，也没有时限和责任人，问题自然还在。这次请写明做哪一件事、由谁做、什么时候做完、怎样算完成。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object to the heading of each such problem; to none for which no measure was found."""
    step = last_step(page)
    for now in step.returned() if step else ():
        before = step.before(now) if step else None
        if step is None or now.match is None or before is None or not before.measures:
            continue
        if any(measure.visible for measure in before.measures):
            continue
        places = (earlier_point(step.earlier, now.match), before.measures[0].point)
        quotes = tuple(quoted(step.earlier, last(page), point) for point in places)
        message = "这个问题上次就提过，上次为它定的措施只有态度，没有写明做什么、谁来做、何时做完。"
        yield Objection((heading(page, now),), message, earlier=quotes)
