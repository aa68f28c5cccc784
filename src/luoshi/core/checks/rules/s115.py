"""S115: a reference to an item that is not there.

What: a code (NC-2025-07) that no nonconformity has; a number (问题9, 第七个问题, 第二部分（七）,
前述第（八）方面, 附件4, 表3) beyond the last of its list; 见表3 where the table of that name has
another number.
Why: the measure answers nothing, or answers something else; the list was counted again later.
Basis: custom. In an audit every corrective action names the nonconformity it closes.
Example: “针对NC-2025-07，……” where the nonconformities end with NC-2025-05.
Counter-example: NC-2024-03 of the audit before; 《条例》第九章; GB/T 19001—2016.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._absent import absent
from luoshi.core.checks.rules._codes import unknown_codes
from luoshi.core.checks.rules._counts import table
from luoshi.core.checks.rules._places import (
    captions,
    enclosures,
    leaves,
    nearest_caption,
    sections,
)
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
_CN = "[一二三四五六七八九十]{1,3}"
_UNIT = "(?:个?方面|点|条|项|个)"
# A bare figure is an item's number only where no unit of measure follows.
_BARE = r"\d{1,2}(?![\d年月日个条项户名次.%])"
_POINT = rf"(?:的?第?(?P<point>[①-⑳]|{_BARE})|的?第(?P<nth>\d{{1,2}}|{_CN}){_UNIT})?"
_SECTION = re.compile(
    rf"第(?P<part>{_CN}|\d{{1,2}})(?:部分|章)"
    rf"(?:的?第?[（(](?P<item>{_CN})[）)]{_UNIT}?{_POINT}|的?第(?P<leaf>\d{{1,2}}|{_CN}){_UNIT})?"
)
_BRACKETED = re.compile(
    rf"(?P<lead>问题|前文|上文|前述|前面|上述|第)的?第?[（(](?P<item>{_CN})[）)]{_UNIT}?"
    rf"{_POINT}(?P<what>(?:的)?(?:问题|不足|原因|措施))?"
)
_ORDINAL = re.compile(
    rf"第[（(]?(?P<n>\d{{1,2}}|{_CN})[）)]?{_UNIT}(?:具体|突出|主要|整改)*"
    r"(?P<what>问题|不足|措施|原因|观察项|不符合项?)"
)
_LISTED = re.compile(
    rf"(?P<what>问题|措施|观察项|不符合项)(?:清单|台账|编号)?(?:第[（(]?(?P<nth>\d{{1,2}}|{_CN})[）)]?(?:项|条|个)?"
    rf"|[（(]?(?P<n>{_BARE}|{_CN}(?![个项条类名件大种方点]))[）)]?(?![类件处起、．：:]|[\u4e00-\u9fff]{{0,1}}问题))"
)
_CLAUSE = re.compile(r"[，。；：、（）\n]")
_TABLE = re.compile(r"[见如列](?:本报告)?附?表(?P<n>\d{1,2})")
_ENCLOSURE = re.compile(r"(?:见|按照?|填写|参照|依据|如)附件(?P<n>\d{1,2})(?!\d)")
_REACH = 16
_KINDS: dict[str, PointKind] = {
    "问题": "problem", "不足": "problem", "措施": "measure", "原因": "cause",
}  # fmt: skip
_NAMES = {"不符合": "不符合项"}


def find(page: Page) -> Iterator[Objection]:
    """Object to codes and numbers of items that no list has, in text order."""
    found = [*_codes(page), *_sections(page), *_bracketed(page), *_numbers(page)]
    found += [*_tables(page), *_enclosures(page), *absent(page)]
    kept: list[Objection] = []
    for objection in sorted(found, key=lambda one: (one.spans[0].start, -one.spans[0].end)):
        if not kept or objection.spans[0].start >= kept[-1].spans[0].end:
            kept.append(objection)
    yield from kept


def _codes(page: Page) -> Iterator[Objection]:
    for place, last in unknown_codes(page):
        message = f"前面没有编号“{page.words(place)}”，列出的最后一个是“{page.words(last)}”。"
        yield Objection((place, last), message)


def _sections(page: Page) -> Iterator[Objection]:
    """Object to 第二部分（七）, 第8章 and their like where there is no such part or item."""
    for hit in page.hits("section-reference"):
        match = _SECTION.match(page.text, hit.start)
        if match is None or ("章" in page.words(hit) and not _of_this_paper(page, hit)):
            continue
        steps = ("part", "item", "point", "nth")
        way = tuple(number(match[step]) or 0 for step in steps if match[step])
        there = _broken_step(page, way)
        leaf = number(match["leaf"] or "")
        if leaf is not None and page.points("problem"):
            count = max(sections(page).get(way, 0), leaves(page, way))
            there = there or (count if 0 < count < leaf else 0)
        if there:
            message = f"“{match[0]}{_what(page, match)}”：没有这一处，那里只到第{there}。"
            yield Objection((Span(*match.span()),), message)


def _broken_step(page: Page, way: tuple[int, ...]) -> int:
    """Return how far the list counts in which a way down leads nowhere; 0 if it leads somewhere."""
    for depth in range(1, len(way) + 1):
        there = sections(page).get(way[: depth - 1], 0)
        if there and way[depth - 1] > there:
            return there
    return 0


def _bracketed(page: Page) -> Iterator[Objection]:
    """Object to 问题（七）2 and 前述第（八）方面 where no part has such an item."""
    if not page.points("problem"):
        return
    for hit in page.hits("problem-reference"):
        match = _BRACKETED.match(page.text, hit.start)
        if match is None or not _refers(page, match):
            continue
        tops = _tops(page, _KINDS.get((match["what"] or "").lstrip("的"), "problem"))
        steps = tuple(number(match[g]) or 0 for g in ("item", "point", "nth") if match[g])
        broken = [_broken_step(page, (top, *steps)) for top in tops]
        if broken and all(broken):
            message = f"“{match[0]}”：没有这一处，那里只到第{max(broken)}。"
            yield Objection((Span(*match.span()),), message)


def _refers(page: Page, match: re.Match[str]) -> bool:
    """Tell a reference to this paper from the article of a rule: 第（三）项 of some 条例."""
    return match["lead"] != "第" or (match["what"] is not None and not _cited(page, match.start()))


def _tops(page: Page, kind: PointKind) -> list[int]:
    """Return the numbers of the parts that hold the points of a kind."""
    labels = {point.path.split("/")[0] for point in page.points(kind)}
    marks = [mark_at(f"{label}、", 0) for label in labels]
    return [mark.value for mark in marks if mark]


def _numbers(page: Page) -> Iterator[Objection]:
    """Object to 第7个问题, 问题9 and 观察项3 beyond the last of their list."""
    problems = page.points("problem")
    for pattern in (_ORDINAL, _LISTED) if problems else ():
        for match in pattern.finditer(page.text, problems[0].start):
            count = number(match["n"] or match.groupdict().get("nth") or "")
            point = page.point_at(match.start())
            if count is None or (point is not None and point.kind == "previous"):
                continue
            if pattern is _LISTED and not match["nth"] and not _leads(page, match.start()):
                continue
            there = 0 if _cited(page, match.start()) else _length(page, match["what"])
            if there and count > there:
                message = f"这里说到“{match[0]}”，前面只有{there}个。"
                yield Objection((Span(*match.span()),), message)


def _leads(page: Page, position: int) -> bool:
    """Tell whether the words before 问题9 leave it a name: 针对问题9, not 发现问题9."""
    before = page.text[max(0, position - 3) : position]
    return before.endswith(tuple(table()["before_reference"])) or not re.search(
        r"[\u4e00-\u9fff]$", before
    )


def _cited(page: Page, position: int) -> bool:
    """Tell whether the sentence up to ``position`` cites a rule or another year's paper."""
    low = max(page.text.rfind(sign, 0, position) + 1 for sign in "。\n")
    words = page.text[low:position]
    return "《" in words or any(word in words for word in table()["other_papers"])


def _length(page: Page, target: str) -> int:
    """Return how many problems, or items under a heading of that name, there are; 0 if unclear."""
    kind = _KINDS.get(target)
    if kind:
        return max(len(page.points(kind)), len(items_below(page, None, kind)))
    return max(listed_under(page, _NAMES.get(target, target)), default=0)


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


def _enclosures(page: Page) -> Iterator[Objection]:
    """Object to 见附件4 where the enclosures are listed and end before."""
    listed = enclosures(page)
    for match in _ENCLOSURE.finditer(page.text) if len(listed) > 1 else ():
        if int(match["n"]) > max(listed):
            message = f"没有附件{match['n']}，最后一个是附件{max(listed)}。"
            yield Objection((Span(*match.span()),), message)
