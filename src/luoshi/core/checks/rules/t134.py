"""T134: a list right behind a total divides it, and its items give another sum.

What: a total and behind it, without 其中, two items or more in the same unit that are named in
one manner (甲的9个、乙的8个、丙的7个; 专职41名、兼职25名), and a sum near the total that is not it.
Two items must be opposites (采纳, 未采纳) or differ in half of their name at most.
Why: figures that contradict each other in one sentence.
Basis: custom. Arithmetic.
Example: 全年受理31件，处置方式为谈话函询9件、初步核实12件、暂存待查4件、予以了结8件 (33).
Counter-example: 共12人，党员9人、女性7人 (not parts of one division); 前三项9件、7件、6件等.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._amounts import Amount, countable, sums
from luoshi.core.reading.model import Span

META = Meta(
    code="T134",
    title="各项相加与总数不符",
    family="text",
    severity="error",
    basis="custom",
    why="数字前后不符，审阅时通常会退回核实。请对照原始记录改正。",
)
_CLOSE = 0.2
_SAME_UNIT = str.maketrans("名位", "人人")
_LEAD = re.compile(r"[^\d。；\n]{0,24}?[，：（(、]?[^\d。；，：\n]{0,14}")
_LABEL = re.compile(
    r"[、，；和及与][^\d，。；：、\n]{1,14}|[、，；](?:第[一二三四]|[上下]半|[一二三四])[^\d，。；：、\n]{1,8}"
)
# Words that tell of something else than a part of the total.
_NO_PART = re.compile(
    r"[比较由从每均占率增减降升]|(?:达|高|低|降|增|升)[到至]|同比|新增|平均|其中|累计|另外|另有|计划|目标|要求|不少于|不低于|超过|满|达|"
    r"提高|回收|有效|返修|涉及|金额|发现|抽查|抽检|走访|参加|参与|实际|应"
)
_OVERLAP = re.compile(
    r"党员|女|少数民族|青年|岁|学历|本科|研究生|职称|退休|以上|以内|以下|重复|多次|又|再|涉及|同时|重点|主要|包括"
)
_OPPOSITES = tuple(
    re.compile(f"{one}.*{other}|{other}.*{one}", re.DOTALL)
    for one, other in (
        ("严重", "一般"), ("重大", "一般"), ("线上", "线下"), ("已", "未"), ("男", "女"),
        (r"(?<!没)有", "没有|无"), ("上半年", "下半年"), ("新建", "改建"), ("正式", "预备"),
        ("按期|按时|准时", "逾期|超期|延期"), ("采纳", "未采纳|不采纳"), ("完成", "未完成|没有完成"),
        ("合格", "不合格"), ("通过", "未通过|没有通过"), ("同意", "不同意|反对"), ("出席|到会", "缺席|请假"),
        ("属实", "不属实|失实"), ("领导", "群众"), ("优秀", "称职"), ("支持", "反对"), ("(?<!不)符合", "不符合"), ("已", "正在|尚"),
    )
)  # fmt: skip
_ELSE = re.compile("等|以上|以内|以下|左右|之内|前|多|[，、；](?:其[他余]|另|还|尚|剩|余)")
_EACH = re.compile(r"每|平均|人均|均|前|余|近|约")
_LAST = re.compile("其他|其余|另外|剩余")


class _Part(NamedTuple):
    amount: Amount
    name: str
    mark: str


def _totals(page: Page) -> Iterator[tuple[Amount, list[_Part]]]:
    """Yield every figure with the list of the same unit right behind it."""
    for _, inside in sums(page):
        run = [a for a in inside if countable(a)]
        for index, total in enumerate(run[:-2]):
            if not total.exact or _EACH.search(page.text[max(0, total.start - 6) : total.start]):
                continue
            parts = _list(page, total, run[index + 1 :])
            if len(parts) > 1:
                yield total, parts


def _unit(amount: Amount) -> str:
    return amount.unit.translate(_SAME_UNIT)


def _list(page: Page, total: Amount, rest: list[Amount]) -> list[_Part]:
    """Return the items named in one manner that begin right behind ``total``.

    What is told beside each item in another unit (96批217人次) belongs to it.
    """
    parts: list[_Part] = []
    last = total
    for amount in rest:
        gap = page.text[last.end : amount.start]
        if not gap and amount.unit != total.unit:
            last = amount
            continue
        if _unit(amount) != _unit(total):
            if parts and _beside(rest, amount, _unit(total)):
                continue
            break
        mark = gap[:1]
        label = _LABEL if parts else _LEAD
        if (
            not amount.exact
            or not label.fullmatch(gap)
            or (parts and mark != parts[-1].mark and len(parts) > 1)
        ):
            break
        name = re.split("[，：（(、；]|为|分别是", gap)[-1]
        if _NO_PART.search(name):
            break
        parts.append(_Part(amount, name, mark))
        last = amount
    return parts


def _beside(rest: list[Amount], amount: Amount, unit: str) -> bool:
    """Tell whether a figure of another unit stands right before one of ``unit``."""
    return any(other.start == amount.end and _unit(other) == unit for other in rest)


def _alike(one: str, other: str) -> bool:
    """Tell whether two names differ in half of their characters at most."""
    if len(one) != len(other) or len(one) < 2:
        return False
    return sum(a == b for a, b in zip(one, other, strict=True)) * 2 >= len(one)


def _divides(total: Amount, parts: list[_Part], tail: str) -> bool:
    """Tell whether the items are meant to be all of the total."""
    names = [part.name for part in parts]
    if not all(names) or _ELSE.match(tail) or _OVERLAP.search("\n".join(names)):
        return False
    summed = sum(part.amount.value for part in parts)
    near = abs(summed - total.value) <= max(1.0, _CLOSE * total.value)
    if len(parts) > 2:
        return near or bool(_LAST.search(names[-1]))
    words = "\n".join(names)
    return near and (_alike(*names) or any(pair.search(words) for pair in _OPPOSITES))


def find(page: Page) -> Iterator[Objection]:
    """Object to every total that the list behind it contradicts."""
    end = 0
    for total, parts in _totals(page):
        last = parts[-1].amount.end
        summed = round(sum(part.amount.value for part in parts), 4)
        if total.start < end or abs(summed - total.value) < 1e-6:
            continue
        if "其中" in page.text[total.end : parts[0].amount.start]:
            continue
        if _divides(total, parts, page.text[last : last + 4]):
            end = last
            factor = total.value / float(re.sub("[,，百千万亿]", "", total.printed))
            scale = total.printed[-1] if total.printed[-1] in "百千万亿" else ""
            message = f"各项相加是{summed / factor:g}{scale}{total.unit}，与总数{total.printed}{total.unit}不符。"
            yield Objection((Span(total.start, last),), message)
