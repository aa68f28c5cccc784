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
from luoshi.core.checks.rules._citing import (
    citations,
    collectively,
    one_of_each,
    parts_of,
)
from luoshi.core.checks.rules._matters import Words, shared
from luoshi.core.checks.rules._measures import is_advice, measures, pattern
from luoshi.core.checks.rules._substance import pattern as substance
from luoshi.core.material.model import Link, Point

_COUNTED = re.compile(r"\d[\d.]*(?![年月日])[\u4e00-\u9fff]")
# Words of so many characters in common make one matter.
_MATTER = 6
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BINDING = frozenset("的了和与及在是对把被将从向到为以也都又就还要有不一二三四五六七八九十第")
# From `_SAME` on two statements name the same particular thing; a link weaker than `_FLIMSY`
# between statements that share less than `_NOTHING` is no answer that a reader would see.
_SAME, _NOTHING, _FLIMSY = 2.5, 1.5, 0.5


@dataclass(frozen=True, slots=True)
class Answers:
    """Which problems no measure answers, and which measures answer no problem."""

    unanswered: tuple[Point, ...] = ()
    rootless: tuple[Point, ...] = ()


@lru_cache(maxsize=1)
def answers(page: Page) -> Answers:
    """Return what has no counterpart; nothing where nothing was or can be compared."""
    problems = _problems(page)
    remedies = tuple(p for p in page.points("measure") if not is_advice(page, p))
    if not page.examination.linked or not problems or not remedies:
        return Answers()
    cited = citations(page, problems, remedies)
    words = Words(page, (*problems, *remedies))
    pairs = {(m, p) for m, targets in cited.items() for p in targets}
    pairs |= set(_linked(page, problems, cited, words))
    pairs |= {("", p.id) for p in collectively(page, problems, remedies)}
    bare = _without(problems, {p for _, p in pairs})
    pairs |= {
        (m.id, p.id)
        for p in bare
        for m in remedies
        if p.id in cited.get(m.id, (p.id,))
        and (words.shared(m.id, p.id) >= _SAME or _same_heading(page, m, p))
    }
    told = {problem for _, problem in pairs}
    pairs |= {("", p.id) for p in problems if told.intersection(parts_of(page, p))}
    pairs |= set(_in_order(page, problems, remedies, pairs))
    pairs |= {("", p.id) for p in _in_groups(page, problems, remedies)}
    rootless = _without(remedies, {m for m, _ in pairs})
    idle = {m.point.id for m in measures(page) if not m.visible}
    never = {m.id for m in page.examination.rootless()}
    return Answers(
        one_of_each(page, _without(problems, {p for _, p in pairs})),
        tuple(
            m
            for m in rootless
            if (m.id in never or m.id not in idle)
            and not _of_cause(page, m)
            and not pattern("immediate").match(page.text, m.start)
        ),
    )


def _of_cause(page: Page, measure: Point) -> bool:
    """Tell whether a measure takes up a matter that only a cause tells with its figures."""
    told = page.words((measure.words, measure.end))
    for cause in page.points("cause"):
        for sentence in page.sentences_of(cause):
            words = page.words(sentence)
            facts = [fact for fact in _COUNTED.findall(told) if fact in words]
            if facts and sum(map(len, shared(told, words))) >= _MATTER:
                return True
    return False


def _problems(page: Page) -> tuple[Point, ...]:
    """Return the problems that say something: the rows of a table of counts do not."""
    return tuple(
        point
        for point in page.points("problem")
        if not pattern("tally").fullmatch(page.text, point.words, point.end)
        and not pattern("summary").match(page.text, point.words, point.end)
    )


def _without(points: Sequence[Point], ids: set[str]) -> tuple[Point, ...]:
    return tuple(point for point in points if point.id not in ids)


def _linked(
    page: Page, problems: Sequence[Point], cited: dict[str, frozenset[str]], words: Words
) -> Iterator[tuple[str, str]]:
    """Yield measure and problem of each link that a reader would grant."""
    own = {problem.id for problem in problems}
    for link in page.examination.links:
        if link.kind != "answers" or link.target not in own or not words.knows(link.source):
            continue
        if link.target not in cited.get(link.source, (link.target,)):
            continue
        if not _is_flimsy(link) or words.shared(link.source, link.target) >= _NOTHING:
            yield link.source, link.target


def _is_flimsy(link: Link) -> bool:
    return link.strength == "weak" and link.score < _FLIMSY


@lru_cache(maxsize=256)
def _said(heading: str) -> frozenset[str]:
    """Return the characters of a heading that tell what it is about."""
    return frozenset(_HAN.findall(substance("lacking").sub("", heading))) - _BINDING


def _same_heading(page: Page, remedy: Point, problem: Point, share: float = 0.75) -> bool:
    """Tell whether that share of what a problem's heading says is in the measure's heading."""
    signs = _said(page.words(page.sentences_of(problem)[0]))
    held = page.words(page.sentences_of(remedy)[0])[:40]
    return 3 <= len(signs) <= 12 and len(signs.intersection(held)) >= share * len(signs)


# A first sentence no longer than this names the group.
_NAME = 16


def _in_groups(page: Page, problems: Sequence[Point], remedies: Sequence[Point]) -> Iterator[Point]:
    """Yield the problems of each group whose only measure has as many steps as there are problems.

    So it is where the measures have a paragraph for each group of problems, in their order.
    """
    of_problems, of_remedies = _groups(problems), _groups(remedies)
    if len(of_problems) != len(of_remedies) or len(of_problems) < 3:
        return
    for group, members in of_problems.items():
        own = of_remedies.get(group, [])
        if len(own) == 1 and _acting_sentences(page, own[0]) >= len(members):
            yield from members


def _groups(points: Sequence[Point]) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = {}
    for point in points:
        found.setdefault("".join(point.path.split("/")[1:2]), []).append(point)
    return found


def _acting_sentences(page: Page, point: Point) -> int:
    """Return how many sentences of a measure name something that is done, its title aside."""
    first, *others = page.sentences_of(point)
    told = others if first.end - first.start <= _NAME else [first, *others]
    return sum(bool(page.hits("visible-action", s)) or bool(page.hits("role", s)) for s in told)


def _in_order(
    page: Page,
    problems: Sequence[Point],
    remedies: Sequence[Point],
    pairs: Iterable[tuple[str, str]],
) -> Iterator[tuple[str, str]]:
    """Yield a measure and a problem, both without a counterpart, that fill the same gap.

    Measures follow the order of the problems: where the measures before and after answer the
    problems before and after, one that names an action is meant for what lies between, and
    so is a mere resolve that names the matter.
    """
    place = {p.id: i for i, p in enumerate(problems)}
    of: defaultdict[str, list[int]] = defaultdict(list)
    for measure, problem in pairs:
        of[measure].append(place[problem])
    answered = Counter(i for targets in of.values() for i in targets)
    visible = {m.point.id for m in measures(page) if m.visible}
    for before, remedy, after in zip(remedies, remedies[1:], remedies[2:], strict=False):
        if remedy.id in of or before.id not in of:
            continue
        low, high = max(of[before.id]), min(of.get(after.id, (0,)))
        gap = [i for i in range(low + 1, high) if not answered[i]]
        if len(gap) != 1:
            continue
        between = problems[gap[0]]
        if remedy.id in visible or _same_heading(page, remedy, between, share=0.5):
            yield remedy.id, between.id
