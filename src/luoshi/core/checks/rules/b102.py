"""B102: a problem wrapped in hedges.

What: words that make an admission smaller (或多或少, 一定程度上, 可能, 好像, 有时, 个别). Two
different ones in a sentence are a warning; so are three in a problem or one in each of its
sentences, unless B101 has called the problem empty already. Otherwise a note.
Why: whoever hedges has not yet admitted; a hedged problem gets a hedged measure.
Basis: seen. Reviewers mark 避重就轻 (DOMAIN.md §2: hedges throughout the seed).
Example: “有时不够主动，或多或少有畏难情绪，一定程度上影响了工作。”
Counter-example: “个别科室3月报表迟交9天。”: the figure says how much.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._substance import (
    clause_of,
    empty_problems,
    first_figure,
    is_firm,
    is_quoted,
)
from luoshi.core.material.model import Point
from luoshi.core.reading.model import Span

META = Meta(
    code="B102",
    title="问题说得含糊",
    family="substance",
    severity="note",
    basis="seen",
    why="这类词把问题说轻说虚。请改成有多少次、哪几件、影响有多大；确实说不出的就删去。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object once per problem, at its first strong hedge, else at its first hedge.

    To a cause only where hedges are heaped: whoever looks for causes may well suppose.
    """
    for point in page.examination.points:
        if point.kind in ("problem", "cause"):
            objection = _of(page, point)
            if objection is not None and (point.kind == "problem" or objection.severity):
                yield objection


def _of(page: Page, point: Point) -> Objection | None:
    sentences = page.sentences_of(point)
    strong = _unquoted(page, "hedge-strong", point)
    weak = _unquoted(page, "hedge-weak", point)
    words = list(dict.fromkeys(page.words(h) for h in sorted(strong + weak)))
    if not strong and len(words) < 2:
        return None
    severe = len(words) >= 3 or _only_hedged(sentences[1:], strong + weak)
    severe = severe and not is_firm(page, (point.words, point.end))
    severe = severe and point.id not in empty_problems(page)
    heaped = _heaped(page, sentences, strong + weak)
    listed = "、".join(f"“{word}”" for word in words[:4])
    first = heaped or (strong or weak)[0]
    return Objection(
        (first, *(hit for hit in sorted(strong + weak) if hit != first)),
        f"{listed}把问题说得含糊。",
        severity="warning" if severe or heaped else None,
    )


def _unquoted(page: Page, name: str, point: Point) -> list[Span]:
    """Return hedges that stand neither in quotes nor beside a figure of their own clause."""
    sentences = page.sentences_of(point) if page.hits(name, (point.words, point.end)) else ()
    return [
        hit
        for sentence in sentences
        for hit in page.hits(name, sentence)
        if not is_quoted(page, hit.start, sentence.start)
        and first_figure(page, clause_of(page, hit, sentence)) < 0
    ]


def _only_hedged(sentences: tuple[Span, ...], hedges: list[Span]) -> bool:
    """Tell whether there are two sentences or more and a hedge in each of them."""
    return len(sentences) >= 2 and all(
        any(s.start <= hedge.start < s.end for hedge in hedges) for s in sentences
    )


def _heaped(page: Page, sentences: tuple[Span, ...], hedges: list[Span]) -> Span | None:
    """Return the first hedge of a sentence that has two different ones."""
    for sentence in sentences:
        inside = sorted(h for h in hedges if sentence.start <= h.start < sentence.end)
        if len({page.words(h) for h in inside}) >= 2:
            return inside[0]
    return None
