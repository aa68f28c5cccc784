"""T120: a percentage that does not follow from its two numbers.

What: a whole, a part of it in the same unit, and a rate whose name stands beside the part
(办结389件，办结率), or 占 and a share: part / whole, or what is left of it, must give the
rate, give or take the last printed digit.
Why: whoever checks one figure with a calculator finds it.
Basis: custom. Arithmetic.
Example: 受理412件，办结389件，办结率96.8% (94.4%).
Counter-example: a rate over other numbers: 满意率, 同比, 覆盖率 of something unnamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._amounts import (
    PERCENT,
    Amount,
    agrees,
    bracketed,
    countable,
    sums,
)
from luoshi.core.reading.model import Span

META = Meta(
    code="T120",
    title="百分比算得不对",
    family="text",
    severity="error",
    basis="custom",
    why="百分比与前面的数字对不上，一算就知道。请核对三个数字，改正错的那个。",
)
_RATE = re.compile(
    r"(?P<more>[\u4e00-\u9fff]{2})?(?P<stem>[\u4e00-\u9fff]{2})(?:[一二]次)?率(?:也)?(?:[仅只]?为|是|达到|达|仅有|仅|只有|只|约)?$"
)
_SHARE = re.compile(r"占(?:比|了)?(?:[^\d，。；]{0,10}的)?(?:为|达到|达|近|约)?$")
_OF_PLAN = re.compile(r"完成(?:年度|全年)?(?:计划|任务|目标)(?:任务|数)?的(?:为|达到|达)?$")
_SHARE_OF = re.compile(r"占[^\d，。；]{0,10}$")
# Rates of something else than the two numbers, and targets.
_ELSE = re.compile(
    r"满意|知晓|同比|环比|目标|不低于|确保|力争|提高|提升|下降|增长|其余|各占|分别占|[由从]"
)
# 应到20人、实到15人，到会率: the part is named as what really was.
_REAL = re.compile(r"实际|实[到检有训参发收报签]")
_OTHERS = frozenset(("合格", "优秀", "满意", "及格", "通过", "达标", "整改"))
_NO_WHOLE = frozenset(("个百分点", "百分点", "分钟", "小时", "天"))
_REACH = 60
_CALLED_WHOLE = re.compile("预算|计划|总数|应[到收办参]|总额")
_MARK = re.compile(r"[，。；：、（(]")


def _clause(page: Page, low: int, amount: Amount) -> str:
    """Return the words around a figure, from mark to mark."""
    before = _MARK.split(page.text[max(low, amount.start - 16) : amount.start])[-1]
    return before + "\n" + _MARK.split(page.text[amount.end : amount.end + 12])[0]


def _part(page: Page, low: int, before: list[Amount], lead: str) -> Amount | None:
    """Return the figure whose share or rate is printed behind ``lead``, or None."""
    if not before:
        return None
    rate = _RATE.search(lead)
    if rate is None:
        return before[-1] if _SHARE.search(lead) else None
    for amount in reversed(before[-2:]):
        clause = _clause(page, low, amount)
        named = set(rate["stem"]) <= set(clause) or (rate["more"] and rate["more"] in clause)
        if named or (_REAL.search(clause) and rate["stem"] not in _OTHERS):
            return amount
    return None


_PERSONS = str.maketrans("名位", "人人")


def _counted(amount: Amount) -> str:
    """Return the unit in which an amount counts: 名 and 人 are one, 人 and 人次 too."""
    return amount.unit.removesuffix("次").translate(_PERSONS)


def _wholes(page: Page, low: int, before: list[Amount], part: Amount) -> list[Amount]:
    """Return what the part may be a part of: before it, or behind it where it is called so."""
    return [
        a
        for a in before
        if a is not part and _counted(a) == _counted(part)
        if a.value >= part.value > 0
        if a.start < part.start or _CALLED_WHOLE.search(_clause(page, low, a))
    ]


_RETURNED = re.compile(r"(?:回收率|收回率|回卷率)(?:为|是|达到?|仅)?$")
_SENT = re.compile("发|填|请|问卷|测评|评议|征求|调查")
_ANSWERS = frozenset("名人位份张户家")


def _sent(page: Page, low: int, before: list[Amount]) -> list[Amount]:
    """Return how many were asked, whatever the unit, where the last figure tells how many answered."""
    if not re.search("收|回", _clause(page, low, before[-1])):
        return []
    asked = [a for a in before[:-1] if a.unit in _ANSWERS and _SENT.search(_clause(page, low, a))]
    return [a for a in asked[-1:] if a.exact and a.value >= before[-1].value > 0]


def _right(part: Amount, wholes: list[Amount], printed: Amount) -> bool:
    return any(
        agrees(share, printed.value, printed.step)
        for whole in wholes
        for share in (100 * part.value / whole.value, 100 - 100 * part.value / whole.value)
    )


def _shares(page: Page, start: int, inside: tuple[Amount, ...]) -> Iterator[tuple[Amount, ...]]:
    """Yield whole, part and percentage of one sentence that do not go together."""
    text, before = page.text, []
    for index, printed in enumerate(inside):
        if printed.unit not in PERCENT:
            bound = text[printed.end : printed.end + 2] in {"以内", "以上", "以下", "以前"}
            if countable(printed) and printed.unit not in _NO_WHOLE and not bound:
                before.append(printed)
            continue
        low = max(start, inside[index - 1].end) if index else start
        lead = text[low : printed.start]
        near = [a for a in before if a.start > printed.start - _REACH and a.exact]
        near = [a for a in near if "；" not in text[a.end : printed.start]]
        # 占A件的P%: the whole stands right before the percentage.
        if near and lead == "的" and _SHARE_OF.search(text, start, near[-1].start):
            wholes, near = near[-1:], near[:-1]
            part = near[-1] if near else None
            if part and part.unit != wholes[0].unit:
                part = None
        elif _OF_PLAN.search(lead) and len(near) > 1 and near[-1].unit == near[-2].unit:
            # More than the plan may be done: the whole is what was planned.
            wholes, part = [near[-2]], near[-1]
            if "计划" not in text[max(start, near[-2].start - 12) : near[-1].start]:
                continue
        elif _ELSE.search(lead) or bracketed(page, start, printed.start):
            continue
        elif _RETURNED.search(lead) and before:
            part, wholes = before[-1], _sent(page, start, before)
        else:
            part = _part(page, start, near, lead.split("；")[-1])
            wholes = _wholes(page, start, near, part) if part else []
        if part and wholes and not _right(part, wholes, printed):
            yield wholes[-1], part, printed


def find(page: Page) -> Iterator[Objection]:
    """Object to every rate that its numbers contradict; the three figures are the place."""
    if "%" not in page.text and "％" not in page.text:
        return
    for sentence, inside in sums(page):
        if len(inside) < 3:
            continue
        for whole, part, printed in _shares(page, sentence.start, inside):
            digits = len(printed.printed.partition(".")[2])
            share = 100 * part.value / whole.value
            other = min(share, 100 - share, key=lambda rate: abs(rate - printed.value))
            fix = f"{other if '不' in page.words((whole.end, part.start)) else share:.{digits}f}"
            span = Span(min(whole.start, part.start), printed.end)
            message = f"按{whole.printed}和{part.printed}算是{fix}%，不是{printed.printed}%。"
            yield Objection((span,), message)
