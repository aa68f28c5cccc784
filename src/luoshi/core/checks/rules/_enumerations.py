"""Numbers that announce a list, and how many members the list right behind them has.

Where the words before a list end in a number with a classifier (概括起来有四点。 存在三个漏洞：),
the members are counted by their marks: inside the paragraph, by semicolons, or paragraph by
paragraph at the next level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._counts import N, table
from luoshi.core.reading.model import Span
from luoshi.core.text.marks import InlineMark, inline_marks, mark_at
from luoshi.core.text.numerals import number

# Stars and signs with which Markdown sets an item off.
_DECORATION = "*#>-+ \t\u3000"
_FEWEST = 2
_SEMICOLON = re.compile("[；;]")


class Announced(NamedTuple):
    """A number at ``place`` that announces ``value`` members, of which there are ``there``."""

    value: int
    place: Span
    there: int


@cache
def _claim() -> re.Pattern[str]:
    """Return the pattern of an announcement; it ends where the list begins."""
    rows = table()["announcing"]
    return re.compile(
        rf"(?<![第\d.{rows['never']}])(?!一[^十])(?P<place>{N}(?:{'|'.join(rows['classifiers'])})"
        rf"(?!{'|'.join(rows['fixed'])})"
        rf"[^，。；：:！？\n\d“”（(]{{0,14}}?)(?:[，。]?(?=一是|一要|其一|第一[，是])|[：:。，]|——)"
    )


def announced(page: Page) -> Iterator[Announced]:
    """Yield every announcement whose list can be counted, in text order."""
    paragraphs = page.paragraphs
    marked = False
    for index, span in enumerate(paragraphs):
        mark = _mark(page, span)
        yield from _inside(page, span)
        if marked or mark:
            yield from _below(page, index)
        marked = marked or mark is not None


def _inside(page: Page, span: Span) -> Iterator[Announced]:
    """Yield the announcements whose list follows in the same paragraph."""
    for match in _claim().finditer(page.text, *span):
        if match.end() >= span.end:
            continue
        value = number(match["n"]) or 0
        there = _counted(page, match.end(), span, value) if value > 1 else 0
        if there:
            yield Announced(value, Span(*match.span("place")), there)


def _counted(page: Page, start: int, span: Span, value: int) -> int:
    """Return how many members the list that begins at ``start`` has, or 0 if it is none."""
    marks = inline_marks(page.text, start, span.end)
    if marks and not page.text[start : marks[0].start].strip():
        rest = page.text[marks[-1].end : span.end]
        if any(word in rest for word in table()["announcing"]["also"]):
            return value
        return value if _goes_on(page, span.end, marks) else len(marks)
    if page.text[start - 1] not in "：:":
        return 0
    stop = page.text.find("。", start, span.end)
    words = page.text[start : stop if stop >= 0 else span.end]
    parts = _SEMICOLON.split(words.rstrip("；;"))
    alone = "：" not in words and not re.match("一|第|首先|其|①|[（(]", words)
    return len(parts) if alone and len(parts) > _FEWEST else 0


def _goes_on(page: Page, end: int, marks: list[InlineMark]) -> bool:
    """Tell whether the next paragraph goes on with the enumeration."""
    following = next((p for p in page.paragraphs if p.start >= end), None)
    mark = _mark(page, following) if following else None
    return mark is not None and mark[0] == marks[0].scheme and mark[1] == len(marks) + 1


def _mark(page: Page, span: Span) -> tuple[str, int] | None:
    """Return scheme and number of the mark with which a paragraph begins."""
    start = span.start
    while start < span.end and page.text[start] in _DECORATION:
        start += 1
    mark = mark_at(page.text, start, span.end)
    return (mark.scheme, mark.value) if mark else None


def _below(page: Page, index: int) -> Iterator[Announced]:
    """Yield the announcements that end a paragraph before a list of paragraphs."""
    paragraphs = page.paragraphs
    following = _mark(page, paragraphs[index + 1]) if index + 1 < len(paragraphs) else None
    if following is None or following[1] != 1 or _mark(page, paragraphs[index]) == following:
        return
    span = paragraphs[index]
    low = max(span.start, *(page.text.rfind(s, span.start, span.end - 1) + 1 for s in "。；\n"))
    claims = [
        match
        for match in _claim().finditer(page.text, low, span.end)
        if not page.text[match.end() : span.end].strip(" *")
    ]
    there = _members(page, index + 1)
    told = {
        number(m[1]) for m in re.finditer(rf"{N}(?:个|项|条|点|方面)", page.text[low : span.end])
    }
    for match in claims:
        value = number(match["n"]) or 0
        if value > 1 and there >= _FEWEST and there not in told:
            yield Announced(value, Span(*match.span("place")), there)


def _members(page: Page, index: int) -> int:
    """Return how far the list counts that the paragraph at ``index`` begins."""
    first = _mark(page, page.paragraphs[index])
    above = {mark[0] for span in page.paragraphs[:index] if (mark := _mark(page, span))}
    count = 0
    for span in page.paragraphs[index:]:
        mark = _mark(page, span)
        if mark is None or first is None:
            continue
        if mark[0] == first[0]:
            if mark[1] != count + 1:
                return 0 if mark[1] > count else count
            count = mark[1]
        elif mark[0] in above and mark[1] != 1:
            return count
    return count
