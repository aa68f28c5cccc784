"""S103: an individual's material without the matters to be explained.

What: no part on the matters that the author has to explain (个人有关事项).
Why: leaving it out reads as hiding something; having nothing to explain is said in a line.
Basis: seen. Reviewers ask for it in the material of an individual (DOMAIN.md §2).
Example: “一、上年度整改情况” followed at once by “二、存在的主要问题”.
Counter-example: “二、个人有关事项说明。本年度没有需要说明的事项。”
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._structure import missing

META = Meta(
    code="S103",
    title="没有个人有关事项说明",
    family="structure",
    severity="warning",
    basis="seen",
    why="个人材料通常在查摆问题之前说明有关事项；没有需要说明的，也写一句“没有需要说明的事项”。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object where the material of one person nowhere explains matters."""
    yield from missing(page, "matters")
