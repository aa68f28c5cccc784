"""B106: everything rectified, and yet it is still there.

What: the report on the previous meeting says that all is rectified (全部整改到位, 100%), and
the same report tells of something unsolved (error), or a problem of this year is on the
same matter (warning).
Why: one of the two is untrue; 纸面整改、数字整改 is what inspections look for.
Basis: seen. “100 % rectified” followed by persisting problems (DOMAIN.md §2).
Example: “目前已全部整改到位，整改完成率100%。……仍有3个小区的停车问题没有解决。”
Counter-example: “12项措施完成10项，仍有2项在推进。”
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._substance import (
    clause_end,
    clause_of,
    clause_start,
    is_quoted,
    shown,
)
from luoshi.core.material.model import Point
from luoshi.core.material.topics import Topic, topic_of
from luoshi.core.reading.model import Span

META = Meta(
    code="B106",
    title="说已改完，问题仍在",
    family="substance",
    severity="error",
    basis="seen",
    why="两处说法相互矛盾，审阅时通常会追问。请如实写明完成了几项、哪几项还在推进、何时完成。",
)
_AGAIN = "说已整改到位，这次又查摆出同样的问题。请写明上次改到什么程度、为什么又出现。"


def find(page: Page) -> Iterator[Objection]:
    """Object to each claim that its own report, or a problem of this year, contradicts."""
    problems = page.points("problem")
    end = problems[0].start if problems else len(page.text)
    claims = [hit for hit in page.hits("claim-done", (0, end)) if _is_claim(page, hit)]
    open_issues = [place for point in page.points("previous") for place in _open(page, point)]
    if claims:
        for place in open_issues:
            claim = _place(page, claims[0])
            yield Objection((claim, place), _message(page, claim, place))
    yield from _again(page, bool(claims and not open_issues))


def _message(page: Page, claim: Span, place: Span) -> str:
    return f"前面说“{shown(page, claim)}”，这里又说“{shown(page, place)}”，两处矛盾。"


def _place(page: Page, claim: Span) -> Span:
    """Return the clause of a claim, which may stand outside all statements."""
    low = max(page.text.rfind("\n", 0, claim.start) + 1, claim.start - 40)
    end = page.text.find("\n", claim.end)
    high = min(end if end >= 0 else len(page.text), claim.end + 40)
    return Span(clause_start(page, claim.start, low), clause_end(page, claim.end, high))


def _is_claim(page: Page, hit: Span) -> bool:
    """Tell whether the words report: neither quoted nor wished for."""
    before = page.text[max(0, hit.start - 6) : hit.start]
    return not is_quoted(page, hit.start, max(0, hit.start - 60)) and not any(
        word in before for word in ("未", "没有", "确保", "力争", "才", "务必", "尚")
    )


def _open(page: Page, point: Point) -> Iterator[Span]:
    """Yield the clauses of a report that tell of something unsolved."""
    for sentence in page.sentences_of(point)[1:]:
        for hit in page.hits("persisting", sentence):
            clause = clause_of(page, hit, sentence)
            if not page.hits("persisting-not", clause) and not is_quoted(
                page, hit.start, sentence.start
            ):
                yield clause
                break


def _again(page: Page, everything: bool) -> Iterator[Objection]:
    """Yield problems on a matter that the report calls rectified."""
    done: dict[int, list[tuple[Span, Topic]]] = {}
    for point in page.points("previous"):
        own = page.hits("claim-one", (point.words, point.end))
        if (own or everything) and not any(_open(page, point)):
            report = page.examination.heading_of(point)
            topic = topic_of(page.words(report))
            for group in topic.groups:
                done.setdefault(group, []).append((report, topic))
    for problem in page.points("problem") if done else ():
        heading = page.examination.heading_of(problem)
        topic = topic_of(page.words(heading))
        reports = [row for group in topic.groups for row in done.get(group, ())[:20]]
        same = next((r for r, before in reports if _alike(topic.signs, before.signs)), None)
        if same is not None:
            yield Objection(
                (heading, same),
                f"上次的“{_name(page, same)}”已报整改到位，这次又列为问题。",
                severity="warning",
                why=_AGAIN,
            )


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether the shorter of two headings has most of its characters in the longer."""
    return 2 * len(one & other) >= min(len(one), len(other))


def _name(page: Page, heading: Span) -> str:
    words = "".join(page.words(heading).split()).lstrip(
        "0123456789.．、（）()一二三四五六七八九十 "
    )
    return words.rstrip("。：: ")[:30]
