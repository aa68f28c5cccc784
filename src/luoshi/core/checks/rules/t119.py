"""T119: parts that do not add up to the stated total.

What: a total with its unit and its parts in the same unit, behind 其中 or 包括, in brackets,
or before it with 共 and 合计. A part above the total; parts of one list that together are
more; parts that are less, where they must be everything: in brackets, with the rest
(另外, 其余, 分别), as opposites (严重 and 一般) or when a list misses the total narrowly.
Why: figures that contradict each other in one sentence.
Basis: custom. Arithmetic.
Example: 意见建议36条，其中机关科室12条、社区18条、服务对象8条。
Counter-example: 共12人，其中党员9人、女性7人 (not parts of one division); 其中3件 alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._amounts import Amount, amounts_in, bracketed, countable, sums
from luoshi.core.reading.model import Span

META = Meta(
    code="T119",
    title="分项与总数不符",
    family="text",
    severity="error",
    basis="custom",
    why="数字前后不符，审阅时通常会退回核实。请对照原始记录改正。",
)
_HOW = re.compile(
    r"(?:其中|包括)(?!的)[：:]?|分别[是为]|[（(：:](?![含其包每])|(?<!其)中(?=，|[只仅]?有)"
)
_RATE = re.compile("每|平均|均|人均")
_TOTAL_REACH, _GAP = 12, 24
_REST = re.compile(r"另外|另有|其余|其他|剩余|余下|分别")
# Traits that overlap: a person may have several, so the parts need not add up.
_OVERLAP = re.compile(
    r"党员|女|男|少数民族|青年|岁|学历|本科|研究生|职称|退休|以内|(?<!及)以[上下]|重复|多次|又|再|涉及|新增|同比|占|重点|主要"
)
# Units that count anything; of others (家, 户, 人) the unit itself says what is counted.
_GENERAL = frozenset("个项条处次")
_STOP = "。；;\n"
# What may follow a part: anything else is a noun, and another thing is counted.
_GOES_ON = re.compile(
    r"(?:[^\u4e00-\u9fff]|[已未是为属在由尚正没完解办整立还有被不因来系的则均全都和及])"
)
_OPEN_ENDED = re.compile(r"[内前后]|以[内上下]")
_OPPOSITES = tuple(
    re.compile(f"{one}.*{other}|{other}.*{one}", re.DOTALL)
    for one, other in (
        ("严重", "一般"), ("重大", "一般"), ("线上", "线下"), ("城镇", "农村"), ("已", "未"),
        ("合格", "不合格"), (r"(?<!没)有[^，。]{1,8}", "没有(?=[，。；]|$)"), ("室内", "室外"), ("上半年", "下半年"), ("新建", "改建"), ("正式", "预备"),
    )
)  # fmt: skip
# A list that misses the total by no more than this share was meant to give it.
_NARROWLY, _FEW = 0.11, 2
_SUM = re.compile(
    r"[，,]?(?:[一二两三四五六七八九十\d]{1,3}个?[\u4e00-\u9fff]{1,2}|上述|以上)?"
    r"(?:全[年部班校院局镇县区村厂市]?(?:合计|共计|总计|共)?|合计|共计|总计|一共|总共|共|总(?=[\u4e00-\u9fff]))"
    r"[\u4e00-\u9fff]{0,4}$"
)


class _Parts(list[tuple[Amount, str]]):
    """The parts in text order, each with the words between it and what stands before it."""

    def values(self) -> list[float]:
        return [amount.value for amount, _ in self]

    def listed(self, text: str) -> bool:
        """Tell whether the parts are items of one list: nothing but marks and names between."""
        gaps = [gap for _, gap in self[1:]]
        if all(gap.startswith("、") or (gap.endswith("、") and len(gap) < 13) for gap in gaps):
            return True
        closed = all(text[amount.end : amount.end + 1] in "、，；。）)" for amount, _ in self)
        return closed and all(gap[:1] in set("、，；和及") for gap in gaps)


def _parts(page: Page, start: int, end: int, total: Amount, about: str) -> _Parts:
    """Return the parts between ``start`` and ``end`` that count what ``total`` counts."""
    found, last = _Parts(), start
    for amount in amounts_in(page, start, end):
        if bracketed(page, start, amount.start) or amount.unit in "%％":
            continue
        if amount.unit != total.unit and _beside(page, amount, total.unit):
            continue
        gap = page.text[last : amount.start]
        other = amount.unit != total.unit or not _same_thing(page, amount, about)
        if other or len(gap) > _GAP or gap.count("，") > 1 or not amount.exact:
            break
        if _OPEN_ENDED.match(page.text, amount.end):
            break
        found.append((amount, gap))
        last = amount.end
    return found


def _beside(page: Page, amount: Amount, unit: str) -> bool:
    """Tell whether a figure of ``unit`` stands right behind one of another unit: 11批130人次."""
    behind = amounts_in(page, amount.end, amount.end + 12)
    return bool(behind) and behind[0].start == amount.end and behind[0].unit == unit


def _same_thing(page: Page, part: Amount, about: str) -> bool:
    """Tell whether a part counts what the total, in ``about``, counts."""
    behind = page.text[part.end : part.end + 2]
    if part.unit not in _GENERAL:
        return True
    return not behind or bool(_GOES_ON.match(behind)) or behind in about


def _total(page: Page, cue: int) -> Amount | None:
    """Return the figure right before ``cue`` that parts may follow, or None."""
    before = amounts_in(page, max(0, cue - 2 * _TOTAL_REACH), cue)
    total = before[-1] if before else None
    if total is None or not countable(total) or not total.exact:
        return None
    gap = page.text[total.end : cue]
    if len(gap) > _TOTAL_REACH or any(mark in gap for mark in _STOP):
        return None
    return None if _RATE.search(page.text, max(0, total.start - 8), total.start) else total


def _behind(page: Page) -> Iterator[Objection]:
    """Object to totals that are followed by their parts."""
    text = page.text
    for how in _HOW.finditer(text):
        total = _total(page, how.start())
        if total is None:
            continue
        boxed = how[0] in "（(：:"
        if boxed and (how.start() - total.end > 6 or "每" in text[how.end() : how.end() + 20]):
            continue
        stops = [text.find(mark, how.end()) for mark in ("）)" if how[0] in "（(" else _STOP)]
        end = min((stop for stop in stops if stop >= 0), default=len(text))
        about = text[max(0, total.start - 8) : how.start()]
        parts = _parts(page, how.end(), end, total, about)
        if not parts or (boxed and len(parts) < 2):
            continue
        tail = text[how.end() : min(end, parts[-1][0].end + 12)]
        said = _contradiction(page, total, parts, how[0] + tail, boxed)
        if said:
            yield Objection((Span(total.start, parts[-1][0].end),), said)


def _contradiction(page: Page, total: Amount, parts: _Parts, tail: str, boxed: bool) -> str:
    """Return what is wrong with total and parts, empty if nothing is."""
    printed = f"{total.printed}{total.unit}"
    if any(value > total.value for value in parts.values()):
        return f"总数是{printed}，其中一项却超过了总数。"
    closed = page.text[parts[-1][0].end : parts[-1][0].end + 1]
    traits = len(_OVERLAP.findall(tail))
    # Of a longer list whose sum is only a little off, one trait is a name like the others.
    near = abs(sum(parts.values()) - total.value) <= _NARROWLY * total.value
    overlap = traits > (1 if len(parts) > _FEW and near else 0)
    if len(parts) < 2 or overlap or closed == "等":
        return ""
    summed, listed = round(sum(parts.values()), 4), parts.listed(page.text)
    missing = total.value - summed
    whole = boxed or bool(_REST.search(tail)) or any(o.search(tail) for o in _OPPOSITES)
    narrow = listed and 0 < missing <= _NARROWLY * total.value
    if (missing < 0 and (listed or boxed)) or (missing and whole) or narrow:
        shown = f"{summed / (total.value / _plain(total)):g}" if total.value else f"{summed:g}"
        return f"分项相加是{shown}{_factor(total)}{total.unit}，与总数{printed}不符。"
    return ""


def _factor(amount: Amount) -> str:
    return amount.printed[-1] if amount.printed[-1] in "百千万亿" else ""


def _plain(amount: Amount) -> float:
    """Return the printed figure without its factor."""
    return float(re.sub("[,，百千万亿]", "", amount.printed.replace("．", ".")))


def _ahead(page: Page) -> Iterator[Objection]:
    """Object to sums that stand behind their parts: 甲12条、乙18条，共36条."""
    for sentence in page.all_sentences:
        inside = [a for a in amounts_in(page, *sentence) if countable(a)]
        inside = [a for a in inside if not bracketed(page, sentence.start, a.start)]
        for index in range(2, len(inside)):
            total = inside[index]
            low = inside[index - 1].end
            if not _SUM.fullmatch(page.text[low : total.start]) or not total.exact:
                continue
            parts = _back(page, inside[:index], total.unit)
            summed = sum(part.value for part in parts)
            if len(parts) < 2 or not summed or abs(summed - total.value) < 1e-6:
                continue
            if (
                "季度" in page.text[max(0, parts[0].start - 8) : total.start]
                and len(parts) != _QUARTERS
            ):
                continue
            shown = f"{summed / (total.value / _plain(total)):g}" if total.value else f"{summed:g}"
            message = f"分项相加是{shown}{_factor(total)}{total.unit}，与合计{total.printed}{total.unit}不符。"
            yield Objection((Span(parts[0].start, total.end),), message)


_QUARTERS = 4
# What is compared with the item before it is none of the list.
_OVER = re.compile(r"[，、](?:其中|比|较|同比|还剩|剩余|其余|完成|实际)")


def _back(page: Page, before: list[Amount], unit: str) -> list[Amount]:
    """Return the items of the list that ends right before a sum; none if it is no list."""
    parts: list[Amount] = []
    for amount in reversed(before):
        gap = page.text[amount.end : parts[0].start] if parts else ""
        if amount.unit != unit or not amount.exact or len(gap) > 13:
            break
        if parts and (gap[:1] not in set("、，和及") or _OVER.match(gap)):
            break
        parts.insert(0, amount)
    first = page.text[max(0, parts[0].start - 14) : parts[0].start] if parts else ""
    return [] if re.search("其中|包括|共", first) else parts


_WHOLE = re.compile(
    r"(?:全[\u4e00-\u9fff]{1,3}|共有|现有|下辖|所辖|辖|应[\u4e00-\u9fff]{1,3})(?:共|有)?$"
)
_TAKEN = re.compile(
    r"[，、][^，。；\d]{0,6}(?:抽查|抽取|抽检|走访|检查|入户|覆盖|参加|到会|实到|实际|签约|回访|完成|建成)了?$"
)


def _exceeding(page: Page) -> Iterator[Objection]:
    """Object to more than there are: 全校36个班，抽查40个班."""
    for _, inside in sums(page):
        for whole, part in pairwise(inside):
            if whole.unit != part.unit or part.value <= whole.value or not countable(whole):
                continue
            noun = page.text[part.end : part.end + 1]
            between = page.text[whole.end : part.start]
            if whole.unit in _GENERAL and not between.startswith(noun):
                continue
            lead = page.text[max(0, whole.start - 8) : whole.start]
            if _WHOLE.search(lead) and _TAKEN.search(between):
                message = (
                    f"总数是{whole.printed}{whole.unit}，后面的却有{part.printed}{part.unit}。"
                )
                yield Objection((Span(whole.start, part.end),), message)


def find(page: Page) -> Iterator[Objection]:
    """Object to every total that its parts contradict."""
    found = [*_behind(page), *_ahead(page), *_exceeding(page)]
    end = 0
    for objection in sorted(found, key=lambda o: (o.spans[0].start, -o.spans[0].end)):
        if objection.spans[0].start >= end:
            end = objection.spans[0].end
            yield objection
