"""The relations between a whole and its parts that T139 reckons with (see _reckoned)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._amounts import Amount, amounts_in, bracketed, countable
from luoshi.core.checks.rules._reckoned import PERSONS, Wrong, leads_of, unit_of
from luoshi.core.reading.model import Span
from luoshi.core.text.numerals import number

_PART = re.compile(
    r"(?P<bound>不到|不足|未到|没到|没有到|未过|没过|没有过|超过|超|过|多达|高于)了?(?:总数的?|其中的?|的)?"
    r"(?:(?P<half>一半|半数|半(?=[，。；、）]))|(?P<tenths>[一二两三四五六七八九])成(?P<more>半)?|(?P<of>[二三四五六七八九十])分之(?P<n>[一二两三四五六七八九]))"
)
_BELOW = frozenset(("不到", "不足", "未到", "没到", "没有到", "未过", "没过", "没有过"))
_NO_PAIR = re.compile(r"其中|同比|上年|去年|计划|目标|每|人均|另|又|分别")


def fractions(page: Page) -> Iterator[Wrong]:
    """Yield a whole, a part and 不到一半 or 超过三成 where the part is on the other side."""
    for match in _PART.finditer(page.text):
        low = max(page.text.rfind(mark, 0, match.start()) for mark in "。；\n") + 1
        run = [a for a in amounts_in(page, low, match.start()) if countable(a)]
        if (
            len(run) < 2
            or unit_of(run[-1]) != unit_of(run[-2])
            or not 0 < run[-1].value <= run[-2].value
        ):
            continue
        whole, part = run[-2:]
        words = page.text[whole.end : match.start()]
        if len(words) > 30 or _NO_PAIR.search(words) or not (whole.exact and part.exact):
            continue
        share = part.value / whole.value
        limit = _limit(match)
        below = match["bound"] in _BELOW
        # 19 of 37 have not: the rate that is told may be that of the others.
        if (share >= limit if below else share <= limit) and "率" in words:
            span = Span(whole.start, match.end())
            yield span, f"{part.printed}占{whole.printed}的{100 * share:.1f}%，不是“{match[0]}”。"


def _limit(match: re.Match[str]) -> float:
    if match["half"]:
        return 0.5
    if match["tenths"]:
        return ((number(match["tenths"]) or 0) + (0.5 if match["more"] else 0)) / 10
    return (number(match["n"]) or 0) / (number(match["of"]) or 1)


_GOING = re.compile(r"正在|在办|推进|尚未|未|没有|还有|基本|继续|剩|其余|余下")
_GOING_ON = re.compile(
    r"[，、；](?:正在|尚未|还有|没有|基本|继续|在办|剩|其余|余下)[^，。；\d]{0,8}(?=\d)"
)
_DONE = re.compile(r"(?:已|完成|办结|解决|到位|销号|整改|落实)[^，。；、\d]{0,6}$")
_NOUN = re.compile(r"[^\u4e00-\u9fff]|[已正尚未没还基继，。；]")
_WHOLE = re.compile(
    r"(?:认领|查摆|列出|检视|梳理|对照|剖析|提出|确定|共有?|指出|反馈|存在)[^，。；\d]{0,12}$"
)
_THINGS = frozenset("个项条件")


def parts_of_before(page: Page) -> Iterator[Wrong]:
    """Yield 已整改7个，正在推进3个 behind a sentence that told of 9 problems."""
    sentences = page.all_sentences
    for match in _GOING_ON.finditer(page.text):
        at = bisect_right(sentences, match.start(), key=lambda sentence: sentence.start) - 1
        if at < 1 or "\n" in page.text[sentences[at - 1].start : sentences[at].start]:
            continue
        last, sentence = sentences[at - 1], sentences[at]
        inside = amounts_in(page, *sentence)
        yield from _after_whole(page, (last, amounts_in(page, *last)), sentence, inside)


def _after_whole(
    page: Page, last: tuple[Span, tuple[Amount, ...]], sentence: Span, inside: tuple[Amount, ...]
) -> Iterator[Wrong]:
    run = [a for a in inside if a.unit in _THINGS and a.exact]
    if len(run) != 2 or run[0].unit != run[1].unit:
        return
    leads = leads_of(page, sentence.start, run)
    alone = all(_NOUN.match(page.text, a.end) for a in run)
    if not (
        alone and _DONE.search(leads[0]) and _GOING.search(leads[1]) and not _GOING.search(leads[0])
    ):
        return
    wholes = [
        a
        for a, words in zip(last[1], leads_of(page, last[0].start, list(last[1])), strict=True)
        if a.unit == run[0].unit and a.exact and _WHOLE.search(words)
    ]
    summed = run[0].value + run[1].value
    if len(wholes) == 1 and abs(summed - wholes[0].value) > 1e-6:
        span = Span(run[0].start, run[1].end)
        yield (
            span,
            f"两项相加是{summed:g}{run[0].unit}，前面说的是{wholes[0].printed}{wholes[0].unit}。",
        )


_COUNTED = "个名人位户家座栋间台套辆条项件份处所村组块口眼盏部张笔起"
_FEW = re.compile(
    rf"(?P<n>\d{{1,4}}|[一二两三四五六七八九十]{{1,3}})(?P<u>[{_COUNTED}])(?!月|小时|百分|工作日|以上)"
)
_REST = re.compile(r"(?:其他|其余|剩下|剩余|余下|另外|另)的?$")
_USED = re.compile(r"(?:只有|只|仅有|仅|有|已|完成了?|建成|修了?|用了?)$")


def unused(page: Page) -> Iterator[Wrong]:
    """Yield 6座……只有两座在用，其他5座: of a few things, counted in words, a wrong rest."""
    for sentence in page.all_sentences:
        words = page.words(sentence)
        if not _OTHERS.search(words):
            continue
        found = list(_FEW.finditer(words))
        for whole, part, rest in zip(found, found[1:], found[2:], strict=False):
            if len({m["u"].translate(PERSONS) for m in (whole, part, rest)}) > 1:
                continue
            if all(m["n"].isdecimal() for m in (whole, part, rest)) and not _USED.search(
                words[: part.start()]
            ):
                continue
            if not (_REST.search(words[: rest.start()]) and _USED.search(words[: part.start()])):
                continue
            values = [number(m["n"]) or 0 for m in (whole, part, rest)]
            gap = words[whole.end() : rest.start()]
            if values[0] <= values[1] or "、" in gap or "其中" in words[: whole.start()]:
                continue
            if values[0] - values[1] != values[2] and not bracketed(
                page, sentence.start, sentence.start + rest.start()
            ):
                if all(m["n"].isdecimal() for m in (whole, part, rest)):
                    continue
                span = Span(sentence.start + whole.start(), sentence.start + rest.end())
                yield (
                    span,
                    f"{values[0]}减去{values[1]}是{values[0] - values[1]}，不是{values[2]}。",
                )


_OTHERS = re.compile("其他|其余|剩下|剩余|余下|另")
