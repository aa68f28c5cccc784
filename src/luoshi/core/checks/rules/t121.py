"""T121: the words say up and the figures say down, or the other way round.

What: 由A提高到B with B below A, 从A下降到B with B above A, B比上年的A增加 with B below A, both
in one unit.
Why: either the direction or one of the figures is wrong.
Basis: custom. Arithmetic.
Example: 解决率由上年的73.2%提高到71.6%。
Counter-example: 由第8位上升到第3位; 由3天缩短到1天.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._amounts import PERCENT, countable, sums
from luoshi.core.reading.model import Span

META = Meta(
    code="T121",
    title="升降与数字不符",
    family="text",
    severity="error",
    basis="custom",
    why="文字和数字的方向相反，总有一处写错。请核对后改正。",
)
_UP = "提高|提升|上升|上涨|攀升|回升|增加|增长|延长|扩大|增至|升至|涨|升|增"
_DOWN = "下降|下滑|下跌|回落|降低|减少|压减|压缩|压降|缩短|缩减|缩小|降|减|跌"
_YEAR = r"(?:(?:19|20)\d\d年(?:度|底|末|初|同期)?的?)?"
_FROM = re.compile(rf"[由从][^\d，。；\n]{{0,10}}{_YEAR}[^\d，。；\n]{{0,6}}$")
_TO = re.compile(
    rf"[^\d，。；\n]{{0,4}}?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:到了?|至|为)[^\d，。；\n]{{0,6}}{_YEAR}[^\d，。；\n]{{0,4}}"
)
# The other order: 138件，比上年的150件上升.
_COMPARED = re.compile(
    r"[^\d。；]{0,12}[比较](?:上年度?|去年|前年|(?:上年|去年)?同期|上季度|上月|年初|(?:19|20)\d\d年)(?:同期)?的?$"
)
_WAY = re.compile(
    rf"[^\d，。；\n]{{0,3}}?(?:(?P<up>{_UP}|多|高|上涨)|(?P<down>{_DOWN}|少|低))(?!到|至|为)"
)


def _compared(page: Page) -> Iterator[Objection]:
    """Object to a comparison with an earlier figure that goes the other way."""
    for _, inside in sums(page):
        run = [a for a in inside if countable(a) or a.unit in PERCENT]
        for now, then in pairwise(run):
            if now.unit != then.unit or not _COMPARED.fullmatch(page.text, now.end, then.start):
                continue
            way = _WAY.match(page.text, then.end)
            if (
                way is None
                or now.value == then.value
                or bool(way["up"]) == (now.value > then.value)
            ):
                continue
            really = "多" if way["down"] else "少"
            message = (
                f"写的是“{way['up'] or way['down']}”，{now.printed}却比{then.printed}{really}。"
            )
            yield Objection((Span(now.start, way.end()),), message)


def _trends(page: Page) -> Iterator[Objection]:
    """Object to 由A提高到B that its two figures contradict."""
    for _, inside in sums(page):
        run = [a for a in inside if countable(a) or a.unit in PERCENT]
        for before, after in pairwise(run):
            way = _TO.fullmatch(page.text, before.end, after.start)
            low = max(0, before.start - 24)
            opened = _FROM.search(page.text[low : before.start]) if way else None
            if way is None or opened is None or before.value == after.value:
                continue
            if before.unit != after.unit or bool(way["up"]) == (after.value > before.value):
                continue
            really = "少" if way["up"] else "多"
            word = way["up"] or way["down"]
            message = f"写的是“{word}”，数字却由{before.printed}变{really}为{after.printed}。"
            yield Objection((Span(low + opened.start(), after.end),), message)


def find(page: Page) -> Iterator[Objection]:
    """Object to every trend that its two figures contradict."""
    yield from sorted([*_trends(page), *_compared(page)], key=lambda o: o.spans[0])
