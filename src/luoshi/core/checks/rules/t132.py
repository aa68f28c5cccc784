"""T132: events of one matter in the wrong order of time.

What: two dates in one passage, the second earlier, where the words want it later: steps of
data/checks/facts.toml (竣工 before 开工; 反映 and when somebody came), a second date behind
据此, 随后 or 事件发生后, 从…到…, an event brought forward to a later day, a complaint about
what had not begun.
Why: one of the dates is wrong.
Basis: custom. The order of time.
Example: 改造工程2025年6月10日竣工，2025年8月1日开工; 5月20日通过方案，据此于4月28日签发.
Counter-example: 一期6月竣工，二期8月开工; 原定6月竣工.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._figures import ANY_YEAR, Dated, dates
from luoshi.core.reading.model import Span

META = Meta(
    code="T132",
    title="先后时间颠倒",
    family="text",
    severity="error",
    basis="custom",
    why="后一步的时间早于前一步，总有一个日期写错。请核对原始记录后改正。",
)
_BEHIND = 10
# Dates further apart tell of other things.
_NEAR, _REACH, _FAR = 24, 48, 140
_GAP = re.compile(r"[^。；\n]{0,24}[，、](?:并|又|才|直到|直至|至|到|于|在|随后|当[日天]|同年)?")
# Somebody else may react: 居民6月12日反映，我6月8日才到场.
_REACTS = re.compile(r"[^。；\n]{0,36}，[^，。；\n]{0,12}")
_FROM = re.compile(r"(?:从|自|由)(?:(?:19|20)\d\d年)?$")
_TO = re.compile(r"[^。；\n\d至]{0,16}?(?:到|至|直到|直至)(?:同年|当年)?")
# A period that begins so late may well end in the next year.
_AUTUMN, _SPRING = 9, 4
_HAN = re.compile(r"[^\u4e00-\u9fff]")


def _rows() -> dict[str, Any]:
    rows: dict[str, Any] = knowledge.table("checks/facts")["stages"]
    return rows


def _chain(steps: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<s{i}>{step})" for i, step in enumerate(steps)))


@cache
def _chains() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Return a pattern for each chain whose groups are its steps, and whether others may react."""
    rows = _rows()
    own = [(_chain(chain), False) for chain in rows["chains"]]
    return (*own, *((_chain(chain), True) for chain in rows["reactions"]))


@cache
def _word(name: str) -> re.Pattern[str]:
    return re.compile(_rows()[name])


def _step(page: Page, dated: Dated, pattern: re.Pattern[str]) -> int | None:
    """Return the step that a date is of: right behind it, or before it with 于, 在 or 是."""
    words = re.split("[，。；、\n]", page.text[dated.end : dated.end + _BEHIND])[0]
    match = pattern.search(words)
    if match is None:
        before = re.split("[，。；、\n]", page.text[max(0, dated.start - _BEHIND) : dated.start])[
            -1
        ]
        match = pattern.search(before) if before.endswith(("于", "在", "是")) else None
    return int(match.lastgroup[1:]) if match and match.lastgroup else None


def _earlier(one: Dated, other: Dated) -> bool:
    """Tell whether the second date is certainly before the first."""
    year = one.year or other.year or ANY_YEAR
    first = one._replace(year=one.year or year).first()
    last = other._replace(year=other.year or year).last()
    return first is not None and last is not None and last < first


def _steps_reversed(page: Page, one: Dated, other: Dated, between: str) -> bool:
    """Tell whether a later step stands with the earlier of two dates."""
    alone = _GAP.fullmatch(between) is not None
    if not alone and _REACTS.fullmatch(between) is None:
        return False
    forward = _earlier(one, other)
    if not forward and not _earlier(other, one):
        return False
    for pattern, others_react in _chains():
        if not alone and not others_react:
            continue
        steps = _step(page, one, pattern), _step(page, other, pattern)
        if steps[0] is None or steps[1] is None or steps[0] == steps[1]:
            continue
        if (steps[0] < steps[1]) == forward:
            return True
    return False


def _says_later(page: Page, one: Dated, other: Dated, between: str) -> bool:
    """Tell whether the words want the second date later, though it is the earlier one."""
    low = max(page.text.rfind(mark, 0, other.start) + 1 for mark in "。；\n")
    lead = page.text[max(low, one.end) : other.start]
    behind = re.split("[。；\n]", page.text[other.end : other.end + _REACH])[0]
    if _word("afterwards").search(lead[-24:]):
        return True
    next_year = one.month >= _AUTUMN and other.month <= _SPRING and not other.sure
    if _word("thereupon").match(behind):
        return True
    if _word("only_then").match(behind) and not next_year and len(lead) < _NEAR:
        return (
            "。" not in page.text[one.end : other.start]
            and "；" not in page.text[one.end : other.start]
        )
    if _FROM.search(page.text[max(0, one.start - 6) : one.start]) and _TO.fullmatch(between):
        return bool(one.day and other.day) or one.month < _AUTUMN
    if _word("put_off").search(lead):
        return True
    begun = _word("begun").search(page.text, one.end, one.end + _BEHIND)
    because = _word("because").match(behind) if begun else None
    return bool(begun and because and begun[0][-2:] in behind)


def _wrong_way(page: Page, one: Dated, other: Dated) -> bool:
    between = page.text[one.end : other.start]
    low = max(page.text.rfind(mark, 0, one.start) for mark in "，。；\n") + 1
    around = page.text[low : one.start] + between + page.text[other.end : other.end + _BEHIND]
    moved = _word("moved").search(between)
    if moved:
        forward = moved["sooner"] is not None
        return _earlier(other, one) if forward else _earlier(one, other)
    if _word("before_that").search(between):
        return _earlier(other, one)
    if (
        _word("bidden").fullmatch(between)
        and page.text[other.end : other.end + 2].strip("之以")[:1] == "前"
    ):
        return _earlier(one, other)
    if _word("planned").search(around) or "\n" in between:
        return False
    near = other.start - one.end < _REACH and one.year == other.year
    if near and _steps_reversed(page, one, other, between):
        return True
    return _earlier(one, other) and _says_later(page, one, other, between)


def find(page: Page) -> Iterator[Objection]:
    """Object to every pair of dates that follow each other the wrong way round."""
    for one, other in pairwise(dates(page)):
        if not 0 < other.start - one.end < _FAR or not _wrong_way(page, one, other):
            continue
        spans = Span(one.start, one.end), Span(other.start, other.end)
        words = f"“{page.words(spans[0])}”和“{page.words(spans[1])}”"
        yield Objection(spans, f"{words}所说的先后与事情的次序相反。")
