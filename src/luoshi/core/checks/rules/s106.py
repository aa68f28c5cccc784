"""S106: a part announced in the opening that never comes.

What: the opening says that the author examines the outline's headings *and* something
else (…等五个方面及意识形态履责情况), and no heading or item takes the something up.
Why: what is announced and not delivered was cut or forgotten.
Basis: seen. A real paper announced such a part and had none (DOMAIN.md §2).
Example: “对照五个方面及安全生产履责情况进行查摆” and not a word on safety below.
Counter-example: the same, with “（六）安全生产履责情况” or an item on safety.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._listed import listed
from luoshi.core.checks.rules._structure import announcements, present, severity_of
from luoshi.core.reading.model import Span

META = Meta(
    code="S106",
    title="开头说到的部分没有写",
    family="structure",
    severity="warning",
    basis="seen",
    why="开头说要对照检查的内容，正文应有相应的部分；请补写，或者把开头的话改准。",
)
_TAIL = "情况"
# The groups of the pattern that name what is announced.
_SAID = ("what", "also", "told", "part", "apart", "say", "solo", "nth", "below", "also2")
# A subject of so many characters has a heading of its own.
_LONG = 4
# No announcement and what it is added to are longer.
_REACH = 50
_TAIL_OF_LIST = (
    r"(?:、[^，。、；\n]{2,12}?)*?(?:以及|及|和|与|、)"
    r"([^，。；、\n“”\"及和与]{2,20}?情况)"
)


@cache
def _announced() -> re.Pattern[str]:
    return re.compile(knowledge.table("checks/announced")["after"] + _TAIL_OF_LIST)


@cache
def _also_announced() -> re.Pattern[str]:
    return re.compile(knowledge.table("checks/announced")["also"])


@cache
def _case_announced() -> re.Pattern[str]:
    return re.compile(knowledge.table("checks/announced")["case"])


def find(page: Page) -> Iterator[Objection]:
    """Object to every announced part whose subject no heading and no item has."""
    opening = page.examination.profile.opening
    if opening is None or not page.points("problem"):
        return
    yield from _parts(page)
    for parts in listed(page):
        for name in parts.missing:
            message = f"开头说有“{page.words(name)}”这一部分，后面没有。"
            yield Objection((name,), message)
    yield from _reports(page, opening)
    yield from _case(page, opening)
    yield from _also(page, opening)
    start = opening.start
    while (place := page.text.find(_TAIL, start, opening.end)) >= 0:
        start = place + len(_TAIL)
        match = _announced().search(page.text, max(opening.start, place - _REACH), start)
        if match is None or match.end() != start:
            continue
        subject = _subject(match[1])
        if subject and not _comes(page, subject):
            span = Span(match.start(1), match.end(1))
            message = f"开头说要对照“{match[1]}”，后面没有这一部分。"
            yield Objection((span,), message)


def _also(page: Page, opening: Span) -> Iterator[Objection]:
    """Object to 并就某某情况作了检视 where nothing of the kind follows."""
    for match in _also_announced().finditer(page.text, *opening):
        group = next(name for name in _SAID if match[name])
        subject = match[group][:2] if group == "say" else _core(match[group])
        if (
            subject
            and not _comes(page, subject)
            and (group == "say" or not _mentioned(page, subject, opening))
        ):
            span = Span(*match.span(group))
            message = f"开头说对“{match[group]}”也作了检查，后面没有这一部分。"
            yield Objection((span,), message)


_REPORT = re.compile(
    r"(?:并|同时|另外|还|一并|最后)[^，。；]{0,26}?(?P<what>述职|述责|述廉|述学)(?!评议|报告会|会议)"
)


def _reports(page: Page, opening: Span) -> Iterator[Objection]:
    """Object to an announced report of an office-holder that never comes."""
    for match in _REPORT.finditer(page.text, *opening):
        if page.text.find(match["what"], match.end()) < 0:
            span = Span(*match.span())
            yield Objection((span,), f"开头说要{match['what']}，后面没有这一部分。")


def _case(page: Page, opening: Span) -> Iterator[Objection]:
    """Object to an announced case of which nothing follows, where the outline asks for none."""
    if severity_of(page, "case") is not None:
        return
    for match in _case_announced().finditer(page.text, *opening):
        if not present(page, "case"):
            message = f"开头说要作案例剖析（{match[0]}），后面没有这一部分。"
            yield Objection((Span(*match.span()),), message)


def _parts(page: Page) -> Iterator[Objection]:
    for part in ("previous", "matters"):
        for span in announcements(page, part):
            if not present(page, part):
                message = f"开头说要报告“{page.words(span)}”，后面没有这一部分。"
                yield Objection((span,), message)


def _subject(name: str) -> str:
    """Return what an announced part is about, or nothing where its name does not say."""
    words = knowledge.table("checks/announced")
    stripped = True
    while stripped:
        stripped = False
        for tail in words["tails"]:
            if name.endswith(tail):
                name, stripped = name.removesuffix(tail), True
    return "" if len(name) < 2 or any(word in name for word in words["generic"]) else name


def _core(name: str) -> str:
    """Return what is left of a name without the words that every announcement has."""
    words = knowledge.table("checks/announced")
    for word in sorted((*words["generic"], *words["tails"], "履行"), key=len, reverse=True):
        name = name.replace(word, "")
    name = name.strip("“”")
    return name if len(name) > 1 else ""


def _mentioned(page: Page, subject: str, opening: Span) -> bool:
    """Tell whether a short subject, which a heading may well abridge, is told further down."""
    return len(subject) < _LONG and page.text.find(subject, opening.end) >= 0


def _comes(page: Page, subject: str) -> bool:
    return any(
        subject in page.words(page.examination.heading_of(point))
        for point in page.examination.points
    )
