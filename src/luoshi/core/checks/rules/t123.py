"""T123: something told as done on a day after the material was written.

What: a date with its year after the date of the material behind 已于 or 已在, before 已, 了
or 才, or anywhere in a problem or a cause where nothing speaks of what is to come.
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
from luoshi.core.checks.rules._figures import Dated, chinese, dates, written
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
_PAST = re.compile(r"^[^，。；\n]{0,16}(?:已经|已(?!不)|了(?!结|解|然)|才|仍未|曾|被(?!动))")
# A measure tells of what is to come unless it says 已.
_SURELY_PAST = re.compile(r"^[^，。；\n]{0,16}(?:已经|已(?!不)|曾)")
_TO_COME = re.compile(
    r"将|拟|计划|预计|力争|确保|争取|要求|目标|期限|到期|届满|届时|明年|下一步|截止|为止|之?前|以前|底|起|以后|之后|[至到]\n"
)
_RETROSPECT = frozenset(("problem", "cause", "previous"))


def _told_as_past(page: Page, dated: Dated) -> bool:
    """Tell whether the words around a date tell of something that has happened."""
    text = page.text
    if _DONE.search(text[max(0, dated.start - 4) : dated.start]):
        return True
    low = max(text.rfind(mark, 0, dated.start) for mark in "，。；\n") + 1
    stops = [text.find(mark, dated.end) for mark in "。；\n"]
    high = min((stop for stop in stops if stop >= 0), default=len(text))
    # A line end stands for the date, so that 至 and 到 count right beside it only.
    around = text[low : dated.start] + "\n" + text[dated.end : min(high, dated.end + 24)]
    if _TO_COME.search(around) or text[dated.end : dated.end + 1] in "至到":
        return False
    point = page.point_at(dated.start)
    told = point is not None and point.kind in _RETROSPECT
    past = _SURELY_PAST if point is not None and point.kind == "measure" else _PAST
    return told or bool(past.search(text[dated.end : high]))


def find(page: Page) -> Iterator[Objection]:
    """Object to everything told as done after the date of the material."""
    known = written(page)
    if known is None:
        return
    day, place = known
    for dated in dates(page):
        first = dated.first()
        if first is None or first <= day or not dated.sure or not _told_as_past(page, dated):
            continue
        shown = page.words((dated.start, dated.end))
        message = f"已发生的事写的时间“{shown}”晚于材料的日期{chinese(day)}。"
        yield Objection((Span(dated.start, dated.end), place), message)
