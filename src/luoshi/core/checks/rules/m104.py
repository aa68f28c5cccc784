"""M104: a measure without an owner, a deadline or an indicator.

What: a measure that does name an action but not who is charged, by when or how often, or how
one would see that it is done. One finding lists what is missing.
Why: what has no owner and no date is nobody's and never due.
Basis: seen. The ledger asks for all three (DOMAIN.md §3: deadlines null, no indicator).
Example: “推进施工许可一网通办，精简要件，对窗口授权。”
Counter-example: “由办公室牵头，6月底前把报表从31种减到10种。”
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection, Severity
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._measures import (
    Measure,
    author,
    general_remarks,
    marks,
    measures,
)
from luoshi.core.checks.rules._rows import Need
from luoshi.core.checks.rules._steps import steps
from luoshi.core.reading.model import Span

META = Meta(
    code="M104",
    title="措施缺责任人、时限或指标",
    family="measures",
    severity="warning",
    basis="seen",
    why="整改台账通常要逐条填责任人、时限和完成标准。请补上，长期的事写明多久检查一次。",
)
_ASKED: dict[Need, str] = {
    "owner": "由谁负责",
    "deadline": "什么时候完成",
    "indicator": "做到什么程度算完成",
}
_MARKED: dict[Need, str] = {
    "owner": "vague-owner",
    "deadline": "vague-deadline",
    "indicator": "unmeasured",
}


_ENOUGH, _NEARLY_ALL = 3, 0.66
# A first sentence no longer than this is the measure's title.
_TITLE = 16


def find(page: Page) -> Iterator[Objection]:
    """Object once per measure; a missing indicator alone is a note where an action is named.

    So is a missing owner in a person's own paper where others lack one too. An action that one can see done is
    itself a sign that it was done, but not how much of it was meant.
    """
    alone = author(page) == "person" and not _owners_are_named(page)
    marked = {
        need: {measure.point.id for measure, _ in marks(page)[kind]}
        for need, kind in _MARKED.items()
    }
    for measure in measures(page):
        if not measure.visible:
            continue
        told = general_remarks(page) if measure.missing else frozenset()
        missing = [
            need
            for need in measure.missing
            if need not in told and measure.point.id not in marked[need]
        ]
        if missing or measure.standing is not None:
            yield _objection(page, measure, missing, alone)
        yield from _steps(page, measure, frozenset((*told, *_marked_needs(marked, measure))))


def _marked_needs(marked: dict[Need, set[str]], measure: Measure) -> Iterator[Need]:
    """Yield the needs of which another rule already marks words of the measure."""
    yield from (need for need, points in marked.items() if measure.point.id in points)


def _steps(page: Page, measure: Measure, told: frozenset[Need]) -> Iterator[Objection]:
    """Object to a step with an owner of its own that lacks what the measure has elsewhere."""
    for step in steps(page, measure):
        missing = [need for need in step.missing if need not in told]
        if missing:
            listed = "、".join(_ASKED[need] for need in missing)
            yield Objection((step.head,), f"这一步有人负责，没有写明{listed}。")


def _owners_are_named(page: Page) -> bool:
    """Tell whether nearly all measures name an owner, so that one without stands out."""
    acting = [measure for measure in measures(page) if measure.visible]
    named = sum("owner" not in measure.missing for measure in acting)
    return len(acting) >= _ENOUGH and named >= _NEARLY_ALL * len(acting)


def _objection(page: Page, measure: Measure, missing: list[Need], alone: bool) -> Objection:
    heading = page.examination.heading_of(measure.point)
    if not missing and measure.standing is not None:
        words = page.words(measure.standing)
        return Objection((measure.standing,), f"时限写的是“{words}”，没有写明多久检查一次。")
    listed = "、".join(_ASKED[need] for need in missing)
    lesser = (missing == ["indicator"] and measure.done) or (alone and missing == ["owner"])
    severity: Severity | None = "note" if lesser and measure.standing is None else None
    return Objection(
        (heading, *_action(page, measure)), f"这条措施没有写明{listed}。", severity=severity
    )


def _action(page: Page, measure: Measure) -> tuple[Span, ...]:
    """Return the sentence that says what is done, where the first is but its title."""
    sentences = page.sentences_of(measure.point)
    titled = len(sentences) > 1 and sentences[0].end - sentences[0].start <= _TITLE
    return sentences[1:2] if titled else ()
