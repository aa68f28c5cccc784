"""What M101 and M102 share: links held against what a reader sees in the words.

A link says that two statements are alike; the claim that nothing answers a problem needs more
care. A problem counts as answered, whatever the links say, where a measure cites it, names the
same particular thing, or stands in the gap between the measures of its neighbours. A weak link
counts for nothing where the two share no word of their own, or where the measure cites others.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._measures import measures, pattern
from luoshi.core.checks.rules._substance import generic_words
from luoshi.core.material.model import Link, Point

_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,6}[-—－]?(?:[0-9]{2,4}[-—－])?[0-9]{1,3}(?![0-9.])")
_RUN = re.compile(r"[0-9\u4e00-\u9fff]{2,}")
_HEAD = re.compile(
    r"(?:[0-9]+[\u4e00-\u9fff]?|[的了在到和与及对将把向为是有由各每年月日号次个名项家户条份笔件])+"
)
_TAIL = re.compile(r"(?:[0-9]|[的了在到和与及对将把向为是有由不第年月])+$")
_DEPARTMENT = re.compile(r".{0,3}[科部处股办室组局]")
# What a character of a shared string weighs, by how many statements have the string.
_RARITY = {1: 1.0, 2: 1.0, 3: 0.7, 4: 0.4}
# From `_SAME` on two statements name the same particular thing; a link weaker than `_FLIMSY`
# between statements that share less than `_NOTHING` is no answer that a reader would see.
_SAME, _NOTHING, _FLIMSY = 3.0, 1.5, 0.5


@dataclass(frozen=True, slots=True)
class Answers:
    """Which problems no measure answers, and which measures answer no problem."""

    unanswered: tuple[Point, ...] = ()
    rootless: tuple[Point, ...] = ()


@lru_cache(maxsize=1)
def answers(page: Page) -> Answers:
    """Return what has no counterpart; nothing where nothing was or can be compared."""
    problems, remedies = page.points("problem"), page.points("measure")
    if not page.examination.linked or not problems or not remedies:
        return Answers()
    cited = _citations(page, problems, remedies)
    words = _Words(page, (*problems, *remedies))
    pairs = {(m, p) for m, targets in cited.items() for p in targets}
    pairs |= set(_linked(page, problems, cited, words))
    pairs |= {("", p.id) for p in _collectively(page, problems, remedies)}
    bare = _without(problems, {p for _, p in pairs})
    pairs |= {
        (m.id, p.id)
        for p in bare
        for m in remedies
        if p.id in cited.get(m.id, (p.id,)) and words.shared(m.id, p.id) >= _SAME
    }
    pairs |= set(_in_order(page, problems, remedies, pairs))
    rootless = _without(remedies, {m for m, _ in pairs})
    idle = {m.point.id for m in measures(page) if not m.visible}
    never = {m.id for m in page.examination.rootless()}
    return Answers(
        _without(problems, {p for _, p in pairs}),
        tuple(
            m
            for m in rootless
            if (m.id in never or m.id not in idle)
            and not pattern("immediate").match(page.text, m.start)
        ),
    )


def _without(points: Sequence[Point], ids: set[str]) -> tuple[Point, ...]:
    return tuple(point for point in points if point.id not in ids)


def _linked(
    page: Page, problems: Sequence[Point], cited: dict[str, frozenset[str]], words: _Words
) -> Iterator[tuple[str, str]]:
    """Yield measure and problem of each link that a reader would grant."""
    own = {problem.id for problem in problems}
    for link in page.examination.links:
        if link.kind != "answers" or link.target not in own:
            continue
        if link.target not in cited.get(link.source, (link.target,)):
            continue
        if not _is_flimsy(link) or words.shared(link.source, link.target) >= _NOTHING:
            yield link.source, link.target


def _is_flimsy(link: Link) -> bool:
    return link.strength == "weak" and link.score < _FLIMSY


def _citations(
    page: Page, problems: Sequence[Point], remedies: Sequence[Point]
) -> dict[str, frozenset[str]]:
    """Return by measure the problems whose codes (NC-05) it names, where it names any."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for problem in problems:
        code = _CODE.match(page.text, problem.words, problem.end) or _CODE.match(
            page.text, problem.start, problem.end
        )
        if code:
            owners[code[0]].add(problem.id)
    found: dict[str, frozenset[str]] = {}
    for remedy in remedies if owners else ():
        codes = set(_CODE.findall(page.text[remedy.start : remedy.end]))
        named = [owners[code] for code in codes if code in owners]
        if named:
            found[remedy.id] = frozenset().union(*named)
    return found


def _collectively(
    page: Page, problems: Sequence[Point], remedies: Sequence[Point]
) -> Iterator[Point]:
    """Yield the problems under a heading that a sentence among the measures answers as a whole."""
    after = page.text[remedies[0].start :]
    groups = {match["group"] for match in pattern("collective").finditer(after)}
    if not groups:
        return
    headings = [point for point in page.examination.points if point.is_heading()]
    for problem in problems:
        above = [h for h in headings if h.start < problem.start][-1:]
        if any(group in page.words((h.start, h.end)) for h in above for group in groups):
            yield problem


class _Words:
    """The statements without what tells nothing, and what two of them share."""

    def __init__(self, page: Page, points: Sequence[Point]) -> None:
        self._text = {p.id: _plain(page, p) for p in points}
        self._all = list(self._text.values())
        self._weights: dict[str, float] = {}

    def shared(self, one: str, other: str) -> float:
        """Return how much the strings weigh that both statements have."""
        target = self._text[other]
        strings = {w for run in _RUN.findall(self._text[one]) for w in _common(run, target)}
        return sum(map(self._weight, strings))

    def _weight(self, string: str) -> float:
        if string not in self._weights:
            self._weights[string] = self._worth(string)
        return self._weights[string]

    def _worth(self, string: str) -> float:
        words = _TAIL.sub("", string)
        head = _HEAD.match(words)
        words = words[head.end() :] if head and len(words) - head.end() >= 2 else words
        if (
            len(words) < 2
            or _DEPARTMENT.fullmatch(words)
            or generic_words().sub("", words)[1:] == ""
        ):
            return 0.0
        count = sum(words in text for text in self._all)
        return (len(words) - 1) * _RARITY.get(count, 0.0)


def _plain(page: Page, point: Point) -> str:
    """Return a statement without who is charged: an owner is not a matter."""
    return pattern("charge").sub("|", page.text[point.words : point.end].replace("\n", ""))


def _common(run: str, target: str) -> Iterator[str]:
    """Yield the longest strings of two characters or more that ``target`` has too."""
    start = 0
    while start < len(run) - 1:
        end = start + 2
        if run[start:end] not in target:
            start += 1
            continue
        while end < len(run) and run[start : end + 1] in target:
            end += 1
        yield run[start:end]
        start = end - 1


def _in_order(
    page: Page,
    problems: Sequence[Point],
    remedies: Sequence[Point],
    pairs: Iterable[tuple[str, str]],
) -> Iterator[tuple[str, str]]:
    """Yield a measure and a problem, both without a counterpart, that fill the same gap.

    Measures follow the order of the problems: where the measures before and after answer the
    problems before and after, one that names an action is meant for what lies between.
    """
    place = {p.id: i for i, p in enumerate(problems)}
    of: defaultdict[str, list[int]] = defaultdict(list)
    for measure, problem in pairs:
        of[measure].append(place[problem])
    answered = Counter(i for targets in of.values() for i in targets)
    visible = {m.point.id for m in measures(page) if m.visible}
    for before, remedy, after in zip(remedies, remedies[1:], remedies[2:], strict=False):
        if remedy.id in of or remedy.id not in visible or before.id not in of:
            continue
        low, high = max(of[before.id]), min(of.get(after.id, (0,)))
        gap = [i for i in range(low + 1, high) if not answered[i]]
        if len(gap) == 1:
            yield remedy.id, problems[gap[0]].id
