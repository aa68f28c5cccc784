"""T136: times of one day that contradict each other.

What: two times and behind them how long it took (用时, 历时, 晚了, 延误), which is not what lies
between them; a second time, with 才 behind it or in a reaction to the first, that is earlier.
Why: one of the times is wrong.
Basis: custom. Arithmetic; what goes past midnight is taken to.
Example: 22时10分接报，22时40分到场，用时50分钟 (30).
Counter-example: 23时40分接报，0时20分到场; 9:30至11:30.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._amounts import amounts_in
from luoshi.core.checks.rules._clock import DAY, Moment, moments
from luoshi.core.reading.model import Span
from luoshi.core.text.numerals import number

META = Meta(
    code="T136",
    title="钟点对不上",
    family="text",
    severity="error",
    basis="custom",
    why="同一件事的几个钟点或者用时对不上，总有一处写错。请对照原始记录改正。",
)
_TOOK = re.compile(
    r"(?:用时?|耗时?|历时|持续|相隔|间隔|时隔|隔|晚了?|迟了?|延误|拖延?|花|等|前后|滞后|共)(?:了|达|长达|整整)*$"
)
_BETWEEN = re.compile(r"[^。；\n]{0,30}[，、至到—－-][^。；\n]{0,16}")
_NEW_DAY = re.compile("次日|第二天|翌日|隔天|当天|[日号]")
_LATER = re.compile(r"[^，。；\d]{0,10}才")
_STEPS = re.compile(
    r"(?P<first>发生|爆|接报|接警|接到|报修|来电|发布|开始|出发|派单|发现)|(?P<then>到场|到达|赶到|抵达|恢复|修复|结束|处置|办结|通知|关阀|撤离)"
)
# Within so many minutes before the first time the second is on the same day and too early.
_BACK = 12 * 60
_REACH = 10


_AND_A_HALF = re.compile(r"(?:用时?|耗时?|历时|拖|花|等|前后)了?(?P<n>\d|[一二两三四五])个半小时")


def _pairs(page: Page) -> Iterator[tuple[Moment, Moment]]:
    for one, other in pairwise(moments(page)):
        between = page.text[one.end : other.start]
        if _BETWEEN.fullmatch(between) and not _NEW_DAY.search(between + other.named):
            yield one, other


def _lengths(page: Page) -> Iterator[tuple[Span, str]]:
    """Yield the two times with a length behind them that is not theirs."""
    for one, other in _pairs(page):
        stops = [page.text.find(mark, other.end) for mark in "。；\n"]
        stop = min((at for at in stops if at >= 0), default=len(page.text))
        half = _AND_A_HALF.search(page.text, other.end, min(stop, other.end + 30))
        really = (other.minute - one.minute) % DAY
        if half and abs(60 * (number(half["n"]) or 0) + 30 - really) > 1 and not other.named:
            span = Span(one.start, half.end())
            yield span, f"两个钟点之间是{_shown(really)}，不是{half['n']}个半小时。"
            continue
        for told in amounts_in(page, other.end, min(stop, other.end + 30)):
            lead = page.text[other.end : told.start]
            if (
                told.unit not in {"分钟", "小时", "个小时"}
                or not _TOOK.search(lead)
                or not told.exact
            ):
                continue
            minutes = told.value * (1 if told.unit == "分钟" else 60)
            really = (other.minute - one.minute) % DAY
            half_day = bool(one.named) != bool(other.named)
            possible = {really, *([(really + DAY // 2) % DAY] if half_day else ())}
            if "余" in page.text[told.end : told.end + 2] or minutes in possible:
                break
            if all(
                abs(minutes - length) > (1 if told.unit == "分钟" else 29) for length in possible
            ):
                yield (
                    Span(one.start, told.end),
                    f"两个钟点之间是{_shown(really)}，不是{told.printed}{told.unit}。",
                )
            break


def _shown(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return (f"{hours}小时" if hours else "") + (f"{rest}分钟" if rest or not hours else "")


def _turned(page: Page) -> Iterator[tuple[Span, str]]:
    """Yield two times of which the words want the second later, though it is earlier."""
    for one, other in _pairs(page):
        if not 0 < one.minute - other.minute < _BACK or bool(one.named) != bool(other.named):
            continue
        behind = page.text[other.end : other.end + _REACH]
        steps = [
            _STEPS.search(re.split("[，。；、]", words)[0])
            for words in (page.text[one.end : one.end + _REACH], behind)
        ]
        reacts = steps[0] and steps[1] and steps[0]["first"] and steps[1]["then"]
        if _LATER.match(behind) or reacts:
            yield Span(one.start, other.end), "后一个钟点早于前一个，与事情的次序相反。"


def find(page: Page) -> Iterator[Objection]:
    """Object to every pair of times that contradict each other."""
    for span, message in sorted([*_lengths(page), *_turned(page)]):
        yield Objection((span,), message)
