"""S101: a required part is missing.

What: a material without an opening, problems, causes or measures, where its outline asks
for them (data/checks/required-parts.toml).
Why: a reviewer cannot judge what is not there; the paper is returned.
Basis: seen. The parts are those of public notices and papers (DOMAIN.md §2).
Example: a 对照检查材料 that goes from “一、存在的问题” to “二、整改措施”.
Counter-example: the same with the causes told under each problem (“原因分析：…”).
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._structure import missing

META = Meta(
    code="S101",
    title="缺少必备部分",
    family="structure",
    severity="error",
    basis="seen",
    why="开头、问题、原因、措施缺一部分，审阅时通常会退回补写。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object to every required part that is neither headed nor told anywhere."""
    for part in ("opening", "problem", "cause", "measure"):
        yield from missing(page, part)
