"""T125: the same event on two days.

What: two dates of one month in two statements on the same matter (a quoted name or five
characters in common), with the same act named right behind both.
Why: one of the dates is wrong.
Basis: custom. One event, one day.
Example: “回头看”……6月26日才召开动员会, elsewhere “回头看”6月16日才动员.
Counter-example: deadlines (6月30日前), two meetings of two projects, dates of two months.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._figures import Dated, dates, same_matter
from luoshi.core.reading.model import Span

META = Meta(
    code="T125",
    title="同一件事日期不一",
    family="text",
    severity="error",
    basis="custom",
    why="同一件事两个日期，总有一个是错的。请核对原始记录，统一起来。",
)
_REACH = 9
_HAN = re.compile(r"[\u4e00-\u9fff]")
_OPEN_ENDED = re.compile(r"(?:之|以)?[前后起至到]|以来|—|-")
_COMMON = frozenset(("没有", "才开", "完成", "组织", "进行", "专题", "开展", "会议", "学习"))


def _acts(page: Page, dated: Dated) -> frozenset[str]:
    """Return the pairs of characters right behind a date, up to the end of the clause."""
    words = re.split(r"[^\u4e00-\u9fff]", page.text[dated.end : dated.end + _REACH])[0]
    return frozenset(words[i : i + 2] for i in range(len(words) - 1)) - _COMMON


_WHO = re.compile(r"[\u4e00-\u9fff]某(?!某)")
_ACT = 4


def _months(page: Page) -> Iterator[tuple[Dated, Dated]]:
    """Yield two months in which somebody (邹某) is said to have done one thing."""
    told = [d for d in dates(page) if not d.day and 1 <= d.month <= 12]
    found = [
        (d, who[-1])
        for d in told
        if (who := _WHO.findall(page.text[max(0, d.start - 12) : d.start]))
    ]
    for (one, who), (other, whom) in combinations(found[:20], 2):
        if (
            who != whom
            or one.month == other.month
            or (one.year and other.year and one.year != other.year)
        ):
            continue
        words = re.split("[，。；\n]", page.text[one.end : one.end + 24])[0]
        theirs = page.text[other.end : other.end + 16]
        acts = {theirs[i : i + _ACT] for i in range(len(theirs) - _ACT + 1)}
        if any(words[i : i + _ACT] in acts for i in range(len(words) - _ACT + 1)):
            yield one, other


def _by_month(page: Page) -> Iterator[Objection]:
    for one, other in _months(page):
        if page.point_at(one.start) == page.point_at(other.start):
            continue
        spans = Span(one.start, one.end), Span(other.start, other.end)
        words, theirs = map(page.words, spans)
        message = f"“{words}”与另一处的“{theirs}”说的是同一件事，时间不一致。"
        yield Objection(spans, message)


_BACK_BEFORE = re.compile(
    r"(?:吸取|汲取|对照|针对|反思|回顾|围绕|剖析|复盘|上述|关于|借鉴|以)[^，。；]{0,4}$"
)
_BACK_BEHIND = re.compile(
    r"[^，。；\n]{2,24}?(?:的教训|一事|这件事|那次|那起|事件|事故|的处置|暴露|为鉴|为戒|之后|过后)"
)
_TOLD_OF = re.compile("通报|会议|学习|报告|检查|座谈|培训|印发")
_WORDS, _AROUND, _SHARED = 14, 30, 4


def _grams(words: str) -> frozenset[str]:
    han = _NO_HAN.sub("", words)
    return frozenset(han[i : i + 2] for i in range(len(han) - 1)) - _COMMON


_NO_HAN = re.compile(r"[^\u4e00-\u9fff]")


def _same_day(one: Dated, other: Dated) -> bool:
    """Tell whether two dates may be one: a month may be any of its days."""
    return one.month == other.month and (not one.day or not other.day or one.day == other.day)


def _looking_back(page: Page) -> Iterator[Objection]:
    """Object to an event recalled (吸取5月……的教训) that was told of another month or day."""
    told = [d for d in dates(page) if 1 <= d.month <= 12]
    for back in told:
        if _OPEN_ENDED.match(page.text, back.end):
            continue
        cue = _BACK_BEFORE.search(page.text, max(0, back.start - 8), back.start)
        if not cue and not _BACK_BEHIND.match(page.text, back.end):
            continue
        words = re.split("[，。；\n]", page.text[back.end : back.end + _WORDS])[0]
        if _TOLD_OF.search(words):
            continue
        grams = _grams(words)
        alike = [d for d in told if d is not back and _tells(page, d, back, grams)]
        if alike and not any(_same_day(d, back) for d in alike):
            spans = Span(back.start, back.end), Span(alike[0].start, alike[0].end)
            message = f"“{page.words(spans[0])}”与另一处的“{page.words(spans[1])}”说的是同一件事，时间不一致。"
            yield Objection(spans, message)


def _tells(page: Page, dated: Dated, back: Dated, grams: frozenset[str]) -> bool:
    """Tell whether another statement tells at ``dated`` of the event that ``back`` recalls."""
    if "\n" not in page.text[min(dated.start, back.start) : max(dated.start, back.start)]:
        return False
    words = page.text[dated.end : dated.end + _AROUND].split("。")[0]
    shared = grams & _grams(words)
    return len(shared) >= _SHARED and 2 * len(shared) >= len(grams)


def find(page: Page) -> Iterator[Objection]:
    """Object to every event that has two dates, at the first of them."""
    found = [*_by_day(page), *_by_month(page)]
    named = {frozenset(objection.spans) for objection in found}
    found += [o for o in _looking_back(page) if frozenset(o.spans) not in named]
    yield from sorted(found, key=lambda o: o.spans[0])


def _by_day(page: Page) -> Iterator[Objection]:
    """Object to two days of one month for one act."""
    by_month: dict[int, list[Dated]] = defaultdict(list)
    for dated in dates(page):
        if dated.day and not _OPEN_ENDED.match(page.text, dated.end):
            by_month[dated.month].append(dated)
    for told in by_month.values():
        for one, other in combinations(told[:12], 2):
            if one.day == other.day or (one.year and other.year and one.year != other.year):
                continue
            first, second = Span(one.start, one.end), Span(other.start, other.end)
            if not _acts(page, one) & _acts(page, other) or not same_matter(page, first, second):
                continue
            message = (
                f"“{page.words(first)}”与另一处的“{page.words(second)}”说的是同一件事，日期不一致。"
            )
            yield Objection((first, second), message)
