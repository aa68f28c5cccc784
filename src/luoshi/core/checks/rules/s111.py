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
from typing import Any

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import paragraph_at
from luoshi.core.checks.rules._structure import below, ending, headings, items_below, lead
from luoshi.core.material.model import Point
from luoshi.core.reading.model import Span
from luoshi.core.text.marks import inline_marks, mark_at
from luoshi.core.text.numerals import number

META = Meta(
    code="S111",
    title="说的数与列的数不一致",
    family="structure",
    severity="warning",
    basis="seen",
    why="写明的数和实际列出的数对不上，审阅时一数便知；请补齐内容或者改正数字。",
)
_N = r"(?P<n>[一二两三四五六七八九十]{1,3}|\d{1,3})"
_PARTS = ("problem", "cause", "measure", "previous")
_LEVELS = ("aspect", "group", "item")
_DATED_LIST = re.compile(rf"{_N}(?:次|场|期)[：:](?P<list>[^。\n]*)")
_DATE = re.compile(r"\d{1,2}月\d{1,2}日")
# An announcement is looked for in so many characters before an enumeration.
_BEFORE = 40


def _table() -> dict[str, Any]:
    return knowledge.table("checks/counts")


@cache
def _patterns(part: str, level: str) -> re.Pattern[str]:
    table = _table()
    if level:
        rows = [r for r in table["claim"] if r["part"] == part and r["level"] == level]
        texts = [text for row in rows for text in row["patterns"]]
    else:
        texts = table[part]["patterns"]
    named = (text.replace("{n}", _N.replace("<n>", f"<n{i}>")) for i, text in enumerate(texts))
    return re.compile("|".join(f"(?:{text})" for text in named) or "(?!)")


def _claims(page: Page, span: Span, part: str, level: str = "") -> list[tuple[int, Span]]:
    """Return the numbers that a span announces, each with the words that do."""
    found: list[tuple[int, Span]] = []
    never = tuple(_table()["never"])
    for match in _patterns(part, level).finditer(page.text, *span):
        group = next(name for name, value in match.groupdict().items() if value)
        value = number(match[group])
        if value and not page.text[: match.start(group)].endswith(never):
            found.append((value, Span(match.start(group), match.end())))
    return found


def find(page: Page) -> Iterator[Objection]:
    """Object to every announcement that its list contradicts, in text order."""
    found = [*_of_opening(page), *_of_inline(page), *_of_named(page)]
    above = "/"
    for heading, part in headings(page):
        if part in _PARTS and not heading.path.startswith(above):
            above = heading.path + "/"
            found += _of_part(page, heading, part)
    yield from sorted(found, key=lambda objection: objection.spans[0])


def _of_part(page: Page, heading: Point, part: str) -> Iterator[Objection]:
    span = lead(page, heading)
    if not any(_claims(page, span, part, level) for level in _LEVELS):
        return
    inner = below(page, heading)
    items = items_below(page, heading, part)
    if not items or any("段" in point.path.rpartition("/")[2] for point in items):
        return
    direct = [p for p in inner if p.path.count("/") == heading.path.count("/") + 1]
    aspects = [p for p in direct if p.kind == "aspect_heading"]
    words = page.words(span)
    if part == "previous" and any(word in words for word in _table()["partial"]):
        return
    others = {number(n) for n in re.findall(_N, words)} if part == "previous" else set()
    for level, there in zip(_LEVELS, (aspects, direct, items), strict=True):
        if there and len(there) not in others:
            yield from _compare(page, span, part, level, len(there))


def _compare(page: Page, span: Span, part: str, level: str, there: int) -> Iterator[Objection]:
    for value, place in _claims(page, span, part, level):
        if value != there:
            yield Objection((place,), _message(page, place, there))


def _message(page: Page, place: Span, there: int) -> str:
    return f"这里写的是“{page.words(place)}”，实际列出{there}个。"


def _of_opening(page: Page) -> Iterator[Objection]:
    opening = page.examination.profile.opening
    if opening is None:
        return
    for value, place in _claims(page, opening, "opening"):
        sentence = page.text[page.text.rfind("。", 0, place.start) + 1 : place.start]
        if any(word in sentence for word in _table()["elsewhere"]):
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
    return re.compile("|".join(text.replace("{n}", _N) for text in _table()["named"]))


def _of_named(page: Page) -> Iterator[Objection]:
    """Compare a number of 不符合项 with the problems under the heading of that name."""
    first = min((p.start for p in page.points("problem")), default=0)
    for match in _named().finditer(page.text, 0, first):
        under = [
            items
            for heading, part in headings(page)
            if part != "previous"
            and ending(page, heading).endswith(match["what"])
            and (items := items_below(page, heading, "problem"))
        ]
        if len(under) == 1 and len(under[0]) != number(match["n"]):
            place = Span(match.start("what"), match.end())
            yield Objection((place,), _message(page, place, len(under[0])))


def _of_inline(page: Page) -> Iterator[Objection]:
    """Compare 有以下三点原因： with the 一是…二是… that follows in the same paragraph."""
    for hit in page.hits("ordinal-first"):
        low = page.text.rfind("\n", max(0, hit.start - _BEFORE), hit.start) + 1
        before = Span(low or max(0, hit.start - _BEFORE), hit.start)
        for value, place in _claims(page, before, "inline"):
            high = paragraph_at(page, hit.start).end
            marks = inline_marks(page.text, hit.start, high)
            there = len(marks)
            if there >= 2 and there != value and not _goes_on(page, high, there + 1):
                yield Objection((place,), _message(page, place, there))


def _goes_on(page: Page, end: int, value: int) -> bool:
    """Tell whether the next paragraph goes on with the enumeration."""
    following = next((p for p in page.paragraphs if p.start >= end), None)
    mark = mark_at(page.text, *following) if following else None
    return mark is not None and mark.value == value
