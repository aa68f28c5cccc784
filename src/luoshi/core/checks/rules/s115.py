"""S115: a reference to an item that is not there.

What: a code (NC-2025-07) that no nonconformity has, or a number (问题9, 第七个问题, 观察项3,
附件4) beyond the last of its list.
Why: the measure answers nothing, or answers something else; the list was counted again later.
Basis: custom. In an audit every corrective action names the nonconformity it closes.
Example: “针对NC-2025-07，……” where the nonconformities end with NC-2025-05.
Counter-example: NC-2024-03 of the audit before; a number within a list that lost an item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._counts import any_with_number, stated, table
from luoshi.core.checks.rules._places import captions, nearest_caption, sections
from luoshi.core.checks.rules._structure import items_below, listed_under
from luoshi.core.material.model import PointKind
from luoshi.core.reading.model import Span
from luoshi.core.text.marks import mark_at
from luoshi.core.text.numerals import number

META = Meta(
    code="S115",
    title="引用的编号不存在",
    family="structure",
    severity="warning",
    basis="custom",
    why="引用的编号在前面找不到，看的人不知道说的是哪一条；请核对编号。",
)
_CODE = re.compile(
    r"(?<![A-Za-z0-9/-])(?P<head>[A-Z]{1,5}[-—]?(?:\d{4}[-—])?)(?P<n>\d{1,3})(?![\d\-—A-Za-z.])"
)
_NUMERAL = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_SECTION = re.compile(
    rf"第(?P<part>{_NUMERAL})(?:部分|章)(?:的?第?[（(]?(?P<item>[一二三四五六七八九十]{{1,3}})[）)]"
    rf"(?:第?(?P<point>[①-⑳]|\d{{1,2}}(?![\d年月日个条项])))?)?"
)
_TABLE = re.compile(r"[见如列]表(?P<n>\d{1,2})")
_CLAUSE = re.compile(r"[，。；：、（）\n]")
_REACH = 16
_KINDS: dict[str, PointKind] = {"问题": "problem", "措施": "measure"}
_ITEM = re.compile(
    r"问题[（(](?P<item>[一二三四五六七八九十]{1,3})[）)](?P<point>\d{1,2}(?![\d年月日个条项.%]))?"
)
# Where a statement's code stands: so far from its beginning.
_BEGINNING = 6


def find(page: Page) -> Iterator[Objection]:
    """Object to codes and numbers of items that no list has, in text order."""
    found = [*_codes(page), *_numbers(page), *_sections(page), *_items(page), *_tables(page)]
    yield from sorted(found, key=lambda objection: objection.spans[0])


def _codes(page: Page) -> Iterator[Objection]:
    listed: dict[str, list[tuple[int, Span]]] = {}
    for point in page.points("problem"):
        match = _CODE.search(page.text, point.start, min(point.words + _BEGINNING + 12, point.end))
        if match and match.start() <= point.words + _BEGINNING:
            listed.setdefault(match["head"], []).append((int(match["n"]), Span(*match.span())))
    firm = {
        head: items
        for head, items in listed.items()
        if len(items) > 1 and len({value for value, _ in items}) == len(items)
    }
    if not firm:
        return
    seen: set[str] = set()
    for match in _CODE.finditer(page.text):
        items = firm.get(match["head"])
        values = [value for value, _ in items] if items else []
        if not values or min(values) <= int(match["n"]) <= max(values) or match[0] in seen:
            continue
        seen.add(match[0])
        last = max(items or [])[1]
        message = f"“{match[0]}”在前面找不到，列出的最后一个是“{page.words(last)}”。"
        yield Objection((Span(*match.span()), last), message)


@cache
def _references() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["to"], any_with_number(row["patterns"])) for row in table()["reference"])


def _numbers(page: Page) -> Iterator[Objection]:
    problems = page.points("problem")
    for hit in page.hits("reference"):
        if not problems or hit.start < problems[0].start:
            continue
        for target, pattern in _references():
            match = pattern.match(page.text, hit.start)
            there = _length(page, target) if match else 0
            if match and there and stated(match)[0] > there:
                message = f"这里说到“{match[0]}”，前面只有{there}个。"
                yield Objection((Span(*match.span()),), message)


def _length(page: Page, target: str) -> int:
    """Return how many problems, or items under a heading of that name, there are; 0 if unclear."""
    kind = _KINDS.get(target)
    if kind:
        return max(len(page.points(kind)), len(items_below(page, None, kind)))
    return max(listed_under(page, target), default=0)


def _sections(page: Page) -> Iterator[Objection]:
    """Object to 第二部分（七）, 第8章 and their like where there is no such part or item."""
    known: dict[tuple[int, ...], int] | None = None
    for hit in page.hits("section-reference"):
        match = _SECTION.match(page.text, hit.start)
        if match is None or ("章" in page.words(hit) and not _of_this_paper(page, hit)):
            continue
        known = sections(page) if known is None else known
        way = tuple(number(match[g]) or 0 for g in ("part", "item", "point") if match[g])
        for depth in range(1, len(way) + 1):
            there = known.get(way[: depth - 1], 0)
            if there and way[depth - 1] > there:
                message = f"“{match[0]}{_what(page, match)}”：没有这一处，那里只到第{there}。"
                yield Objection((Span(*match.span()),), message)
                break


def _items(page: Page) -> Iterator[Objection]:
    """Object to 问题（七）2 where the part on problems has no such item."""
    tops = {point.path.split("/")[0] for point in page.points("problem")}
    top = mark_at(f"{tops.pop()}、", 0) if len(tops) == 1 else None
    for hit in page.hits("problem-reference"):
        match = _ITEM.match(page.text, hit.start)
        if match is None or top is None:
            continue
        known, way = sections(page), (top.value, number(match["item"]) or 0)
        there = known.get(way[:1], 0)
        if there and way[1] > there:
            yield Objection(
                (Span(*match.span()),), f"“{match[0]}”：没有这一处，那里只到第{there}。"
            )


def _of_this_paper(page: Page, hit: Span) -> bool:
    """Tell a chapter of this paper from that of a book or a standard."""
    low = max(page.text.rfind(sign, 0, hit.start) + 1 for sign in "。\n")
    before = page.text[low : hit.start]
    return "《" not in before and (
        before.endswith(tuple(table()["this_paper"]["before"]))
        or page.text.startswith(tuple(table()["this_paper"]["after"]), hit.end)
    )


def _what(page: Page, match: re.Match[str]) -> str:
    """Return what the text says of the part that is missing, up to the end of the clause."""
    rest = _CLAUSE.split(page.text[match.end() : match.end() + _REACH])[0]
    return rest if "部分" not in rest else ""


def _tables(page: Page) -> Iterator[Objection]:
    """Object to 见表3 where there is no such table, or where another one bears that name."""
    known = captions(page)
    for hit in page.hits("table-reference"):
        match = _TABLE.match(page.text, hit.start)
        if match is None or not known:
            continue
        value = int(match["n"])
        better = nearest_caption(page, hit.start, value, known)
        if better:
            message = f"这里说的内容在“{better}”，不在表{value}。"
            yield Objection((Span(*match.span()),), message)
        elif value not in known and value > max(known):
            yield Objection((Span(*match.span()),), f"没有表{value}，最后一张是表{max(known)}。")
