"""T122: a deadline that was over before the material was written.

What: a date with its year and 前, 之前 or 以前 in a measure, before the date under the title
or at the end, that is not told as done.
Why: a measure cannot be due before it is written; the date was taken from an older text.
Basis: seen. Reviewers return measures with deadlines that are over (DOMAIN.md §2).
Example: material of 2026年1月22日, measure 2025年12月31日前修复到位.
Counter-example: 已于2025年12月31日前修复; a date in the account of a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._figures import chinese, dates, written
from luoshi.core.reading.model import Span

META = Meta(
    code="T122",
    title="期限已经过了",
    family="text",
    severity="error",
    basis="seen",
    why="措施的期限在写材料时已经过了，多半是从旧稿带来的。请写一个以后的日期。",
)
_BEFORE = re.compile(r"(?:之前|以前|前)(?!期|后|段|往|来|已|就|述|列|款|文|面)")
_DONE = re.compile(r"已|曾|原定|原计划|当时|没有|未能|未按|截至|截止|应于")


def find(page: Page) -> Iterator[Objection]:
    """Object to every deadline of a measure that lies before the date of the material."""
    measures = page.points("measure")
    known = written(page) if measures else None
    if known is None:
        return
    day, place = known
    for dated in dates(page):
        match = _BEFORE.match(page.text, dated.end)
        last = dated.last()
        if match is None or last is None or last >= day:
            continue
        if not any(m.start <= dated.start < m.end for m in measures):
            continue
        low = max(page.text.rfind(mark, 0, dated.start) for mark in "，。；\n") + 1
        if _DONE.search(page.text, low, dated.start) or not dated.sure:
            continue
        shown = page.words((dated.start, match.end()))
        message = f"期限“{shown}”早于材料的日期{chinese(day)}。"
        yield Objection((Span(dated.start, match.end()), place), message)
