"""S104: the cases that the outline asks for are missing.

What: no lessons from cases (反面典型案例剖析) although the outline has them.
Why: the outline names this part beside its headings; without it the paper is returned.
Basis: seen. The notices of the years concerned ask for it (DOMAIN.md §2).
Example: a material whose outline has cases, with five headings of problems and no case.
Counter-example: “（五）反面典型案例剖析方面”, or a section of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._structure import missing

META = Meta(
    code="S104",
    title="没有案例剖析",
    family="structure",
    severity="error",
    basis="seen",
    why="这份提纲要求联系反面典型案例剖析自己，缺少的通常会退回补写。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object where the outline has a case aspect and the text speaks of no case."""
    if any(aspect.part == "case" and not aspect.optional for aspect in page.outline.aspects):
        yield from missing(page, "case")
