"""S102: no report on the problems of the meeting before.

What: a material that says nothing on the rectification of the previous meeting's problems.
Why: what was promised and never reported on comes back every year.
Basis: seen. Each meeting reports on the one before; its absence is a common ground for
returning a paper (DOMAIN.md §2).
Example: a material that begins with “一、存在的主要问题” and never looks back.
Counter-example: “一、上年度民主生活会整改落实情况”, or one sentence on it in the opening.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._structure import missing

META = Meta(
    code="S102",
    title="没有报告上次整改情况",
    family="structure",
    severity="error",
    basis="seen",
    why="上次查摆的问题改得怎么样，通常要在这次逐项报告；没有报告的，审阅时多半退回。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object where neither a heading nor a sentence reports on the meeting before."""
    yield from missing(page, "previous")
