"""T119: parts that do not add up to the stated total.

What: a total with its unit, then 其中 or 包括 and parts in the same unit: a part above the
total; two or more parts above it together; or, where the last part is the rest (另外,
其余, 分别), another sum than the total.
Why: figures that contradict each other in one sentence.
Basis: custom. Arithmetic.
Example: 意见建议36条，其中机关科室12条、社区18条、服务对象8条。
Counter-example: 共12人，其中党员9人、女性7人 (not parts of one division); 其中3件 alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._text import HAN
from luoshi.core.reading.model import Span

META = Meta(
    code="T119",
    title="分项与总数不符",
    family="text",
    severity="error",
    basis="custom",
    why="数字前后不符，审阅时通常会退回核实。请对照原始记录改正。",
)
_HOW = re.compile("(?:其中|包括)(?!的)|分别[是为]")
_RATE = re.compile("每|平均|均")
_TOTAL = re.compile(
    rf"(?<![\d.．·第])(?P<n>\d+(?:[.．]\d+)?)(?P<u>万元|亿元|人次|件次|户次|[{HAN}])[^。；;\n\d]{{0,8}}?$"
)
_REACH = 18
_PART = re.compile(
    rf"(?<![\d.．·第])(\d+(?:[.．]\d+)?)(万元|亿元|人次|件次|户次|[{HAN}])(?![内前后]|以[内上下])"
)
_REST = re.compile(r"另外|另有|其余|其他|剩余|余下|分别")
# Traits that overlap: a person may have several, so the parts need not add up.
_OVERLAP = re.compile(
    r"党员|女|男|少数民族|青年|岁|学历|本科|退休|以上|重复|多次|又|再|涉及|新增|同比|占"
)
# Units that count anything; of others (家, 户, 人) the unit itself says what is counted.
_GENERAL = frozenset("个项条处次")
_STOP = "。；;\n"
# What may follow a part: anything else is a noun, and another thing is counted.
_GOES_ON = re.compile(
    r"(?:[^\u4e00-\u9fff]|[已未是为属在由尚正没完解办整立还有被不因来系的则均全都])"
)


def _parts(page: Page, start: int, unit: str, about: str) -> tuple[list[tuple[float, str]], int]:
    """Return the parts in ``unit`` up to the end of the clause group, and where the last ends."""
    text = page.text
    stops = [text.find(mark, start) for mark in _STOP]
    end = min((stop for stop in stops if stop >= 0), default=len(text))
    found: list[tuple[float, str]] = []
    last = start
    for match in _PART.finditer(text, start, end):
        if match[2] != unit or not _same_thing(page, match.end(), about):
            return found, last
        gap = text[last : match.start()]
        if len(gap) > 24 or gap.count("，") > 1:
            return found, last
        found.append((_amount(match[1]), gap))
        last = match.end()
    return found, last


def _amount(printed: str) -> float:
    return float(printed.replace("．", "."))


def _same_thing(page: Page, end: int, about: str) -> bool:
    """Tell whether the part that ends at ``end`` counts what the total, in ``about``, counts."""
    behind = page.text[end : end + 2]
    if page.text[end - 1] not in _GENERAL:
        return True
    return not behind or bool(_GOES_ON.match(behind)) or behind in about


def find(page: Page) -> Iterator[Objection]:
    """Object to every total that its parts contradict."""
    for how in _HOW.finditer(page.text):
        low = max(0, how.start() - _REACH)
        match = _TOTAL.search(page.text[low : how.start()])
        if match is None or _RATE.search(page.text, max(0, low - 8), low + match.start()):
            continue
        total, unit = _amount(match["n"]), match["u"]
        parts, end = _parts(page, how.end(), unit, page.text[max(0, low - 8) : how.start()])
        if not parts or unit in "年月日号时分点":
            continue
        span = Span(low + match.start(), end)
        tail = page.words((how.end(), end))
        summed = round(sum(value for value, _ in parts), 4)
        listed = all(gap.startswith("、") for _, gap in parts[1:])
        exhaustive = len(parts) > 1 and bool(_REST.search(how[0] + tail))
        if any(value > total for value, _ in parts):
            message = f"总数是{match['n']}{unit}，其中一项却超过了总数。"
        elif len(parts) < 2 or _OVERLAP.search(tail):
            continue
        elif (summed > total and listed) or (exhaustive and summed != total):
            message = f"分项相加是{summed:g}{unit}，与总数{match['n']}{unit}不符。"
        else:
            continue
        yield Objection((span,), message)
