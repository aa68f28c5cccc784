"""S111: a stated count that is not that of the items.

What: the text announces a number of aspects, problems, causes or measures
(data/checks/counts.toml) and lists another number of them.
Why: an item was cut or added and the announcement left as it was.
Basis: seen. Reviewers return papers with a count that the list does not have (DOMAIN.md §2).
Example: “主要有以下五个方面的原因。” followed by four causes.
Counter-example: “每个方面查摆两个以上问题”, and the counts of other papers and meetings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._counts import (
    N,
    any_with_number,
    claims,
    of_others,
    stated,
    table,
)
from luoshi.core.checks.rules._enumerations import announced
from luoshi.core.checks.rules._structure import below, headings, items_below, lead, listed_under
from luoshi.core.material.model import Point
from luoshi.core.reading.model import Span
from luoshi.core.text.numerals import number

META = Meta(
    code="S111",
    title="说的数与列的数不一致",
    family="structure",
    severity="warning",
    basis="seen",
    why="写明的数和实际列出的数对不上，审阅时一数便知；请补齐内容或者改正数字。",
)
_PARTS = ("problem", "cause", "measure", "previous")
_LEVELS = ("aspect", "group", "item")
_DATED_LIST = re.compile(rf"{N}(?:次|场|期)[：:](?P<list>[^。\n]*)")
_DATE = re.compile(r"\d{1,2}月\d{1,2}日")
_NONCONFORMITY = ("不符合项", "不合格项", "不符合", "不合格")
_CODE = re.compile(r"[A-Z]{1,5}[-—]?(?:\d{4}[-—])?\d{1,3}|(?:不符合项?|不合格项)\s?\d{1,2}")
_SOME = re.compile(rf"{N}(?:个|项|条|件)")
# 严重不符合项1项: a sort of them, not all.
_SORTS = ("严重", "一般", "轻微", "其中", "主要", "潜在")
_YEAR_OF_OTHER = re.compile(
    r"\d{4}年(?:度)?(?:第[一二三四]次)?(?:内审|内部审核|管理评审|审核|外审|检查)"
)
# A number with its classifier stands so near before or behind the thing counted.
_NUMBER_BEFORE, _REACH = 5, 6


def find(page: Page) -> Iterator[Objection]:
    """Object to every announcement that its list contradicts, in text order."""
    found = [*_of_opening(page), *_of_lists(page), *_of_named(page)]
    above = "/"
    for heading, part in headings(page):
        if part in _PARTS and not heading.path.startswith(above):
            above = heading.path + "/"
            found += _of_part(page, heading, part)
    found.sort(key=lambda objection: (objection.spans[0].start, -objection.spans[0].end))
    end = 0
    for objection in found:
        if objection.spans[0].start >= end:
            end = objection.spans[0].end
            yield objection


def _of_lists(page: Page) -> Iterator[Objection]:
    """Object to every announcement that the list right behind it contradicts."""
    for value, place, there in announced(page):
        if value != there and not _rest_is_told(page, place):
            yield Objection((place,), _message(page, place, there))


_THE_REST = re.compile(r"(?:其余|其他|另外|剩余|余下)的?[一二两三四五六七八九十\d]{1,3}[个项条]")


def _rest_is_told(page: Page, place: Span) -> bool:
    """Tell whether the paragraph sums up the other ones: 其余三个问题均已整改."""
    end = page.text.find("\n", place.end)
    return _THE_REST.search(page.text, place.end, end if end >= 0 else len(page.text)) is not None


def _of_part(page: Page, heading: Point, part: str) -> Iterator[Objection]:
    span = lead(page, heading)
    if not any(claims(page, span, part, level) for level in _LEVELS):
        return
    inner = below(page, heading)
    items = items_below(page, heading, part)
    if not items or any("段" in point.path.rpartition("/")[2] for point in items):
        return
    direct = [p for p in inner if p.path.count("/") == heading.path.count("/") + 1]
    aspects = [p for p in direct if p.kind == "aspect_heading"]
    words = page.words(span)
    if part == "previous" and any(word in words for word in table()["partial"]):
        return
    others = {number(m["n"]) for m in _SOME.finditer(words)} if part == "previous" else set()
    for level, there in zip(_LEVELS, (aspects, direct, items), strict=True):
        if there and len(there) not in others:
            yield from _compare(page, span, part, level, len(there))


def _compare(page: Page, span: Span, part: str, level: str, there: int) -> Iterator[Objection]:
    aspects = sum(not a.optional for a in page.outline.aspects if a.part == "problem")
    for value, place in claims(page, span, part, level):
        # 针对……六个方面的问题: the headings of the problems, told before the measures.
        if part == "measure" and value == aspects:
            continue
        if value != there and not _rest_is_told(page, place):
            yield Objection((place,), _message(page, place, there))


def _message(page: Page, place: Span, there: int) -> str:
    return f"这里写的是“{page.words(place)}”，实际列出{there}个。"


def _of_opening(page: Page) -> Iterator[Objection]:
    opening = page.examination.profile.opening
    if opening is None:
        return
    for value, place in claims(page, opening, "opening"):
        if of_others(page, place):
            continue
        problems = items_below(page, None, "problem")
        counted = bool(problems) and not any("段" in p.path.rpartition("/")[2] for p in problems)
        if counted and value not in (len(problems), len(page.points("problem"))):
            yield Objection((place,), _message(page, place, len(problems)))
    for match in _DATED_LIST.finditer(page.text, *opening):
        there = len(_DATE.findall(match["list"]))
        if there >= 2 and there != number(match["n"]):
            place = Span(match.start("n"), match.start("list") - 1)
            yield Objection((place,), _message(page, place, there))


@cache
def _named() -> re.Pattern[str]:
    return any_with_number(table()["named"])


def _of_named(page: Page) -> Iterator[Objection]:
    """Compare a number of 不符合项 with the problems under the heading of that name."""
    below_previous = [Span(p.start, p.end) for p in page.points("previous")]
    for hit in page.hits("counted-thing"):
        match = _named().search(page.text, max(0, hit.start - _NUMBER_BEFORE), hit.end + _REACH)
        if match is None or not match.start() <= hit.start < match.end():
            continue
        value, start = stated(match)
        place = Span(match.start(), match.end())
        if any(s.start <= start < s.end for s in below_previous) or _of_other_year(page, place):
            continue
        what = next(v for k, v in match.groupdict().items() if v and k.startswith("what"))
        there = listed_under(page, what) or (_coded(page) if what in _NONCONFORMITY else [])
        if there and value not in there and not page.text[: match.start()].endswith(_SORTS):
            yield Objection((place,), _message(page, place, there[0]))


def _coded(page: Page) -> list[int]:
    """Return how many codes (NC-01, 不符合项1) the problems and their headings bear."""
    codes: set[str] = set()
    previous = {point.path.split("/")[0] for point in page.points("previous")}
    for point in page.examination.points:
        way = point.path.split("/")
        if point.kind in ("problem", "section_heading") and way[0] not in previous:
            codes |= {label for label in way if _CODE.fullmatch(label)}
    return [len(codes)] if len(codes) > 1 else []


def _of_other_year(page: Page, place: Span) -> bool:
    low = max(page.text.rfind(sign, 0, place.start) + 1 for sign in "。\n")
    return of_others(page, place) or bool(_YEAR_OF_OTHER.search(page.text, low, place.start))
