"""M109: a result promised without a measure of it.

What: 明显提升, 显著改善, 再上新台阶 with no figure in the sentence but its date, and not how
often it is measured.
Why: nobody can say at the year's end whether it was reached.
Basis: seen. Measures without an indicator (DOMAIN.md §1, §3).
Example: “让群众的获得感、幸福感、安全感明显提升。”
Counter-example: “解决率由71%提高到78%以上，群众满意度明显提升。”: the figure is there.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._measures import Measure, marks, pattern
from luoshi.core.checks.rules._substance import clause_end, clause_start
from luoshi.core.reading.model import Span

META = Meta(
    code="M109",
    title="效果没有指标",
    family="measures",
    severity="warning",
    basis="seen",
    why="提升多少、从多少到多少没有写，年底无法核对。请写一个查得到的数，或一个看得见的标准。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object once per measure, to the clause that promises the result.

    Where another sentence names action, owner, date and indicator, the flourish is a note.
    """
    for measure, hit in marks(page)["unmeasured"]:
        low = clause_start(page, hit.start, measure.point.words)
        place = Span(low, clause_end(page, hit.end, measure.point.end))
        yield Objection(
            (place,),
            f"“{page.words(hit)}”没有可以核对的指标。",
            severity="note" if _adorns(page, measure, hit) else None,
        )


def _sentence(page: Page, hit: Span) -> Span:
    low = max(page.text.rfind(mark, 0, hit.start) for mark in "。；\n") + 1
    return Span(low, hit.end)


def _adorns(page: Page, measure: Measure, hit: Span) -> bool:
    """Tell whether the words stand beside an action that is told in full, in the same cell."""
    if pattern("step-owner").search(page.text, *_sentence(page, hit)):
        return False
    apart = measure.in_row and not measure.body.start <= hit.start < measure.body.end
    return measure.done and not measure.missing and not apart
