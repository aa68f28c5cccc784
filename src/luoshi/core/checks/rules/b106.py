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

import re
from collections.abc import Iterator
from typing import NamedTuple

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._matters import shared
from luoshi.core.checks.rules._substance import (
    clause_end,
    clause_start,
    is_quoted,
    pattern,
    shown,
)
from luoshi.core.material.model import Point
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


_HAN = re.compile(r"[\u4e00-\u9fff]")
_NEARLY = 0.75
_WHOLE = 4
_EDGE = re.compile(
    r".*[，：:；。、]|^[\d.．、（）()\s]*(?:[一二三四五六七八九十]是)?(?:关于|针对|对)?"
)
_OF_THE = re.compile(r"的?(?:突出)?(?:问题|现象|情况)")


class _Claim(NamedTuple):
    """Words that call something rectified, and the text in which an open matter denies them."""

    place: Span
    whole: bool
    scope: Span


def find(page: Page) -> Iterator[Objection]:
    """Object to each claim that its own report, or a problem of this year, contradicts."""
    reports = page.points("previous")
    problems = page.points("problem")
    end = problems[0].start if problems else len(page.text)
    claims = list(_claims(page, reports, end))
    told: set[Span] = set()
    denied = False
    for claim in claims:
        for place in _open(page, claim.scope):
            denied = denied or claim.whole
            if place not in told and not (place.start <= claim.place.start < place.end):
                told.add(place)
                yield Objection((claim.place, place), _message(page, claim.place, place))
    again = list(_again(page, claims, any(claim.whole for claim in claims) and not denied))
    yield from again
    yield from _denied_later(page, end, {objection.spans[0].start for objection in again})


def _message(page: Page, claim: Span, place: Span) -> str:
    return f"前面说“{shown(page, claim)}”，这里又说“{shown(page, place)}”，两处矛盾。"


def _claims(page: Page, reports: tuple[Point, ...], end: int) -> Iterator[_Claim]:
    """Yield the claims of the report on the previous meeting.

    A claim about the problems or measures as a whole is denied by any open matter of the
    report, one about a single matter by its own statement, or, where the statement tells of
    many matters, by its own part of the sentence.
    """
    first = reports[0].start if reports else end
    last = max((r.end for r in reports), default=end)
    for match in pattern("claim-all").finditer(page.text, 0, end):
        place = _clause(page, Span(*match.span()))
        part = _part(page, place)
        if not _is_claim(page, Span(*match.span())):
            continue
        if pattern("claim-scope").search(page.text, *part):
            line = page.text.find("\n", part.end)
            low = min(first, place.end)
            yield _Claim(place, True, Span(low, max(last, part.end, line)))
        else:
            yield _Claim(place, False, _own(page, reports, part))
    for report in reports:
        for hit in page.hits("claim-one", (report.words, report.end)):
            part = _part(page, hit)
            if _is_claim(page, hit) and not pattern("claim-share").search(page.text, *part):
                own = _own(page, reports, part)
                yield _Claim(_clause(page, hit), False, Span(hit.end, max(own.end, hit.end)))


def _own(page: Page, reports: tuple[Point, ...], part: Span) -> Span:
    """Return the text that speaks of the same single matter as ``part`` does."""
    point = next((r for r in reports if r.start <= part.start < r.end), None)
    if point is None or len(reports) == 1:
        return part
    return Span(part.start, point.end)


def _part(page: Page, place: Span) -> Span:
    """Return the part of a sentence around ``place``, between 。 or ；."""
    text = page.text
    start = max(text.rfind(mark, 0, place.start) for mark in "。；\n") + 1
    stops = (text.find(mark, place.end) for mark in "。；\n")
    return Span(start, min((stop for stop in stops if stop >= 0), default=len(text)))


def _clause(page: Page, hit: Span) -> Span:
    """Return the clause of a claim, which may stand outside all statements."""
    part = _part(page, hit)
    low = max(part.start, hit.start - 40)
    return Span(clause_start(page, hit.start, low), clause_end(page, hit.end, part.end))


def _is_claim(page: Page, hit: Span) -> bool:
    """Tell whether the words report: neither quoted nor wished for nor said of a share."""
    before = page.text[max(0, hit.start - 6) : hit.start]
    return not is_quoted(page, hit.start, max(0, hit.start - 60)) and not any(
        word in before for word in ("未", "没有", "确保", "力争", "才", "务必", "尚", "不是")
    )


def _open(page: Page, scope: Span) -> Iterator[Span]:
    """Yield the clauses that tell of something unsolved."""
    seen = -1
    for match in pattern("open-issue").finditer(page.text, *scope):
        clause = _clause(page, Span(*match.span()))
        if clause.start == seen or is_quoted(page, match.start(), clause.start):
            continue
        seen = clause.start
        if not pattern("not-open").search(page.text, *clause):
            yield clause


def _again(page: Page, claims: list[_Claim], everything: bool) -> Iterator[Objection]:
    """Yield problems on a matter that the report calls rectified."""
    reports = list(_rectified(page, claims, everything))
    for problem in page.points("problem") if reports else ():
        heading = page.examination.heading_of(problem)
        words = page.words(Span(problem.words, problem.end))
        same = next(
            (r for r in reports if _alike(page.words(heading), words, page.words(r.name))), None
        )
        if same is not None:
            yield Objection(
                (heading, same.place),
                f"上次的“{_name(page, same.name)}”已报整改到位，这次又列为问题。",
                severity="warning",
                why=_AGAIN,
            )


class _Report(NamedTuple):
    """What names a matter called rectified, and the text up to the claim."""

    name: Span
    place: Span


def _rectified(page: Page, claims: list[_Claim], everything: bool) -> Iterator[_Report]:
    """Yield each matter called rectified: its heading, or the words of the claim."""
    for claim in claims:
        if not claim.whole:
            name = Span(_part(page, claim.place).start, claim.place.end)
            yield _Report(name, name)
    for point in page.points("previous"):
        own = [claim.place for claim in claims if point.start <= claim.place.start < point.end]
        report = page.examination.heading_of(point)
        summary = pattern("claim-share").search(page.text, *report)
        if not (own or everything) or summary:
            continue
        if not any(_open(page, Span(point.words, point.end))):
            end = own[0].end if own else report.end
            yield _Report(report, Span(report.start, max(end, report.end)))


_CORE = re.compile(
    r"(?P<matter>[\u4e00-\u9fff“”、]{4,}?)(?:的?(?:突出)?(?:问题|现象|情况|难题))?"
    r"(?:也|都|均|已|已经|得到|全部|完全|全面|基本|有效|整体|100[%％]|百分之百|实现|做到)*$"
)
_STILL = re.compile(r"仍|至今|依然|依旧|又|再次|查出|发现|反馈|反映|接到|投诉")


def _denied_later(page: Page, end: int, told: set[int]) -> Iterator[Objection]:
    """Yield what a problem tells of a matter that the report has as gone for good."""
    for hit in page.hits("claim-one", (0, end)):
        claim = _clause(page, hit)
        core = _CORE.search(page.text, claim.start, hit.start) if _is_claim(page, hit) else None
        for problem in page.points("problem") if core else ():
            if problem.start in told:
                continue
            for sentence in page.sentences_of(problem):
                if core and _tells(core["matter"], page.words(sentence)):
                    told.add(problem.start)
                    yield Objection((claim, sentence), _message(page, claim, sentence))
                    break


def _tells(matter: str, sentence: str) -> bool:
    """Tell whether a sentence tells that a matter is still there."""
    if not _STILL.search(sentence):
        return False
    common = shared(matter, sentence)
    longest = max(map(len, common), default=0)
    size, whole = sum(map(len, common)), len(_HAN.findall(matter))
    return (longest >= 4 and 3 * size >= 2 * whole) or (
        longest >= 3 and len(common) > 1 and 2 * size >= whole - 1
    )


def _alike(heading: str, problem: str, report: str) -> bool:
    """Tell whether a problem is on the matter of a report.

    Either nearly all characters of its heading are in the report; or so is what is left of it
    without the words for how bad it is, and that is a matter of its own (门诊排队) and not
    理论学习; or its heading names one word of the matter and its text the rest.
    """
    if _held(heading, report) >= _NEARLY:
        return True
    rest = pattern("lacking").sub("", heading)
    if _held(rest, report) >= _NEARLY and sum(map(len, shared(rest, report))) >= 4:
        return True
    named = [match.start() for match in _OF_THE.finditer(report)][-1:]
    matter = _EDGE.sub("", pattern("lacking").sub("", report[: named[0]])) if named else ""
    common = shared(matter, problem)
    size = sum(map(len, common))
    telling = max(map(len, common), default=0) >= 3 and 2 * size >= len(matter)
    # 南片走访少 and 走访……南片一次没有去: two words that are nearly all of the matter.
    both = len(common) > 1 and 3 * size >= 2 * len(matter) and len(matter) >= _WHOLE
    return both or (bool(shared(matter, rest)) and telling)


def _held(heading: str, report: str) -> float:
    """Return the share of a heading's characters that a report has."""
    signs = set(_HAN.findall(heading))
    return sum(sign in report for sign in signs) / len(signs) if len(signs) >= 3 else 0.0


def _name(page: Page, heading: Span) -> str:
    words = "".join(page.words(heading).split()).lstrip(
        "0123456789.．、（）()一二三四五六七八九十 "
    )
    return words.rstrip("。：: ")[:30]
