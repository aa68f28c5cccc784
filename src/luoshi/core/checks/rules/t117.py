"""T117: a date that no calendar has.

What: a month above 12 or a day that the month does not have (without a year, 29 February
is allowed).
Why: an impossible date makes every other figure doubtful.
Basis: law. The calendar.
Example: 2025年11月31日夜间抽查23家。
Counter-example: 2024年2月29日, 18个月, 1—12月.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._figures import dates
from luoshi.core.reading.model import Span

META = Meta(
    code="T117",
    title="日期不存在",
    family="text",
    severity="error",
    basis="law",
    why="日期写错了，读的人会怀疑其他数字。请核对原始记录后改正。",
)
_LEAP = 4  # a leap year: without a year, 29 February may be right


def find(page: Page) -> Iterator[Objection]:
    """Object to every impossible date."""
    for dated in dates(page):
        month, day = dated.month, dated.day
        shown = page.words((dated.start, dated.end))
        if not 1 <= month <= 12:
            message = f"没有“{shown}”这个月份。"
        elif day > monthrange(dated.year or _LEAP, month)[1]:
            message = f"日期“{shown}”不存在，{month}月没有{day}日。"
        elif day == 0 and shown.endswith(("日", "号")):
            message = f"日期“{shown}”不存在。"
        else:
            continue
        yield Objection((Span(dated.start, dated.end),), message)
