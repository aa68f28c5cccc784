"""T127: an increase or decrease that does not follow from its two figures.

What: 由A增加到B and 比上年的A增加, and behind it the difference in the same unit, in per cent
or, between two rates, in percentage points.
Why: whoever checks one figure with a calculator finds it.
Basis: custom. Arithmetic.
Example: 由6820元增加到7410元，同比增长12.7% (8.7%).
Counter-example: 由120件减少到90件，其中投诉下降40% (of another thing).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._amounts import PERCENT, Amount, agrees, countable, sums
from luoshi.core.reading.model import Span

META = Meta(
    code="T127",
    title="增减幅度算得不对",
    family="text",
    severity="error",
    basis="custom",
    why="增减的幅度与前后两个数对不上，一算就知道。请核对三个数字，改正错的那个。",
)
_VERB = (
    "增长|增加|提高|提升|上升|上涨|攀升|回升|延长|扩大|下降|下滑|回落|降低|减少|压减|压缩|压降|缩短|缩减|缩小|"
    "多|少|降|升|涨|跌|减|增"
)
_YEAR = r"(?:(?:19|20)\d\d年(?:度|底|末|初|同期)?的?)?"
_FROM = re.compile(rf"[由从][^\d，。；]{{0,12}}{_YEAR}[^\d，。；]{{0,6}}$")
_LAST_YEAR = (
    r"(?:上年|去年|上年度|上年同期|去年同期|前一年|同期|上季度|上月|(?:19|20)\d\d年|年初|之前|原来)"
)
_TO = re.compile(
    rf"[^\d，。；]{{0,4}}(?:{_VERB})(?:到了?|至|为)[^\d，。；]{{0,6}}{_YEAR}[^\d，。；]{{0,4}}$"
)
_COMPARED = re.compile(rf"[^\d。；]{{0,12}}[比较]{_LAST_YEAR}(?:同期)?(?:的)?$")
_THEN = re.compile(rf"[^\d。；]{{0,8}}[，、]{_LAST_YEAR}(?:同期)?[^\d，。；]{{0,8}}$")
_NEXT = re.compile(
    r"[^\d。；]{0,10}[，、；](?:[二三四]季度|下半年|本年度?|今年|本月|本季度)[^\d。；]{0,8}$"
)
_UP = frozenset(
    (
        "增长", "增加", "提高", "提升", "上升", "上涨", "攀升", "回升", "延长", "扩大", "增幅", "升幅", "涨幅",
    )
)  # fmt: skip
_WAY = re.compile(
    f"{'|'.join(sorted(_UP))}|下降|下滑|回落|降低|减少|压减|压缩|压降|缩短|缩减|缩小|降幅"
)
_BY = re.compile(
    r"[^\d，。；其]{0,3}[，,（(]?(?:同比|环比|比上年|较上年|比去年|较去年|分别|共|净|平均)?"
    rf"(?:{_VERB}|增幅|降幅|升幅|涨幅)(?:了|为|达|达到|近|约)?$"
)
_FACTOR = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_POINTS = frozenset(("个百分点", "百分点"))


def _steps(page: Page, run: list[Amount]) -> Iterator[tuple[Amount, Amount, Amount]]:
    """Yield before, after and difference where the words put three figures so."""
    text = page.text
    for one, other, by in zip(run, run[1:], run[2:], strict=False):
        if one.unit != other.unit or not _BY.fullmatch(text, other.end, by.start):
            continue
        between = text[one.end : other.start]
        if (
            _TO.fullmatch(between) and _FROM.search(text[max(0, one.start - 24) : one.start])
        ) or _NEXT.fullmatch(between):
            yield one, other, by
        elif _COMPARED.fullmatch(between) or _THEN.fullmatch(between):
            yield other, one, by


def _way(page: Page, before: Amount, after: Amount, by: Amount) -> str:
    """Return the word for the direction between the figures and the difference, if any.

    Behind 比上年的A another rule compares it with the figures.
    """
    first, second = sorted((before, after))
    if _COMPARED.fullmatch(page.text[first.end : second.start]):
        return ""
    way = _WAY.search(page.text[second.end : by.start])
    return way[0] if way else ""


def _expected(before: Amount, after: Amount, by: Amount) -> float | None:
    """Return what the difference should be in the unit in which it is printed, or None."""
    change = abs(after.value - before.value)
    rates = before.unit in PERCENT
    if by.unit in _POINTS:
        return change if rates else None
    if by.unit in PERCENT:
        return 100 * change / before.value if before.value else None
    return change if by.unit == before.unit else None


def find(page: Page) -> Iterator[Objection]:
    """Object to every difference that its two figures contradict."""
    for _, inside in sums(page):
        run = [a for a in inside if countable(a) or a.unit in PERCENT]
        for before, after, by in _steps(page, run):
            right = _expected(before, after, by)
            if right is None or not (before.exact and after.exact and by.exact):
                continue
            rates = by.unit in PERCENT and before.unit in PERCENT
            points = abs(after.value - before.value)
            way = _way(page, before, after, by)
            if way and before.value != after.value and (way in _UP) != (after.value > before.value):
                span = Span(min(before.start, after.start), by.end)
                really = "多" if after.value > before.value else "少"
                message = f"写的是“{way}”，数字却由{before.printed}变{really}为{after.printed}。"
                yield Objection((span,), message)
                continue
            # Whole things are counted, and what is printed as finely as the two is subtracted.
            plain = by.unit == before.unit or by.unit in _POINTS
            exact = plain and by.step <= min(before.step, after.step) * (1 + 1e-9)
            step = 1e-6 * by.step if exact else by.step
            if agrees(right, by.value, step) or (rates and agrees(points, by.value, by.step)):
                continue
            span = Span(min(before.start, after.start), by.end)
            unit = by.printed[-1] if by.printed[-1] in "百千万亿" else ""
            shown = f"{round(right / by.step) * by.step / _FACTOR.get(unit, 1):.10g}{unit}"
            message = f"{before.printed}和{after.printed}之间相差{shown}{by.unit}，不是{by.printed}{by.unit}。"
            yield Objection((span,), message)
