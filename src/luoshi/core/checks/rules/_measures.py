"""What the rules on measures share: what a measure says of who, when, and how one would see it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from luoshi.core import knowledge
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._substance import first_figure
from luoshi.core.material.model import Point
from luoshi.core.reading.model import Block, Span

Author = Literal["person", "group", "others"]
Need = Literal["owner", "deadline", "indicator"]


@dataclass(frozen=True, slots=True)
class Measure:
    """What one measure says. ``body`` is the measure itself, without who is charged and by when.

    ``visible``: it names something that an outsider could see done. ``standing`` are the words
    that make it endless (长期坚持) where nothing says how often it is looked at.
    """

    point: Point
    body: Span
    visible: bool
    missing: tuple[Need, ...]
    standing: Span | None


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
    return tuple(_measure(page, point) for point in page.points("measure"))


def _measure(page: Page, point: Point) -> Measure:
    text = page.text
    span = Span(point.words, point.end)
    row = _row_at(page, point)
    body = _body(page, span, row)
    columns = _columns(page, row) if row is not None else frozenset()
    above = _above(page).get(point.id, "")
    figure = first_figure(page, body) >= 0
    often = pattern("frequency").search(text, *body) is not None
    standing = page.hits("standing-term", Span(body.end, span.end))
    met: dict[Need, bool] = {
        "owner": _has_owner(page, span, above) or "owner-header" in columns,
        "deadline": often
        or bool(page.hits("rule-form", body))
        or "date-header" in columns
        or pattern("deadline").search(text, *span) is not None
        or pattern("deadline").search(above) is not None,
        "indicator": figure
        or often
        or bool(page.hits("criterion", body))
        or "check-header" in columns,
    }
    at_once = pattern("immediate").match(text, point.start) is not None
    return Measure(
        point,
        body,
        bool(figure or often or _is_visible(page, body)),
        () if at_once else tuple(need for need, given in met.items() if not given),
        standing[0] if standing and not often else None,
    )


def _is_visible(page: Page, body: Span) -> bool:
    """Tell whether a body names an action that leaves something to see, a work or a date."""
    deceptive = page.hits("visible-not", body)
    acts = [
        hit
        for hit in page.hits("visible-action", body)
        if not any(d.start <= hit.start < d.end for d in deceptive)
    ]
    if acts or pattern("works").search(page.text, *body):
        return True
    return pattern("date").search(page.text, *body) is not None


@lru_cache(maxsize=1)
def _above(page: Page) -> dict[str, str]:
    """Return by measure the last short paragraph before it that belongs to no statement.

    Such a line often says for all measures below it by when or by whom (中期（8月底前）).
    """
    points = deque(p for p in page.examination.points if not p.is_heading())
    first = next((p.start for p in points if p.kind == "measure"), len(page.text))
    found: dict[str, str] = {}
    words = ""
    for paragraph in page.paragraphs:
        while points and points[0].start < paragraph.start:
            points.popleft()
        if points and points[0].start < paragraph.end:
            for point in points:
                if point.start >= paragraph.end:
                    break
                found[point.id] = words
        elif paragraph.end - paragraph.start <= 40 and paragraph.end > first - 200:
            words = page.words(paragraph)
    return found


def _body(page: Page, span: Span, row: Block | None) -> Span:
    """Return the longest cell of a row, else the text before 责任人：… at its end."""
    if row is not None and row.cells:
        inside = [c for c in row.cells if c.start >= span.start and c.end <= span.end]
        if inside:
            return max(inside, key=lambda cell: cell.end - cell.start)
    label = pattern("label").search(page.text, span.start + 8, span.end)
    return Span(span.start, label.start()) if label else span


@lru_cache(maxsize=1)
def _rows(page: Page) -> tuple[tuple[Block, ...], dict[int, Block]]:
    """Return all table rows in text order, and the first row of each table."""
    rows = tuple(block for block in page.document.blocks if block.kind == "row")
    heads: dict[int, Block] = {}
    for row in rows:
        heads.setdefault(row.table, row)
    return rows, heads


def _row_at(page: Page, point: Point) -> Block | None:
    rows = _rows(page)[0]
    place = bisect_right(rows, point.start, key=lambda row: row.start) - 1
    return rows[place] if place >= 0 and point.start < rows[place].end else None


def _columns(page: Page, row: Block) -> frozenset[str]:
    """Return which of owner, date and check a row gives, by its header or by its looks."""
    header = _rows(page)[1][row.table]
    found: set[str] = set()
    for place, cell in enumerate(row.cells):
        words = _BLANK.sub("", page.words(cell))
        title = page.words(header.cells[place]) if place < len(header.cells) else ""
        named = {n for n in _COLUMNS if words and pattern(n).search(title)}
        found |= named
        if not named and place > 0 and _SHORT_NAME.fullmatch(words) and "期" not in words:
            found.add("owner-header")
    return frozenset(found)


_COLUMNS = ("owner-header", "date-header", "check-header")
_BLANK = re.compile(r"^(?:[—\-－–/／\s]*|待定|待明确|暂无|无|略|未定|空)$")
_SHORT_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")


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
        if pattern("deadline").search(text):
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
    undated = pattern("day").sub("", page.words(sentence))
    return (
        pattern("amount").search(undated) is not None
        or pattern("frequency").search(undated) is not None
    )


def _slogans(page: Page, measure: Measure) -> list[Span]:
    """Return the sentences after the heading sentence made of slogans only, the worst first."""
    sentences = page.sentences_of(measure.point)
    scored: list[tuple[int, Span]] = []
    for sentence in sentences[1:] if len(sentences) > 1 else ():
        slogans = page.hits("slogan", sentence)
        if len(slogans) < 2 or any(page.hits(name, sentence) for name in _NO_SLOGAN):
            continue
        if first_figure(page, sentence) < 0 and not pattern("frequency").search(
            page.text, *sentence
        ):
            scored.append((-len(slogans), sentence))
    return [sentence for _, sentence in sorted(scored)]
