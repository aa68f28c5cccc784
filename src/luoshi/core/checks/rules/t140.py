"""T140: a day or a month that no calendar has.

What: 6月31日, 2月30日, 29 February of a year that has none, 13月.
Why: one of the figures is wrong, and nobody can say which day is meant.
Basis: custom. The calendar.
Example: 6月31日组织的演练我没有参加。
Counter-example: 2024年2月29日; 18月龄 of a child.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._figures import ANY_YEAR, Dated, dates
from luoshi.core.reading.model import Span

META = Meta(
    code="T140",
    title="日历上没有这一天",
    family="text",
    severity="error",
    basis="custom",
    why="日历上没有这一天，月份或者日子总有一个写错。请核对原始记录后改正。",
)
_MONTHS = 12
# More than this is an age or a number of months, not a month.
_MOST = 19
_NO_MONTH = re.compile("[龄薪子份均]")
_COUNTED = re.compile(r"[第约近满共每前后至到\-—~～.]$")


def find(page: Page) -> Iterator[Objection]:
    """Object to every date that does not exist."""
    for dated in dates(page):
        if _exists(dated) or (dated.month > _MONTHS and not _is_month(page, dated)):
            continue
        span = Span(dated.start, dated.end)
        yield Objection((span,), f"日历上没有“{page.words(span)}”。")


def _exists(dated: Dated) -> bool:
    if not 1 <= dated.month <= _MONTHS:
        return False
    days = monthrange((dated.year if dated.sure else 0) or ANY_YEAR, dated.month)[1]
    return dated.day <= days


def _is_month(page: Page, dated: Dated) -> bool:
    """Tell a month that is written wrongly from an age or a figure."""
    before = page.text[max(0, dated.start - 1) : dated.start]
    behind = page.text[dated.end : dated.end + 1]
    return dated.month <= _MOST and not (_COUNTED.search(before) or _NO_MONTH.match(behind))
