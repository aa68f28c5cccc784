"""T138: a counted list, and the same one elsewhere with another item.

What: items with their number and a noun right behind them (问题清单、任务清单、责任清单三张清单),
twice in the text with the same number and noun, one item of the second another one.
Why: the same list must read the same in both places, or one of them was copied.
Basis: custom. One list, one wording.
Example: 问题清单、任务清单、督办清单三张清单, elsewhere 责任清单 for 督办清单.
Counter-example: 社区、网格、楼栋三级 and 区、街道、社区三级, of which two items differ; an item cut short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span
from luoshi.core.text.numerals import number

META = Meta(
    code="T138",
    title="同样几项前后列得不一样",
    family="text",
    severity="warning",
    basis="custom",
    why="同一组内容前后列得不同，通常有一处抄错或改漏了。请统一起来。",
)
# 问题清单、任务清单、责任清单三张清单: the number of the items with a noun right behind them.
_COUNTED = re.compile(
    r"(?P<n>[三四五六七八九十])(?P<noun>[个张类项本条方面大种级道支色]{1,2}[\u4e00-\u9fff]{1,2})"
)


def _counted_alike(page: Page) -> Iterator[Objection]:
    """Object to a counted list of which another one with the same noun has one item otherwise."""
    told: dict[tuple[str, str], tuple[Span, list[str]]] = {}
    for match in _COUNTED.finditer(page.text):
        low = max(page.text.rfind(mark, 0, match.start()) for mark in "，。；：“”\n") + 1
        items = page.text[low : match.start()].removesuffix("等").split("、")
        if len(items) != number(match["n"]):
            continue
        span = Span(low, match.end())
        place, theirs = told.setdefault((match["n"], match["noun"]), (span, items))
        # Before the first item and in the last one other words may stand.
        same = [a == b for a, b in zip(items[1:], theirs[1:], strict=True)]
        same.insert(0, items[0][-2:] == theirs[0][-2:])
        if (
            place != span
            and sum(same) == len(items) - 1
            and not _one_shortens(*_odd(items, theirs, same))
        ):
            message = f"“{page.words(span)}”与另一处的“{page.words(place)}”不一致。"
            yield Objection((span, place), message)


def _odd(items: list[str], theirs: list[str], same: list[bool]) -> tuple[str, str]:
    """Return the two wordings of the one item that differs."""
    index = same.index(False)
    return items[index], theirs[index]


def _one_shortens(one: str, other: str) -> bool:
    """Tell whether one wording is the other with characters left out."""
    return _shortens(one, other) or _shortens(other, one)


def _shortens(short: str, whole: str) -> bool:
    rest = iter(whole)
    return all(char in rest for char in short)


def find(page: Page) -> Iterator[Objection]:
    """Object to every counted list of which another place has one item otherwise."""
    yield from _counted_alike(page)
