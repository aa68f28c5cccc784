"""M107: a deadline that is none, or a promise with a way out.

What: 尽快, 适时, 择机 in place of a date (warning); 逐步, 尽量, 力争, 进一步 in a measure that
names no date at all (note).
Why: nothing is ever overdue that is due 尽快.
Basis: seen. Ledgers with empty deadlines (DOMAIN.md §1).
Example: “尽快实现社区走访全覆盖。”
Counter-example: “尽快修复，5月15日前完工。”: a date follows.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._measures import Measure, marks, measures
from luoshi.core.reading.model import Span

META = Meta(
    code="M107",
    title="期限或承诺留有余地",
    family="measures",
    severity="warning",
    basis="seen",
    why="这样写永远不会到期。请写明具体日期；分步做的，写明每一步什么时候完成。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object once per measure: to the vague deadline, else to the first soft promise."""
    vague = {measure.point.id: hit for measure, hit in marks(page)["vague-deadline"]}
    for measure in measures(page):
        hit = vague.get(measure.point.id)
        if hit is not None:
            yield Objection((hit,), f"“{page.words(hit)}”不是期限。")
            continue
        soft = _soft(page, measure)
        if soft is not None:
            yield Objection((soft,), f"“{page.words(soft)}”给承诺留了余地。", severity="note")


def _soft(page: Page, measure: Measure) -> Span | None:
    """Return the first soft promise of a measure that says what to do but not by when."""
    if not measure.visible or "deadline" not in measure.missing:
        return None
    return next(iter(page.hits("soft-promise", measure.body)), None)
