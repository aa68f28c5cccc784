"""T135: an average that does not follow from the total, or a total not from its shares.

What: a total of a year, half a year or a quarter and behind it what that is in a month; a total,
N人 and 人均; a total of several years and 年均.
Why: whoever checks one figure with a calculator finds it.
Basis: custom. Arithmetic.
Example: 全年开展夜查24次，平均每月3次 (2); 包联企业36家，人均包联6家，班子共8人.
Counter-example: 全年夜查24次，汛期平均每月4次; 平均每月约2次, rounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._amounts import Amount, agrees, countable, sums
from luoshi.core.reading.model import Span
from luoshi.core.text.numerals import number

META = Meta(
    code="T135",
    title="平均数算得不对",
    family="text",
    severity="error",
    basis="custom",
    why="平均数或者总数与前面的数字对不上，一算就知道。请核对后改正。",
)
_OF_MONTHS = re.compile(
    r"[^\d。；其]{0,4}[，（(、]?(?:月均|(?:平均)?每个?月(?:平均)?)[^\d，。；]{0,4}$"
)
_MONTHS = {"全年": 12, "一年": 12, "上半年": 6, "下半年": 6, "季度": 3}
_TIME = re.compile("|".join(_MONTHS))
_PER_HEAD = re.compile(r"人均[^\d，。；]{0,6}$")
_PEOPLE = frozenset("人名位")


def _monthly(page: Page) -> Iterator[tuple[Amount, Amount, float]]:
    """Yield total, average and what the average should be: 全年24次，平均每月3次."""
    for sentence, inside in sums(page):
        for total, each in pairwise(a for a in inside if countable(a)):
            if total.unit != each.unit or not _OF_MONTHS.fullmatch(
                page.text, total.end, each.start
            ):
                continue
            before = page.text[max(sentence.start, total.start - 24) : total.start]
            times = _TIME.findall(before)
            if times:
                yield total, each, total.value / _MONTHS[times[-1]]


_OF_EACH = re.compile(
    r"[^\d。；]{0,4}[，、](?:平均)?每(?P<what>次|期|场|个?村|个?社区|户|家|人|所)[^\d，。；]{0,4}$"
)
_OF_YEARS = re.compile(
    r"(?P<n>[两三四五六七八九十])年(?:来|间|以来)?(?:共|累计|合计|总共)[^\d，。；]{0,6}$"
)
_A_YEAR = re.compile(r"[^\d。；]{0,4}[，、]?(?:年均|平均每年)[^\d，。；]{0,6}$")


def _averages(page: Page) -> Iterator[tuple[Amount, Amount, float]]:
    """Yield total, average and what it should be: 24次，156个，平均每次7.5个; 三年960万元，年均300万元."""
    for sentence, inside in sums(page):
        run = [a for a in inside if countable(a)]
        for times, total, each in zip(run, run[1:], run[2:], strict=False):
            told = _OF_EACH.fullmatch(page.text, total.end, each.start)
            counted = page.text[times.end - 1 : times.end + 3]
            if told is None or total.unit != each.unit or told["what"][-1] not in counted:
                continue
            if times.value and times.exact and "其中" not in page.text[times.end : each.start]:
                yield total, each, total.value / times.value
        for total, each in pairwise(run):
            years = _OF_YEARS.search(page.text, sentence.start, total.start)
            if (
                years
                and total.unit == each.unit
                and _A_YEAR.fullmatch(page.text, total.end, each.start)
            ):
                yield total, each, total.value / (number(years["n"]) or 1)


def _per_head(page: Page) -> Iterator[tuple[Amount, Amount, float]]:
    """Yield the first figure, the average and what it should be: 36家、8人，人均6家."""
    for sentence, inside in sums(page):
        run = [a for a in inside if countable(a)]
        each = [a for a in run if _PER_HEAD.search(page.text, sentence.start, a.start)]
        people = [a for a in run if a.unit in _PEOPLE]
        if len(run) == 3 and len(each) == len(people) == 1:
            total = next((a for a in run if a not in (each[0], people[0])), None)
            if total and total.unit == each[0].unit and total.exact and people[0].value:
                yield total, each[0], total.value / people[0].value


def find(page: Page) -> Iterator[Objection]:
    """Object to every average and every total that its figures contradict."""
    found = [*_monthly(page), *_averages(page), *_per_head(page)]
    for first, told, right in sorted(found, key=lambda row: row[0].start):
        whole = told.step >= 1 and right == int(right)
        if (
            not first.exact
            or not told.exact
            or agrees(right, told.value, 0 if whole else told.step)
        ):
            continue
        shown = f"{right:.2f}".rstrip("0").rstrip(".")
        span = Span(min(first.start, told.start), max(first.end, told.end))
        message = f"按前后的数字算是{shown}{told.unit}，不是{told.printed}{told.unit}。"
        yield Objection((span,), message)
