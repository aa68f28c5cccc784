"""I108: a name of a place, an office or a system written in two ways.

What: a name that differs in one character that sounds or looks alike from one that comes more
often (柳安社区 beside 柳岸社区); of an estate, a community, a company or a system also where
each comes once.
Why: one of the two is a slip, and the reader looks for a place that does not exist.
Basis: custom.
Example: “柳岸社区” three times and “柳安社区” once.
Counter-example: “柳岸社区、柳安社区” named in one sentence, as two places; 三河村 and 山河村.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._alike import slip
from luoshi.core.checks.rules._identity import units_table
from luoshi.core.reading.model import Span

META = Meta(
    code="I108",
    title="名称写法前后不一致",
    family="identity",
    severity="warning",
    basis="custom",
    why="同一个地方、单位或系统写成两个名字，多半有一处是笔误；请核对后统一。",
)
# So many characters before the ending make a name.
_LENGTHS = (2, 3, 4)
# A name that comes twice is a slip only beside one that comes so often.
_OFTEN = 5


@cache
def _stem() -> re.Pattern[str]:
    return re.compile(f"(?:(?![{units_table()['places']['particles']}])[\u4e00-\u9fff])*$")


def find(page: Page) -> Iterator[Objection]:
    """Object to the rarer of two names that are alike."""
    found: dict[tuple[Span, Span], Objection] = {}
    for names in _alike_but_one(page):
        for one, other in combinations(sorted(names), 2):
            objection = _judged(page, one, other, names)
            if objection:
                first, second = objection.spans
                found.setdefault((Span(first.end, second.end), first), objection)
    kept: list[Objection] = []
    for objection in sorted(found.values(), key=lambda o: o.spans[0].start - o.spans[0].end):
        low, high = objection.spans[0]
        if not any(low < other.spans[0].end and other.spans[0].start < high for other in kept):
            kept.append(objection)
    yield from sorted(kept, key=lambda o: o.spans[0])


def _alike_but_one(page: Page) -> list[dict[str, list[Span]]]:
    """Return the groups of names that have all characters but one, and the ending, in common."""
    groups: dict[tuple[str, int, str], dict[str, list[Span]]] = {}
    for hit in page.hits("place-tail"):
        match = _stem().search(page.text, max(0, hit.start - max(_LENGTHS)), hit.start)
        stem = match[0] if match else ""
        tail = page.words(hit)
        for length in _LENGTHS:
            if length > len(stem):
                break
            name = stem[-length:]
            span = Span(hit.start - length, hit.end)
            for place in range(length):
                key = (tail, place, f"{name[:place]} {name[place + 1 :]}")
                groups.setdefault(key, {}).setdefault(name, []).append(span)
    return [names for names in groups.values() if len(names) > 1]


def _judged(page: Page, one: str, other: str, names: dict[str, list[Span]]) -> Objection | None:
    place = slip(one, other)
    if place < 0 or any(name[place] in units_table()["places"]["apart"] for name in (one, other)):
        return None
    rare, often = sorted(
        (one, other), key=lambda name: (page.text.count(name), -names[name][0].start)
    )
    few, many = page.text.count(rare), page.text.count(often)
    here, there = names[rare][0], names[often][0]
    if _side_by_side(page, names[rare], names[often]):
        return None
    if few == 1 < many or (few == 2 and many >= _OFTEN):
        words = page.words(there)
        message = f"这里写的是“{page.words(here)}”，别处都写作“{words}”。"
        return Objection((here, there), message, words)
    firm = tuple(units_table()["places"]["firm"])
    named = page.words(here).endswith(firm) or (_alone(page, here) and _alone(page, there))
    if few == many == 1 and named:
        message = f"一处写“{page.words(here)}”，一处写“{page.words(there)}”，请核对哪个对。"
        return Objection((here, there), message)
    return None


def _alone(page: Page, name: Span) -> bool:
    """Tell whether no word runs into the name: 柏树巷 behind a mark, not 纸质巡河."""
    before = page.text[max(0, name.start - 1) : name.start]
    return not "\u4e00" <= before <= "\u9fff" or before in units_table()["places"]["particles"]


def _side_by_side(page: Page, some: list[Span], others: list[Span]) -> bool:
    """Tell whether one sentence names both: they are two."""
    return any(
        "。" not in page.text[min(a.end, b.end) : max(a.start, b.start)]
        and "\n" not in page.text[min(a.end, b.end) : max(a.start, b.start)]
        for a in some
        for b in others
    )
