"""T124: the same thing with two figures.

What: a fact of data/checks/facts.toml that has one figure in a paper and is given two: the
preparations of the meeting in opening and closing, the number of subordinate units, the
size of a project that two statements name alike, what a measure says is left (剩余, 这, 上述)
of what its problem counts.
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
from luoshi.core.checks.rules._amounts import Amount, amounts, amounts_in, countable
from luoshi.core.checks.rules._figures import same_matter
from luoshi.core.material.model import Point
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
        if len({n for _, n in first}) == 1 and last and last[0][1] != first[0][1]:
            yield first[0][0], last[0][0]


def _whole(page: Page) -> Iterator[tuple[Span, Span]]:
    """Yield what the text says differently of the number of subordinate units."""
    for name, pattern in _patterns("whole"):
        ends = [m.end() for m in re.finditer(re.escape(name), page.text)]
        told = _told(page, pattern, [Span(max(0, end - _REACH), end) for end in ends])
        for (one, figure), (other, another) in pairwise(told):
            if figure != another:
                yield one, other


@cache
def _own() -> re.Pattern[str]:
    leads: dict[str, list[str]] = knowledge.table("checks/facts")["own"]
    named = (f"(?P<{name}>{'|'.join(words)})" for name, words in leads.items())
    return re.compile(
        rf"(?:{'|'.join(named)})(?:的|共|有|共有|现有)?(?P<n>\d+)个(?P<noun>[\u4e00-\u9fff]{{2}})"
    )


def _of_the_author(page: Page) -> Iterator[tuple[Span, Span]]:
    """Yield what is said differently of the units that the author leads, or that the office has."""
    told: dict[tuple[str, str], tuple[Span, str]] = {}
    for match in _own().finditer(page.text):
        lead = next(k for k, v in match.groupdict().items() if v and k not in ("n", "noun"))
        place = Span(match.start("n"), match.end("noun"))
        one, figure = told.setdefault((lead, match["noun"]), (place, match["n"]))
        point = page.point_at(match.start())
        if figure != match["n"] and (point is None or point.kind != "previous"):
            yield one, place


@cache
def _total() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows: dict[str, Any] = knowledge.table("checks/facts")["totals"]
    verbs = "|".join(rows["verbs"])
    pattern = rf"(?:{verbs})(?:出|了|到)?(?P<noun>[\u4e00-\u9fff]{{2,6}}?)(?:共|共计)?{_N}[{rows['units']}]"
    return re.compile(pattern), re.compile(rows["other"])


def _totals(page: Page) -> Iterator[tuple[Span, Span]]:
    """Yield what two places say differently of one total, each with 共 or 本次."""
    pattern, other = _total()
    told: dict[str, tuple[Span, int]] = {}
    for match in pattern.finditer(page.text):
        point = page.point_at(match.start())
        low = max(page.text.rfind(mark, 0, match.start()) for mark in "。；\n，") + 1
        before = page.text[low : match.start()]
        if point is not None and point.kind == "previous":
            continue
        if not re.search("共|本次|此次", before + match[0]) or other.search(before):
            continue
        span, figure = Span(*match.span()), int(match[2])
        one, first = told.setdefault(match["noun"], (span, figure))
        if first != figure:
            yield one, span


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


@cache
def _pointing() -> re.Pattern[str]:
    rows: dict[str, list[str]] = knowledge.table("checks/facts")["pointed"]
    return re.compile(f"(?:(?P<cue>{'|'.join(rows['cues'])})|(?P<bare>{'|'.join(rows['bare'])}))$")


def _possible(figures: list[Amount]) -> set[float]:
    """Return what a later place may say of these figures: each, their sums and differences."""
    values = [figure.value for figure in figures]
    pairs = [(a, b) for a, b in combinations(values, 2)]
    return {*values, sum(values), *(a + b for a, b in pairs), *(abs(a - b) for a, b in pairs)}


def _same_noun(page: Page, told: Amount, problem: Span) -> bool:
    """Tell whether what ``told`` counts is spoken of in the problem: its unit, or its noun."""
    noun = re.match(r"[\u4e00-\u9fff]{2,3}", page.text[told.end : told.end + 3])
    if noun is None or not _NAMES_A_THING.match(noun[0]):
        return True
    return noun[0][:2] in page.words(problem)


_NAMES_A_THING = re.compile("(?![已未由于于逐在年月全都均要并再限按从到前后])")


def _nearest(figures: list[Amount], value: float) -> Amount:
    return min(figures, key=lambda figure: abs(figure.value - value))


def _pointed(page: Page) -> Iterator[tuple[Span, Span]]:
    """Yield what measures say is left, where the problem they answer knows no such figure."""
    for measure in page.points("measure"):
        told = [a for a in amounts_in(page, measure.words, measure.end) if a.exact and countable(a)]
        for amount in told:
            cue = _pointing().search(page.text[max(measure.words, amount.start - 8) : amount.start])
            if cue is None or amount.unit in _TIMES:
                continue
            if cue["bare"] and re.match(r"[\u4e00-\u9fff]", page.text[amount.end : amount.end + 1]):
                continue
            targets = {k.target for k in page.examination.answered_by(measure)}
            for problem in page.points("problem"):
                span = Span(problem.words, problem.end)
                figures = [a for a in amounts_in(page, *span) if a.unit == amount.unit]
                if not figures or not (problem.id in targets or _speaks_of(page, amount, span)):
                    continue
                if not _same_noun(page, amount, span):
                    continue
                if amount.value in _possible(figures) or _told_elsewhere(page, amount, measure):
                    break
                near = _nearest(figures, amount.value)
                yield Span(near.start, near.end), Span(amount.start, amount.end)
                break


_TIMES = frozenset(("天", "个月", "元", "次", "个工作日", "周", "人次", "小时", "分钟"))


def _speaks_of(page: Page, amount: Amount, problem: Span) -> bool:
    """Tell whether the two or three characters beside the figure stand in the problem too."""
    behind = re.match(r"[\u4e00-\u9fff]{2,3}", page.text[amount.end : amount.end + 3])
    return behind is not None and behind[0] in page.words(problem)


def _told_elsewhere(page: Page, amount: Amount, measure: Point) -> bool:
    """Tell whether the figure stands with its unit somewhere outside the measure."""
    return any(
        other.value == amount.value and other.unit == amount.unit
        for other in amounts(page)
        if not measure.start <= other.start < measure.end
    )


def find(page: Page) -> Iterator[Objection]:
    """Object to every figure that another place contradicts, at the first of the two."""
    for one, other in sorted(
        {
            *_meeting(page),
            *_whole(page),
            *_of_the_author(page),
            *_totals(page),
            *_projects(page),
            *_pointed(page),
        }
    ):
        message = f"“{page.words(one)}”与另一处的“{page.words(other)}”不一致。"
        yield Objection((one, other), message)
