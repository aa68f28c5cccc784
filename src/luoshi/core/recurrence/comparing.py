"""Two consecutive materials → what became of each problem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._matters import shared
from luoshi.core.checks.rules._measures import measures
from luoshi.core.checks.rules._substance import is_firm
from luoshi.core.material.likeness import Weighing
from luoshi.core.material.model import Examination, Point
from luoshi.core.material.topics import Topic, named_words
from luoshi.core.reading.model import Span
from luoshi.core.recurrence import reported
from luoshi.core.recurrence.likeness import Likeness, likeness, limits, pairs, topics
from luoshi.core.recurrence.model import LastMeasure, Match, Now, Recurrence, State, Then

_ORDINAL = re.compile(r"第[0-9一二三四五六七八九十百]+次")
_WORDS = 4
_HAN = re.compile(r"[\u4e00-\u9fff0-9]")
# A measure of fewer characters is the same by chance.
_SHORTEST = 10
_SAME_WORDS = 0.9
MOST_PROBLEMS = 400


def compare(before: Examination, after: Examination) -> Recurrence:
    """Return what became of the problems of ``before`` in ``after``, the next material.

    Each problem of ``after`` is at most one of ``before``; one of ``before`` may come back as
    several. Of materials of more than ``MOST_PROBLEMS`` problems nothing is matched: the work
    grows with the square.
    """
    old, new = Page(before), Page(after)
    earlier, later = before.of_kind("problem"), after.of_kind("problem")
    known, told = topics(before, earlier), topics(after, later)
    whole = max(len(earlier), len(later)) <= MOST_PROBLEMS
    found = likeness(known, told) if whole else Likeness([[] for _ in later], Weighing([], 0, 0))
    matches = _matches(found, (old, earlier, known), (new, later, told))
    firm = {point.id: is_concrete(old, point) for point in earlier}
    now = tuple(_now(new, point, match, firm) for point, match in zip(later, matches, strict=True))
    copied = _copied(old, new)
    promised = _promised(old, copied, earlier)
    taken_up = reported.reports(new, known)
    then = tuple(
        Then(point, firm[point.id], _back(point, now), promised[point.id], spans)
        for point, spans in zip(earlier, taken_up, strict=True)
    )
    return Recurrence(
        before, after, now, then, reported.claims(new), reported.stated(new),
        bool(new.points("previous")), tuple(copied.items()),
    )  # fmt: skip


def is_concrete(page: Page, point: Point) -> bool:
    """Tell whether a problem names a step, place, number, document, or who said what."""
    span = (point.words, point.end)
    return is_firm(page, span) or _ORDINAL.search(page.text, *span) is not None


def _now(page: Page, point: Point, match: Match | None, firm: dict[str, bool]) -> Now:
    concrete = is_concrete(page, point)
    state: State = "new"
    if match is not None:
        state = "recurring"
        if not firm[match.earlier]:
            state = "sharpened" if concrete else "empty"
    return Now(point, state, concrete, match)


def _back(point: Point, now: Iterable[Now]) -> tuple[str, ...]:
    return tuple(each.point.id for each in now if each.match and each.match.earlier == point.id)


Side = tuple[Page, Sequence[Point], Sequence[Topic]]


def _matches(found: Likeness, before: Side, after: Side) -> list[Match | None]:
    matches: list[Match | None] = []
    for at, row in enumerate(found.scores):
        best = max(range(len(row)), key=row.__getitem__, default=-1)
        if best < 0 or row[best] < limits()["same"]:
            matches.append(None)
            continue
        one = before[0], before[1][best], before[2][best]
        other = after[0], after[1][at], after[2][at]
        matches.append(_match(row[best], found.groups, one, other))
    return matches


def _match(
    score: float, weighing: Weighing[int], one: tuple[Page, Point, Topic],
    other: tuple[Page, Point, Topic],
) -> Match:  # fmt: skip
    """Return the pair with the words that carry it and where they stand."""
    known, told = named_words(one[2].plain), named_words(other[2].plain)
    worth: dict[str, float] = {}
    earlier_words: list[str] = []
    for group in known.keys() & told.keys() & weighing.heavy:
        worth[told[group]] = max(worth.get(told[group], 0.0), weighing.of[group])
        earlier_words.append(known[group])
    for string in shared(one[2].plain, other[2].plain):
        worth.setdefault(string, 64.0 * len(string))
        earlier_words.append(string)
    words: list[str] = []
    for word in sorted(worth, key=lambda word: (-worth[word], word)):
        if not any(word in kept or kept in word for kept in words):
            words.append(word)
    return Match(
        one[1].id, other[1].id, round(score, 3), tuple(words[:_WORDS]),
        _places(one[0], one[1], earlier_words), _places(other[0], other[1], worth),
    )  # fmt: skip


def _places(page: Page, point: Point, words: Iterable[str]) -> tuple[Span, ...]:
    """Return where the words stand in a point, in text order, none over another."""
    found: list[Span] = []
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        start = page.text.find(word, point.words, point.end)
        if start >= 0 and all(start >= s.end or start + len(word) <= s.start for s in found):
            found.append(Span(start, start + len(word)))
    return tuple(sorted(found))


def _promised(
    old: Page, copied: dict[str, str], problems: Sequence[Point]
) -> dict[str, tuple[LastMeasure, ...]]:
    """Return by problem the measures that answered it, best first."""
    said = {each.point.id: each for each in measures(old)}
    points = {point.id: point for point in old.examination.points}
    found: dict[str, tuple[LastMeasure, ...]] = {}
    for problem in problems:
        links = [link for link in old.examination.answers_to(problem) if link.source in points]
        found[problem.id] = tuple(
            LastMeasure(
                points[link.source], link.strength,
                link.source not in said or said[link.source].visible, copied.get(link.source, ""),
            )
            for link in links
        )  # fmt: skip
    return found


def _copied(old: Page, new: Page) -> dict[str, str]:
    """Return by measure of the earlier material the later one that repeats it word for word."""
    later = [(point.id, *_plain(new, point)) for point in new.points("measure")]
    found: dict[str, str] = {}
    for point in old.points("measure"):
        own, signs = _plain(old, point)
        for name, words, other in later:
            common = 2 * len(signs & other) >= _SAME_WORDS * (len(signs) + len(other)) * 0.9
            if len(own) >= _SHORTEST and common and _same(own, words):
                found.setdefault(point.id, name)
    return found


def _plain(page: Page, point: Point) -> tuple[str, frozenset[str]]:
    words = "".join(_HAN.findall(page.words((point.words, point.end))))
    return words, pairs(words)


def _same(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SAME_WORDS
