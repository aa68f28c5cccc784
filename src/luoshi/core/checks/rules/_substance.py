"""What the rules on substance share: how concrete a statement is, and where words are quoted."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from luoshi.core import knowledge
from luoshi.core.checks.page import Page
from luoshi.core.material.model import Point
from luoshi.core.reading.model import Span

_COUNTED = (
    "次|回|件|起|个月|个小区|个社区|个科室|个项目|个支部|个单位|户|名|人|天|周|年|家|栋|处|份|张|场|项|期|遍|成|倍|万|元|"
    "小时|分钟|公里|亩|桌|盒|辆|台|趟|条|篇|本|节|批|只|笔|宗|款|封|间|层|箱|吨|块|页|盆|艘|部"
)
# Three patterns, each with a first character of its own: one for all is five times slower.
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NUMERAL = re.compile(rf"[二两三四五六七八九十百半几][十百]?[多余来]?(?:{_COUNTED})")
_HARDLY_ONE = re.compile(
    r"[没只仅一](?:[^，。]{0,6}一[次回件户家名遍堂节篇本趟条场份句笔张]|(?:次|回|件|户|家|个人|名|遍|个)[也都][没不未])"
)
# Numbers of items of a list, of years alone, of a hotline: they count nothing.
_NO_COUNT = re.compile(r"[）)、．.]|年(?:度|来|以来|[^0-9])")
_NAMES = re.compile(r"《[^》]{2,}》")
_BREAKS = frozenset("的了到对在与和各等是为将把向从及，。、；：（）()“”\"'\n　 一二三0123456789")


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the pattern ``name`` of data/checks/words-substance.toml; raises ``KeyError``."""
    found: dict[str, Any] = knowledge.table("checks/words-substance")["patterns"]
    return re.compile(found[name])


def is_quoted(page: Page, position: int, start: int) -> bool:
    """Tell whether ``position`` stands inside “…” opened after ``start``."""
    return page.text.rfind("“", start, position) > page.text.rfind("”", start, position)


def first_figure(page: Page, span: tuple[int, int]) -> int:
    """Return where a count, date or amount of a span stands, or -1.

    Fixed terms (八项规定, 八小时以外) and the years somebody has served count nothing.
    """
    text = page.text
    for match in _DIGITS.finditer(text, *span):
        before = text[match.start() - 1 : match.start()]
        if (before and before in "（(第") or match[0] == "12345":
            continue
        if not _NO_COUNT.match(text, match.end()) and not _is_fixed(page, match, span):
            return match.start()
    for found in (_NUMERAL.finditer(text, *span), _HARDLY_ONE.finditer(text, *span)):
        for match in found:
            if not _is_fixed(page, match, span):
                return match.start()
    return -1


def _is_fixed(page: Page, match: re.Match[str], span: tuple[int, int]) -> bool:
    low = max(span[0], match.start() - 5)
    fixed = pattern("no_figure").search(page.text, low, min(span[1], match.end() + 4))
    return fixed is not None and fixed.end() > match.start()


def is_firm(page: Page, span: tuple[int, int]) -> bool:
    """Tell whether a span names when, where, how many, which document or who said what."""
    return (
        bool(page.hits("event", span))
        or _names_place(page, span)
        or _NAMES.search(page.text, *span) is not None
        or (
            page.text.find("“", *span) >= 0
            and pattern("speech").search(page.text, *span) is not None
        )
        or first_figure(page, span) >= 0
    )


def _names_place(page: Page, span: tuple[int, int]) -> bool:
    generic = _generic_before()
    for hit in page.hits("place-suffix", span):
        before = page.text[max(span[0], hit.start - 2) : hit.start]
        if len(before) == 2 and before not in generic and _BREAKS.isdisjoint(before):
            return True
    return False


@cache
def _generic_before() -> frozenset[str]:
    words: list[str] = knowledge.table("checks/words-substance")["lists"]["generic-before"]
    return frozenset(words)


@cache
def generic_words() -> re.Pattern[str]:
    """Return a pattern of the words that statements on quite different matters share."""
    words: list[str] = knowledge.table("checks/words-substance")["lists"]["generic-matter"]
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


@lru_cache(maxsize=1)
def empty_problems(page: Page) -> frozenset[str]:
    """Return the ids of the problems that tell nothing concrete.

    Nothing firm (:func:`is_firm`), fewer than three different tangible things, and more
    abstract words than tangible ones; or two clauses and more that only judge (不强，不深).
    """
    found: set[str] = set()
    for point in page.points("problem"):
        label = pattern("label").match(page.text, point.words, point.end)
        span = (label.end() if label else point.words, point.end)
        if is_firm(page, span):
            continue
        tangible = {page.words(hit) for hit in page.hits("tangible", span)}
        abstract = {page.words(hit) for hit in page.hits("abstract", span)}
        verdicts = sum(1 for _ in pattern("verdict").finditer(page.text, *span))
        empty = len(tangible) < 3 and len(abstract) >= 2 and len(abstract) > len(tangible)
        if empty or (len(tangible) < 2 and verdicts >= 2):
            found.add(point.id)
    return frozenset(found)


def heading_of(page: Page, point: Point) -> Span:
    """Return the first sentence of a point that says something, from the point's number on.

    In an audit the first one is often a code with the clause in brackets (NC-05（一般，采购部）。).
    """
    sentences = page.sentences_of(point)
    first = page.examination.heading_of(point)
    if len(sentences) > 1 and pattern("label").fullmatch(page.text, *sentences[0]):
        return Span(first.start, sentences[1].end)
    return first


def shown(page: Page, span: tuple[int, int]) -> str:
    """Return the words of a span as a message shows them: on one line, 40 characters at most."""
    words = "".join(page.words(span).split())
    return words if len(words) <= 40 else words[:39] + "…"


def clause_end(page: Page, position: int, limit: int) -> int:
    """Return where the clause at ``position`` ends: before the next ，；。 or at ``limit``."""
    text = page.text
    while position < limit and text[position] not in "，；。,;！？!?":
        position += 1
    return position


def clause_start(page: Page, position: int, limit: int) -> int:
    """Return where the clause at ``position`` begins: after the last ，；。 or at ``limit``."""
    text = page.text
    while position > limit and text[position - 1] not in "，；。,;！？!?":
        position -= 1
    return position


def clause_of(page: Page, hit: Span, sentence: Span) -> Span:
    """Return the clause of ``sentence`` in which ``hit`` stands."""
    low = clause_start(page, hit.start, sentence.start)
    return Span(low, clause_end(page, hit.end, sentence.end))
