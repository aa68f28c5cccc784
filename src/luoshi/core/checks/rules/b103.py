"""B103: praise of oneself in a self-criticism.

What: in problems and causes, “能够积极……，但……”, “自己比较重视”, “评价都很高”; in problems,
causes and the report on the previous meeting, 走在前列 and 一致好评.
Why: praise before each admission takes it back again; the meeting is not for awards.
Basis: seen. Reviewers return 评功摆好 (DOMAIN.md §2).
Example: “虽然能够积极参加学习，但深度不够。”
Counter-example: “中心组学习我没有缺席，但规定篇目有两篇只看了通稿。”: a fact before a
concrete failing.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection, Severity
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._measures import author
from luoshi.core.checks.rules._substance import (
    clause_end,
    clause_of,
    clause_start,
    is_firm,
    is_quoted,
    pattern,
    shown,
)
from luoshi.core.reading.model import Span
from luoshi.core.text.sentences import sentences

META = Meta(
    code="B103",
    title="自我检查里评功摆好",
    family="substance",
    severity="warning",
    basis="seen",
    why="对照检查是查不足的，先夸自己再说“但是”，问题就被冲淡了。请删去这句，直接写没有做到什么。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object to at most one piece of praise in each sentence of the opening and of statements."""
    opening = page.examination.profile.opening
    if opening is not None and author(page) != "others":
        yield from _praise(page, opening, own=False, lasting=True)
    for line in _between(page):
        yield from _praise(page, line, own=False, lasting=True)
    for point in page.examination.points:
        if point.kind in ("problem", "cause"):
            yield from _praise(page, Span(point.words, point.end), own=True, lasting=True)
        elif point.kind == "previous":
            yield from _praise(page, Span(point.words, point.end), own=False, lasting=False)


def _between(page: Page) -> Iterator[Span]:
    """Yield the paragraphs behind the opening that tell a story and belong to no statement."""
    opening = page.examination.profile.opening
    told = iter([point for point in page.examination.points if not point.is_heading()])
    point = next(told, None)
    for line in page.paragraphs if opening else ():
        while point is not None and point.end <= line.start:
            point = next(told, None)
        if point is None or opening is None:
            return
        if line.start >= opening.end and line.end <= point.start:
            yield line


def _praise(page: Page, span: Span, own: bool, lasting: bool) -> Iterator[Objection]:
    candidates: list[tuple[Span, Severity | None]]
    candidates = [(hit, None) for hit in page.hits("praise-boast", span)]
    if own:
        candidates += [(hit, None) for hit in page.hits("praise-self", span)]
        candidates += [(hit, "note") for hit in page.hits("praise-mild", span)]
        candidates += [(hit, None) for hit in _conceded(page, span)]
    if lasting and page.hits("praise-cue", span):
        candidates += [
            (hit, None) for name in ("achieved", "constant") for hit in _of(page, name, span)
        ]
    parts = [Span(*s) for s in sentences(page.text, *span)] if candidates else []
    seen: set[Span] = set()
    for hit, severity in sorted(candidates):
        sentence = next(s for s in parts if hit.start < s.end)
        if sentence not in seen and not _is_excused(page, hit, sentence):
            seen.add(sentence)
            yield _objection(page, hit, sentence, severity)


def _objection(page: Page, hit: Span, sentence: Span, severity: Severity | None) -> Objection:
    low = hit.start
    if severity == "note" or page.words(hit).startswith(("评价", "走在", "位居")):
        low = clause_start(page, hit.start, sentence.start)
        opener = pattern("opener").match(page.text, low, hit.start)
        low = opener.end() if opener else low
    place = Span(low, min(clause_end(page, hit.end, sentence.end), sentence.end))
    return Objection(
        (place,), f"“{shown(page, place)}”是肯定自己，不是检查问题。", severity=severity
    )


def _conceded(page: Page, span: tuple[int, int]) -> list[Span]:
    """Return “能够积极……” where 但 follows in the sentence without a concrete failing."""
    text = page.text
    found: list[Span] = []
    for match in pattern("concession").finditer(text, *span):
        if text[match.start() - 1] in "不没未才只":
            continue
        stop = text.find("。", match.end(), span[1])
        end = stop if stop >= 0 else span[1]
        turn = pattern("turn").search(text, match.end(), end)
        if turn is not None and not is_firm(page, (turn.end(), end)):
            found.append(Span(*match.span()))
    return found


def _of(page: Page, name: str, span: tuple[int, int]) -> list[Span]:
    return [Span(*match.span()) for match in pattern(name).finditer(page.text, *span)]


def _is_excused(page: Page, hit: Span, sentence: Span) -> bool:
    """Tell whether the words are quoted, thought wrongly, striven for or denied."""
    if is_quoted(page, hit.start, sentence.start):
        return True
    clause = clause_of(page, hit, sentence)
    parts = (Span(clause.start, hit.start), Span(hit.end, clause.end))
    return any(page.hits("praise-not", part) for part in parts)
