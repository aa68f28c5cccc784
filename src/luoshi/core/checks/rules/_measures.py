"""What the rules on measures share: what a measure says of who, when, and how one would see it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, Literal

from luoshi.core import knowledge
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._rows import Need, cells
from luoshi.core.checks.rules._substance import first_figure
from luoshi.core.material.model import Point
from luoshi.core.reading.model import Span

Author = Literal["person", "group", "others"]


@dataclass(frozen=True, slots=True)
class Measure:
    """What one measure says. ``body`` is the measure itself, without who is charged and by when.

    ``visible``: it names something that an outsider could see done, or at least a date or a
    figure; ``done``: it names that something itself. ``standing`` are the words that make it
    endless (长期坚持) where nothing says how often it is looked at. ``in_row``: the measure is a
    row of a table, whose columns tell what it gives.
    """

    point: Point
    body: Span
    visible: bool
    done: bool
    missing: tuple[Need, ...]
    standing: Span | None
    in_row: bool = False


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the pattern ``name`` of data/checks/words-measures.toml; raises ``KeyError``."""
    found: dict[str, Any] = knowledge.table("checks/words-measures")["patterns"]
    return re.compile(found[name])


@lru_cache(maxsize=1)
def author(page: Page) -> Author:
    """Tell who speaks: a person of himself, a leading group, or an audit of others."""
    title = page.examination.profile.title
    if pattern("group-title").search(title) and "个人" not in title:
        return "group"
    if pattern("person-title").search(title):
        return "person"
    first = pattern("first-person").finditer(page.text)
    return "person" if sum(1 for _, _ in zip(first, range(3), strict=False)) == 3 else "others"


@lru_cache(maxsize=1)
def measures(page: Page) -> tuple[Measure, ...]:
    """Return what each measure says, in text order."""
    found = tuple(
        _measure(page, point) for point in page.points("measure") if not is_advice(page, point)
    )
    return tuple(map(_outliers(page, found), found))


def is_advice(page: Page, point: Point) -> bool:
    """Tell whether the paragraph of a measure calls it mere advice (这两点为建议，不计入不符合项)."""
    return any(low <= point.start < high for low, high in _advice(page))


@lru_cache(maxsize=1)
def _advice(page: Page) -> tuple[Span, ...]:
    found = []
    for match in pattern("advice").finditer(page.text):
        high = page.text.find("\n", match.end())
        low = page.text.rfind("\n", 0, match.start()) + 1
        found.append(Span(low, high if high >= 0 else len(page.text)))
    return tuple(found)


# From so many measures on, and where so many of them say it, one that does not stands out.
_ENOUGH, _NEARLY_ALL = 5, 0.8


def _outliers(page: Page, all_of_them: tuple[Measure, ...]) -> Callable[[Measure], Measure]:
    """Return what adds to a measure the need that nearly all the others meet, and it does not.

    Where nearly all name a day, 每次 is none, and where nearly all have 时限： nothing else is; where nearly all give a figure, 轮岗 is none.
    """
    acting = [m for m in all_of_them if m.visible]
    dated = {m.point.id for m in acting if _names_day(page, m)}
    counted = {m.point.id for m in acting if _is_measured(page, m.body)}
    labelled = {m.point.id for m in acting if _has_label(page, m, "date-label")}
    if len(acting) >= _ENOUGH and len(labelled) >= _NEARLY_ALL * len(acting):
        dated = labelled
    owned = {m.point.id for m in acting if _has_label(page, m, "owner-label")}
    told_of: tuple[tuple[Need, set[str]], ...] = (
        ("owner", owned), ("deadline", dated), ("indicator", counted),
    )  # fmt: skip
    usual = {
        need: told
        for need, told in told_of
        if len(acting) >= _ENOUGH and len(told) >= _NEARLY_ALL * len(acting)
    }

    def added(measure: Measure) -> Measure:
        more: list[Need] = []
        for need, told in usual.items():
            plain = measure.visible and measure.point.id not in told and not measure.in_row
            if plain and (told is labelled or told is owned or not _is_met(page, measure, need)):
                more.append(need)
        missing = tuple(n for n in _NEEDS if n in (*measure.missing, *more))
        done = measure.done and "indicator" not in more
        return replace(measure, missing=missing, done=done) if more else measure

    return added


_NEEDS: tuple[Need, ...] = ("owner", "deadline", "indicator")


def _has_label(page: Page, measure: Measure, name: str) -> bool:
    """Tell whether a measure has 时限： or 责任人： behind it, as a ledger does."""
    label = pattern(name).search(page.text, measure.point.words, measure.point.end)
    return label is not None


def _names_day(page: Page, measure: Measure) -> bool:
    """Tell whether a measure names a day or a month, or is done at once."""
    text, span = page.text, (measure.point.words, measure.point.end)
    return (
        pattern("date").search(text, *span) is not None
        or pattern("date").search(_above(page).get(measure.point.id, "")) is not None
        or bool(page.hits("at-once", span))
    )


def _is_met(page: Page, measure: Measure, need: Need) -> bool:
    """Tell whether a measure comes again, or somebody looks at what it has brought about."""
    if need == "deadline":
        return pattern("period").search(page.text, *measure.body) is not None
    weak = {page.words(hit) for hit in page.hits("activity", measure.body)}
    return any(page.words(hit) not in weak for hit in page.hits("criterion", measure.body))


def _measure(page: Page, point: Point) -> Measure:
    text = page.text
    span = Span(point.words, point.end)
    row = cells(page, point)
    body = row.body if row else _body(page, span)
    whole = body if row else span
    states = row.states if row else {}
    above = _above(page).get(point.id, "")
    figure = first_figure(page, body) >= 0
    often = pattern("frequency").search(text, *body) is not None
    amount = figure and _is_measured(page, body)
    told: dict[Need, bool] = {
        "owner": _has_owner(page, whole, above),
        "deadline": (often and not pattern("to-finish").search(text, *body))
        or bool(page.hits("rule-form", body))
        or pattern("deadline").search(_to_come(page, whole)) is not None
        or pattern("deadline").search(above) is not None,
        "indicator": often or amount or _names(page, "criterion", body),
    }
    given = {need: states.get(need) == "given" for need in told}
    left_open = tuple(need for need, state in states.items() if state != "given")
    missing = [n for n in told if not given[n] and (not told[n] or n in left_open)]
    done = _is_done(page, body)
    standing = page.hits("standing-term", Span(body.end, span.end))
    at_once = pattern("immediate").match(text, point.start) is not None
    return Measure(
        point,
        body,
        bool(figure or often or done or pattern("date").search(text, *body)),
        (done or often or amount) and "indicator" not in left_open,
        () if at_once else tuple(missing),
        standing[0] if standing and not often else None,
        row is not None,
    )


def _to_come(page: Page, span: Span) -> str:
    """Return the words of a span without the sentences that tell what was done or seen before."""
    return pattern("told").sub("。", page.words(span))


def _is_done(page: Page, body: Span) -> bool:
    """Tell whether a body names an action that leaves something to see, or a work."""
    return (
        _names(page, "visible-action", body)
        or pattern("works").search(page.text, *body) is not None
    )


def _names(page: Page, name: str, body: Span) -> bool:
    """Tell whether a body names something of a list, and not just more or better of it."""
    deceptive = page.hits("visible-not", body)
    for hit in page.hits(name, body):
        if any(d.start <= hit.start < d.end for d in deceptive):
            continue
        if not pattern("more-of").search(page.text, max(body.start, hit.start - 10), hit.start):
            return True
    return False


@lru_cache(maxsize=1)
def _above(page: Page) -> dict[str, str]:
    """Return by measure the last short paragraph before it that belongs to no statement.

    Such a line often says for all measures below it by when or by whom (中期（8月底前）).
    """
    points = deque(p for p in page.examination.points if not p.is_heading())
    first = next((p.start for p in points if p.kind == "measure"), len(page.text))
    found: dict[str, str] = {}
    words = ""
    paragraphs = page.paragraphs
    begin = bisect_right(paragraphs, first - 200, key=lambda paragraph: paragraph.end)
    for paragraph in paragraphs[begin:]:
        while points and points[0].start < paragraph.start:
            points.popleft()
        if points and points[0].start < paragraph.end:
            for point in points:
                if point.start >= paragraph.end:
                    break
                found[point.id] = words
        elif paragraph.end - paragraph.start <= 40:
            words = page.words(paragraph)
    return found


def _body(page: Page, span: Span) -> Span:
    """Return the text before 责任人：… at its end."""
    label = pattern("label").search(page.text, span.start + 8, span.end)
    return Span(span.start, label.start()) if label else span


def _has_owner(page: Page, span: Span, above: str) -> bool:
    if page.hits("role", span) or pattern("unit").search(page.text, *span):
        return True
    if author(page) == "person" and page.hits("role-personal", span):
        return True
    if pattern("label").search(above) or pattern("unit").search(above):
        return True
    return pattern("subject").search(page.text[span.start : span.start + 40]) is not None


@lru_cache(maxsize=1)
def general_remarks(page: Page) -> frozenset[Need]:
    """Return what a sentence outside the measures says for all of them (以上措施由……)."""
    found: set[Need] = set()
    inside = page.points("measure")
    for hit in page.hits("general-scope"):
        place = bisect_right(inside, hit.start, key=lambda point: point.start) - 1
        if place >= 0 and hit.start < inside[place].end:
            continue
        text = page.text[hit.start : hit.end + 60].split("。")[0]
        if pattern("done-by").search(text):
            found.add("deadline")
        if "牵头" in text or "负责" in text or "责任人" in text:
            found.add("owner")
    return frozenset(found)


@lru_cache(maxsize=1)
def marks(page: Page) -> dict[str, tuple[tuple[Measure, Span], ...]]:
    """Return the words to be marked inside measures by kind of mark, at most three a measure.

    A reviewer must not drown: what is named first in ``_KINDS`` goes first, and a measure
    of one sentence of which nothing can be seen done gets none, nor one for its slogans
    beside other marks or where they are all that it has.
    """
    found: dict[str, list[tuple[Measure, Span]]] = {kind: [] for kind in _KINDS}
    for measure in measures(page):
        kept: list[Span] = []
        for kind in _KINDS:
            if kind == "slogan" and _says_it_all(page, measure, bool(kept)):
                continue
            for hit in _marked(page, kind, measure)[: 3 - len(kept)]:
                if all(hit.start > other.end + 4 for other in kept) or kind != "vague-deadline":
                    found[kind].append((measure, hit))
                    kept.append(hit)
    return {kind: tuple(rows) for kind, rows in found.items()}


_KINDS = ("vague-owner", "vague-deadline", "unmeasured", "vague-action", "slogan")


def _says_it_all(page: Page, measure: Measure, marked: bool) -> bool:
    """Tell whether the finding on the whole measure makes one on its slogans idle."""
    return not measure.visible and (marked or len(page.sentences_of(measure.point)) < 3)


_NO_SLOGAN = ("visible-action", "vague-owner", "vague-deadline", "vague-action")


def _marked(page: Page, kind: str, measure: Measure) -> list[Span]:
    span = Span(measure.point.words, measure.point.end)
    if not measure.visible and (
        kind == "vague-owner" or len(page.sentences_of(measure.point)) == 1
    ):
        return []
    if kind == "slogan":
        return _slogans(page, measure)[:1]
    hits = [hit for hit in page.hits(kind, span) if not _is_quoted(page, hit, span)]
    if kind == "vague-owner":
        said = pattern("nobody").finditer(page.text, *span)
        places = (Span(*match.span()) for match in said)
        hits = sorted({*hits, *(place for place in places if not _is_quoted(page, place, span))})
        return [hit for hit in hits if _is_nobody(page, hit, span)][:1]
    if kind == "unmeasured":
        return [hit for hit in hits if not _is_measured(page, _sentence(page, hit, span))][:1]
    if kind == "vague-deadline":
        return [hit for hit in hits if not _is_due(page, _sentence(page, hit, span))][:1]
    return [hit for hit in hits if not _is_settled(page, _sentence(page, hit, span))]


def _is_nobody(page: Page, hit: Span, span: Span) -> bool:
    """Tell whether words for nobody in particular stand where an owner should.

    专人, 各科室 and 全体 may stand beside the one who leads, but not behind 责任人：.
    """
    words = page.words(hit)
    beside = any(word in words for word in ("专人", "各", "全体", "大家"))
    if not beside or words.startswith("责任") or page.text[hit.start - 1] in "：:":
        return True
    parts = (Span(span.start, hit.start), Span(hit.end, span.end))
    return not any(_has_owner(page, part, "") for part in parts)


def _is_quoted(page: Page, hit: Span, span: Span) -> bool:
    text = page.text
    return text.rfind("“", span.start, hit.start) > text.rfind("”", span.start, hit.start)


def _sentence(page: Page, hit: Span, span: Span) -> Span:
    """Return the part between 。 or ； in which ``hit`` stands."""
    text = page.text
    low = max(text.rfind(mark, span.start, hit.start) for mark in "。；")
    stops = [text.find(mark, hit.end, span.end) for mark in "。；"]
    return Span(max(low, span.start), min((stop for stop in stops if stop >= 0), default=span.end))


def _is_settled(page: Page, sentence: Span) -> bool:
    """Tell whether a sentence says how many, how often or by when."""
    return first_figure(page, sentence) >= 0 or _is_due(page, sentence)


def _is_due(page: Page, sentence: Span) -> bool:
    """Tell whether a sentence says how often or by when."""
    return (
        pattern("frequency").search(page.text, *sentence) is not None
        or pattern("deadline").search(page.text, *sentence) is not None
    )


def _is_measured(page: Page, sentence: Span) -> bool:
    """Tell whether a sentence says how much: a figure besides its dates, or how often."""
    undated = pattern("day").sub("", pattern("reference").sub("", page.words(sentence)))
    return (
        pattern("amount").search(undated) is not None
        or pattern("frequency").search(undated) is not None
    )


def _slogans(page: Page, measure: Measure) -> list[Span]:
    """Return the sentences after the heading sentence made of slogans only, the worst first."""
    sentences = page.sentences_of(measure.point)
    scored: list[tuple[int, Span]] = []
    for sentence in sentences[1:] if len(sentences) > 1 else ():
        slogans = (*page.hits("slogan", sentence), *page.hits("proverb", sentence))
        # A cheer alone is one; resolves without any cheer must be three.
        cheers = sum(2 for _ in pattern("rhetoric").finditer(page.text, *sentence))
        resolves = len(page.hits("attitude", sentence)) - 1
        weight = len(slogans) + cheers + max(0, resolves)
        if weight < 2 or any(page.hits(name, sentence) for name in _NO_SLOGAN):
            continue
        if pattern("step-owner").search(page.text, *sentence) or page.hits("role", sentence):
            continue
        if first_figure(page, sentence) < 0 and not pattern("frequency").search(
            page.text, *sentence
        ):
            scored.append((-weight, sentence))
    return [sentence for _, sentence in sorted(scored)]
