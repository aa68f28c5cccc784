"""M102: a measure, or a sentence of one, that answers no problem named.

What: a measure linked to no problem, or a sentence of a measure on a concrete matter
that no problem mentions.
Why: either a problem was left out, or the measure was copied from elsewhere.
Basis: seen (DOMAIN.md §1: a measure on demolition petitions without a problem).
Example: 措施“解决征地信访问题。” in a material without a word on land or petitions.
Counter-example: the same measure where a problem names the unresolved petitions.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._answers import answers
from luoshi.core.checks.rules._substance import heading_of
from luoshi.core.reading.model import Span

META = Meta(
    code="M102",
    title="措施没有问题",
    family="measures",
    severity="warning",
    basis="seen",
    why="可能是问题漏写了，也可能是照搬了别处的措施。请补上问题，或删去措施。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object to every rootless measure or sentence; to none when no problem is named."""
    if not page.points("problem"):
        return
    spans = [heading_of(page, point) for point in answers(page).rootless]
    spans += page.examination.stray
    for span in sorted(spans):
        yield Objection((Span(*span),), "这条措施没有对应前面提出的任何问题。")
