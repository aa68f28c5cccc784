"""Running heads and feet, page numbers: found by what pages have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from luoshi.core.reading.model import Note
from luoshi.core.reading.pdf.margins import main_size
from luoshi.core.reading.pdf.shapes import Line, PageLayout

_ZONE = 0.13  # share of the page's height in which heads and feet stand
_DEEPEST = 3  # lines from the edge of the text that may be one
_SAME_HEIGHT = 3.0  # points
_NUMBER = re.compile(
    r"\d+|(?<=第)[〇零一二三四五六七八九十百]+(?=页)|(?<=共)[〇零一二三四五六七八九十百]+(?=页)"
)
# Forms that are nothing but a page number, so that one sighting is enough.
_PAGE_NUMBER = re.compile(
    r"[-—–－―·•~～]+\s*\d{1,4}\s*[-—–－―·•~～]+"
    r"|第\s*[\d〇零一二三四五六七八九十百]+\s*页([，,、/／|\s]*[（(]?共\s*[\d〇零一二三四五六七八九十百]+\s*页[）)]?)?"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}|[Pp]age\s*\d{1,4}(\s*of\s*\d{1,4})?"
)
_BARE_NUMBER = re.compile(r"\d{1,4}|[ivxlcIVXLC]{1,6}")
# Each attachment begins with its number at the top of a page of its own.
_ATTACHMENT = re.compile(r"附[件表录]|[图表]#")
_TITLE = 1.1  # times the size of the body text
Edge = Literal["header", "footer"]
_Seen = dict[tuple[Hashable, int], set[int]]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line near the upper or lower edge of a page; ``height`` is from that edge."""

    page: int
    index: int
    edge: Edge
    line: Line
    height: float

    @property
    def pattern(self) -> str:
        """The text with its numbers replaced: what pages with the same head share."""
        return _NUMBER.sub("#", "".join(self.line.text.split()))


def strip_running(pages: Sequence[PageLayout]) -> tuple[list[PageLayout], tuple[Note, ...]]:
    """Return the pages without running heads, feet and page numbers, and a note on each.

    A head is a line near the edge that stands at the same height, with the same words,
    on at least half of all pages or of the odd or even pages; numbers in it may change.
    Lines that cannot be anything but a page number go after a single sighting.
    """
    tallest = main_size([item for page in pages for item in page.items]) * _TITLE
    candidates = [each for page in pages for each in _candidates(page, tallest)]
    numbered = _pages_by(candidates, _number_place)
    numbers = [each for each in candidates if _is_page_number(each, numbered)]
    taken = {(each.page, each.index) for each in numbers}
    rest = [each for each in candidates if (each.page, each.index) not in taken]
    worded = _pages_by(rest, _word_place)
    running = numbers + [each for each in rest if _repeats(each, worded, len(pages))]
    drop = {(each.page, each.index) for each in running}
    kept = [
        replace(
            page,
            items=tuple(
                item for index, item in enumerate(page.items) if (page.number, index) not in drop
            ),
        )
        for page in pages
    ]
    return kept, _notes(running)


def _notes(running: list[_Candidate]) -> tuple[Note, ...]:
    found: dict[tuple[Edge, str], Note] = {}
    for each in sorted(running, key=lambda one: (one.page, one.index)):
        found.setdefault((each.edge, each.pattern), Note(each.edge, each.line.text))
    return tuple(found.values())


def _candidates(page: PageLayout, tallest: float) -> Iterator[_Candidate]:
    """Yield the outermost lines of a page that stand within its margins.

    Lines larger than ``tallest`` are titles: forms repeat them page by page.
    """
    lines = [
        (index, item)
        for index, item in enumerate(page.items)
        if isinstance(item, Line) and item.size <= tallest
    ]
    top = page.bottom + page.height
    for index, line in sorted(lines, key=lambda pair: -pair[1].base)[:_DEEPEST]:
        if top - line.base <= _ZONE * page.height:
            yield _Candidate(page.number, index, "header", line, top - line.base)
    for index, line in sorted(lines, key=lambda pair: pair[1].base)[:_DEEPEST]:
        if line.base - page.bottom <= _ZONE * page.height:
            yield _Candidate(page.number, index, "footer", line, line.base - page.bottom)


def _word_place(one: _Candidate) -> Hashable:
    return one.edge, one.pattern


def _number_place(one: _Candidate) -> Hashable:
    """Return edge and distance from the page's own count; letters count as one number."""
    text = one.line.text.strip()
    return one.edge, int(text) - one.page if text.isdecimal() else "letters"


def _pages_by(candidates: list[_Candidate], key: Callable[[_Candidate], Hashable]) -> _Seen:
    """Return on which pages each key was seen, by height in steps of a few points."""
    seen: _Seen = {}
    for each in candidates:
        seen.setdefault((key(each), round(each.height / _SAME_HEIGHT)), set()).add(each.page)
    return seen


def _pages_like(one: _Candidate, seen: _Seen, key: Hashable) -> set[int]:
    step = round(one.height / _SAME_HEIGHT)
    return set().union(*(seen.get((key, step + shift), ()) for shift in (-1, 0, 1)))


def _is_page_number(one: _Candidate, seen: _Seen) -> bool:
    text = one.line.text.strip()
    if _PAGE_NUMBER.fullmatch(text):
        return True
    if not _BARE_NUMBER.fullmatch(text):
        return False
    return text == str(one.page) or len(_pages_like(one, seen, _number_place(one))) >= 2


def _repeats(one: _Candidate, seen: _Seen, pages: int) -> bool:
    if not one.pattern or _ATTACHMENT.match(one.pattern):
        return False
    alike = _pages_like(one, seen, _word_place(one))
    if len(alike) < 2:
        return False
    halves = {1: (pages + 1) // 2, 0: pages // 2}
    parity = Counter(page % 2 for page in alike)
    return 2 * len(alike) >= pages or any(
        count >= 2 and 2 * count >= halves[side] for side, count in parity.items()
    )
