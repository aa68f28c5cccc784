"""T120: a percentage that does not follow from its two numbers.

What: A件, then B件 after a verb, then that verb's rate: B / A must give the rate, give or
take the last printed digit; likewise B件，占A件的P%.
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
from luoshi.core.checks.rules._text import HAN
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
    rf"(?P<a>\d(?<![\d.第]\d)\d*(?:\.\d+)?)(?P<u>万元|人次|[{HAN}])[，、；]?[^\d，。；\n]{{0,8}}?"
    rf"(?P<verb>[{HAN}]{{2}})(?:了)?(?P<b>\d+(?:\.\d+)?)(?P=u)[，、（(]?(?:总|平均|综合)?(?P=verb)率"
    r"(?:为|是|达到|达|仅|只有|约)?(?P<p>\d+(?:\.\d+)?)[%％]"
)
_SHARE = re.compile(
    rf"(?P<b>\d(?<![\d.第]\d)\d*(?:\.\d+)?)(?P<u>万元|人次|[{HAN}])，?占[^\d，。；\n]{{0,8}}"
    r"(?P<a>\d+(?:\.\d+)?)(?P=u)的(?P<p>\d+(?:\.\d+)?)[%％]"
)

# Rates are rare: the two numbers are looked for before a printed one only.
_PERCENT = re.compile(r"[率的为是达到仅只有约](?P<p>\d+(?:\.\d+)?)[%％]")
_REACH = 50


def find(page: Page) -> Iterator[Objection]:
    """Object to every rate that its numbers contradict; the printed rate is the place."""
    if "%" not in page.text and "％" not in page.text:
        return
    for printed_at in _PERCENT.finditer(page.text):
        low = max(0, printed_at.start() - _REACH)
        window = (page.text, low, printed_at.end())
        match = _RATE.search(*window) or _SHARE.search(*window)
        if match is None or match.end() != printed_at.end():
            continue
        whole, part, printed = float(match["a"]), float(match["b"]), match["p"]
        if not whole:
            continue
        digits = len(printed.partition(".")[2])
        right = 100 * part / whole
        # Cut off is as usual as rounded.
        if abs(right - float(printed)) <= 10**-digits:
            continue
        fix = f"{right:.{digits}f}"
        message = f"{match['b']}除以{match['a']}是{fix}%，不是{printed}%。"
        yield Objection((Span(match.start(), match.end()),), message)
