"""T124: the same thing with two figures.

What: a fact of data/checks/facts.toml that has one figure in a paper and is given two: the
preparations of the meeting in opening and closing, the number of subordinate units, the
size of a project that two statements name alike.
Why: one of the two figures is wrong, and the reader cannot tell which.
Basis: custom. One thing, one figure.
Example: 设计泊位180个 in a problem, 建成泊位150个 in its measure, of one car park.
Counter-example: other projects, 新增8个 and 新增5个, last year's count in the report on it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise
from typing import Any

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._figures import same_matter
from luoshi.core.reading.model import Span

META = Meta(
    code="T124",
    title="同一件事数字不一",
    family="text",
    severity="error",
    basis="custom",
    why="同一件事两个数字，总有一个是错的。请核对原始记录，统一起来。",
)
_N = r"(\d+)"
_REACH = 16


@cache
def _patterns(table: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows: list[dict[str, Any]] = knowledge.table("checks/facts")[table]
    return tuple(
        (row["name"], re.compile("|".join(p.replace("{n}", _N) for p in row["patterns"])))
        for row in rows
    )


@cache
def _project() -> tuple[re.Pattern[str], frozenset[str]]:
    """Return the pattern of a noun, its number and unit, and words that are no such noun."""
    rows: dict[str, Any] = knowledge.table("checks/facts")["project"]
    # The number is looked for first: it is rarer than two characters of Chinese.
    number = rf"\d(?<=[\u4e00-\u9fff]{{2}}\d)\d*[{rows['units']}](?![、.．])"
    return re.compile(number), frozenset(rows["not_counted"])


def _told(page: Page, pattern: re.Pattern[str], spans: list[Span]) -> list[tuple[Span, int]]:
    return [
        (Span(*match.span()), int(next(group for group in match.groups() if group)))
        for span in spans
        for match in pattern.finditer(page.text, *span)
    ]


def _meeting(page: Page) -> Iterator[tuple[Span, Span]]:
    """Yield what opening and closing say differently of the preparations."""
    profile = page.examination.profile
    if profile.opening is None or profile.closing is None:
        return
    for _, pattern in _patterns("meeting"):
        first, last = (_told(page, pattern, [part]) for part in (profile.opening, profile.closing))
        if len(first) == 1 and last and last[0][1] != first[0][1]:
            yield first[0][0], last[0][0]


def _whole(page: Page) -> Iterator[tuple[Span, Span]]:
    """Yield what the text says differently of the number of subordinate units."""
    for name, pattern in _patterns("whole"):
        ends = [m.end() for m in re.finditer(re.escape(name), page.text)]
        told = _told(page, pattern, [Span(max(0, end - _REACH), end) for end in ends])
        for (one, figure), (other, another) in pairwise(told):
            if figure != another:
                yield one, other


def _projects(page: Page) -> Iterator[tuple[Span, Span]]:
    """Yield the figures of one noun that two statements on one matter give differently."""
    pattern, not_counted = _project()
    told: dict[tuple[str, str], list[tuple[Span, str]]] = defaultdict(list)
    for match in pattern.finditer(page.text):
        noun = page.text[match.start() - 2 : match.start()]
        if noun not in not_counted:
            span = Span(match.start() - 2, match.end())
            told[noun, match[0][-1]].append((span, match[0]))
    for places in told.values():
        for (one, figure), (other, another) in combinations(places[:8], 2):
            if figure != another and same_matter(page, one, other, noun=page.words(one)[:2]):
                yield one, other


def find(page: Page) -> Iterator[Objection]:
    """Object to every figure that another place contradicts, at the first of the two."""
    for one, other in sorted([*_meeting(page), *_whole(page), *_projects(page)]):
        message = f"“{page.words(one)}”与另一处的“{page.words(other)}”不一致。"
        yield Objection((one, other), message)
