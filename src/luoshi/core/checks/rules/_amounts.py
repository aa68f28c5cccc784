"""What the rules on arithmetic share: every figure of the text with its unit, read once."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span

_FACTORS = {
    "": 1.0, "百": 100.0, "千": 1000.0, "万": 10_000.0, "亿": 100_000_000.0,
}  # fmt: skip
# A pattern that begins with a digit is looked for quickly.
_FIGURE = re.compile(
    r"(?P<n>\d(?<![\d.．·/第A-Za-z〔\[—－-]\d)(?:\d{0,2}(?:[,，]\d{3})+(?!\d)|\d*)(?:[.．]\d+)?)(?P<o>[余多]?)"
    r"(?P<f>[百千万亿]?)(?P<p>[余多]?)(?P<u>个百分点|百分点|[%％‰]|人次|件次|户次|家次|场次|平方米|公里|公斤"
    r"|个(?:工作日|月|小时|年度?|季度)|小时|分钟|[\u4e00-\u9fff℃]|(?=[。，；、）\n]))"
)
_ABOUT = re.compile(r"[约近超逾足满]过?$|大概$|将近$|不足$|至少$")
PERCENT = frozenset("%％")
# What is written as a figure and is no amount of anything: it cannot be added up.
_NO_AMOUNT = frozenset("年月日号时点届")


class Amount(NamedTuple):
    """A figure at ``[start, end)`` with its unit; ``printed`` is the figure as it stands.

    ``value`` is in the unit without its factor (3万元 is 30000 元); ``step`` is the value of
    its last printed digit; ``exact`` is False where the words say that it is rounded.
    """

    start: int
    end: int
    value: float
    unit: str
    printed: str
    step: float
    exact: bool


@lru_cache(maxsize=1)
def amounts(page: Page) -> tuple[Amount, ...]:
    """Return every figure with a unit, in text order; parts of dates and numbers are none."""
    found = []
    for match in _FIGURE.finditer(page.text):
        printed, unit = match["n"].replace("．", "."), match["u"]
        factor = _FACTORS[match["f"]]
        value = float(printed.replace(",", "").replace("，", "")) * factor
        step = factor * 10.0 ** -len(printed.partition(".")[2])
        before = page.text[max(0, match.start() - 2) : match.start()]
        exact = not (match["o"] or match["p"] or _ABOUT.search(before))
        found.append(Amount(*match.span(), value, unit, match["n"] + match["f"], step, exact))
    return tuple(found)


@lru_cache(maxsize=1)
def _starts(page: Page) -> list[int]:
    return [amount.start for amount in amounts(page)]


def amounts_in(page: Page, start: int, end: int) -> tuple[Amount, ...]:
    """Return the figures that lie wholly inside ``[start, end)``."""
    starts = _starts(page)
    low, high = bisect_left(starts, start), bisect_left(starts, end)
    if low == high:
        return ()
    return tuple(amount for amount in amounts(page)[low:high] if amount.end <= end)


def countable(amount: Amount) -> bool:
    """Tell whether amounts of this unit can be added: no dates, no rates, no ordinals."""
    return bool(amount.unit) and amount.unit not in _NO_AMOUNT and amount.unit not in PERCENT


def agrees(right: float, printed: float, step: float) -> bool:
    """Tell whether ``printed`` is ``right`` rounded or cut off at its last digit."""
    return abs(right - printed) <= step + 1e-9


def bracketed(page: Page, start: int, position: int) -> bool:
    """Tell whether ``position`` stands in round brackets that open after ``start``."""
    words = page.text[start:position].replace("(", "（").replace(")", "）")
    return words.rfind("（") > words.rfind("）")


@lru_cache(maxsize=1)
def sums(page: Page) -> tuple[tuple[Span, tuple[Amount, ...]], ...]:
    """Return each sentence that holds two figures or more, with its figures."""
    found = []
    for sentence in page.all_sentences:
        inside = amounts_in(page, *sentence)
        if len(inside) > 1:
            found.append((sentence, inside))
    return tuple(found)
