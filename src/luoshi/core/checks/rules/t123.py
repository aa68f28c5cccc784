"""T123: something told as done on a day after the material was written.

What: 已于 or 已在 and a date with its year that is after the date of the material.
Why: nobody can have done it yet; one of the dates is wrong.
Basis: custom. The order of time.
Example: material of 2026年1月22日, 已于2026年3月15日完成整改.
Counter-example: 将于2026年3月15日完成.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._figures import chinese, dates, written
from luoshi.core.reading.model import Span

META = Meta(
    code="T123",
    title="完成时间在材料之后",
    family="text",
    severity="error",
    basis="custom",
    why="材料写成时这一天还没有到。请核对两处日期。",
)
_DONE = re.compile(r"已经?[于在]$")


def find(page: Page) -> Iterator[Objection]:
    """Object to everything done after the date of the material."""
    known = written(page)
    if known is None:
        return
    day, place = known
    for dated in dates(page):
        first = dated.first()
        if first is None or first <= day or not dated.sure:
            continue
        if _DONE.search(page.text[max(0, dated.start - 4) : dated.start]):
            shown = page.words((dated.start, dated.end))
            message = f"已完成的时间“{shown}”晚于材料的日期{chinese(day)}。"
            yield Objection((Span(dated.start, dated.end), place), message)
