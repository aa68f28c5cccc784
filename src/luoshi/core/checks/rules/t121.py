"""T121: the words say up and the figures say down, or the other way round.

What: 由A提高到B with B below A, 从A下降到B with B above A, both in one unit.
Why: either the direction or one of the figures is wrong.
Basis: custom. Arithmetic.
Example: 解决率由上年的73.2%提高到71.6%。
Counter-example: 由第8位上升到第3位; 由3天缩短到1天.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span

META = Meta(
    code="T121",
    title="升降与数字不符",
    family="text",
    severity="error",
    basis="custom",
    why="文字和数字的方向相反，总有一处写错。请核对后改正。",
)
_UP = "提高|提升|上升|增加|增长|增至|升至|升|扩大|增"
_DOWN = "下降|降低|减少|压减|压缩|缩短|缩减|降|减"
_TREND = re.compile(
    r"[由从](?P<w>[^\d，。；\n第]{0,10})(?P<a>(?<!\d)\d+(?:\.\d+)?)(?P<u>[^\d，。；\n]{0,3}?)"
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:到了?|至|为)(?P<x>[^\d，。；\n第]{{0,6}}?)"
    r"(?P<b>\d+(?:\.\d+)?)(?P<v>[^\d，。；\n]{0,3})"
)
_NO_AMOUNT = re.compile(r"第|名|位|年|月[^均]|日")


def find(page: Page) -> Iterator[Objection]:
    """Object to every trend that its two figures contradict."""
    for match in _TREND.finditer(page.text):
        unit, other = match["u"], match["v"]
        if unit and not other.startswith(unit[0]):
            continue
        if _NO_AMOUNT.match(unit or other) or "第" in match["w"] + match["x"]:
            continue
        before, after = float(match["a"]), float(match["b"])
        wrong = after < before if match["up"] else after > before
        if not wrong:
            continue
        word = match["up"] or match["down"]
        really = "少" if match["up"] else "多"
        message = f"写的是“{word}”，数字却由{match['a']}变{really}为{match['b']}。"
        end = match.end("b") + (1 if other[:1] in {"%", "％"} else 0)
        yield Objection((Span(match.start(), end),), message)
