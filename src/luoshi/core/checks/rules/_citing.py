"""What stands under which code and heading: codes that measures cite, parts of one problem."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._measures import pattern
from luoshi.core.checks.rules._substance import heading_of
from luoshi.core.material.model import Point
from luoshi.core.reading.model import Span

_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,6}[-—－]?(?:[0-9]{2,4}[-—－])?[0-9]{1,3}(?![0-9.])")


def citations(
    page: Page, problems: Sequence[Point], remedies: Sequence[Point]
) -> dict[str, frozenset[str]]:
    """Return by measure the problems whose codes (NC-05) it names, where it names any."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for problem in problems:
        places = (problem, *_above(page, problem))
        code = next(filter(None, (_code(page, place) for place in places)), "")
        if code:
            owners[code].add(problem.id)
    found: dict[str, frozenset[str]] = {}
    for remedy in remedies if owners else ():
        codes = set(_CODE.findall(page.text[remedy.start : remedy.end]))
        named = [owners[code] for code in codes if code in owners]
        if named:
            found[remedy.id] = frozenset().union(*named)
    return found


def _code(page: Page, point: Point) -> str:
    """Return the code (NC-05) with which a statement or heading begins, or an empty string."""
    match = _CODE.match(page.text, point.words, point.end)
    match = match or _CODE.match(page.text, point.start, point.end)
    return match[0] if match else ""


@lru_cache(maxsize=1)
def _headings(page: Page) -> tuple[list[int], list[Point]]:
    found = [point for point in page.examination.points if point.is_heading()]
    return [point.start for point in found], found


def _above(page: Page, problem: Point) -> tuple[Point, ...]:
    """Return the heading right above a statement."""
    starts, headings = _headings(page)
    return tuple(headings[: bisect_left(starts, problem.start)][-1:])


@lru_cache(maxsize=1)
def _parts(page: Page) -> dict[str, tuple[str, ...]]:
    """Return, by the id of each part (事实：, 影响：) of a problem, the ids of all its parts."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for problem in page.points("problem"):
        heading = _above(page, problem)
        if heading and pattern("part-label").match(page.text, problem.words, problem.end):
            groups[heading[0].id].append(problem.id)
    return {part: tuple(parts) for parts in groups.values() for part in parts}


def parts_of(page: Page, problem: Point) -> tuple[str, ...]:
    """Return the ids of the statements that together tell one problem, itself among them."""
    return _parts(page).get(problem.id, (problem.id,))


def one_of_each(page: Page, problems: Sequence[Point]) -> tuple[Point, ...]:
    """Return of the parts of a problem the first one only."""
    return tuple(p for p in problems if p.id == parts_of(page, p)[0])


def title_of(page: Page, problem: Point) -> Span:
    """Return what names a problem: the heading with its code, else its first sentence."""
    if not _code(page, problem):
        for heading in _above(page, problem):
            if _code(page, heading):
                return Span(heading.start, heading.end)
    return heading_of(page, problem)


def collectively(
    page: Page, problems: Sequence[Point], remedies: Sequence[Point]
) -> Iterator[Point]:
    """Yield the problems under a heading that a sentence among the measures answers as a whole."""
    after = page.text[remedies[0].start :]
    groups = {match["group"] for match in pattern("collective").finditer(after)}
    if not groups:
        return
    for problem in problems:
        above = _above(page, problem)
        if any(group in page.words((h.start, h.end)) for h in above for group in groups):
            yield problem
