"""R107: a problem in three materials in a row, or more.

What: a problem of this material that stands in each of the last two as well (needs two earlier
materials or more).
Why: corrected twice and still there: it needs another approach, or somebody else to check.
Basis: seen. 年年提、年年改、年年有 (DOMAIN.md §1).
Example: 排队时间长 in the materials for 2022, 2023 and 2024.
Counter-example: the same problem in 2022 and 2024, not in 2023.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._years import EMPTY, heading, in_a_row, last_step, quoted, year_words
from luoshi.core.recurrence.model import Now

META = Meta(
    code="R107",
    title="同一个问题连续几年都有",
    family="recurrence",
    severity="warning",
    basis="seen",
    why="年年提、年年改、年年有，说明以前的办法不管用。请写明前几次做了什么、为什么没有改掉，这次换什么办法，由谁来核验。",
)
_MANY = 3


def find(page: Page) -> Iterator[Objection]:
    """Object to the heading of each such problem."""
    step = last_step(page)
    for now in step.returned() if step else ():
        years = in_a_row(page, now)
        if len(years) < _MANY:
            continue
        materials = (*page.earlier, page.examination)
        named = [year_words(materials[year]) for year in years]
        when = f"（{'、'.join(named)}）" if all(named) else ""
        entries = _entries(page, now, years[0])
        empty = f"，每次都{EMPTY}" if not any(e.concrete for _, e in entries) else ""
        message = f"这个问题已经连续{len(years)}次提出{when}{empty}。"
        quotes = tuple(
            quoted(materials[year], year, entry.point)
            for year, entry in entries
            if year < len(page.earlier)
        )
        yield Objection((heading(page, now),), message, earlier=quotes)


def _entries(page: Page, now: Now, first: int) -> list[tuple[int, Now]]:
    """Return the problem as it stood in the materials from ``first`` on."""
    lines = page.years.lines if page.years else ()
    this = (len(page.earlier), now.point.id)
    line = next(each for each in lines if this in {(e.year, e.now.point.id) for e in each.entries})
    return [
        (e.year, e.now)
        for e in line.entries
        if first <= e.year < this[0] or (e.year, e.now.point.id) == this
    ]
