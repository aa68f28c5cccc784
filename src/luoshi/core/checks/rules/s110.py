"""S110: an enumeration inside a paragraph that leaves a member out.

What: 一是…三是… or 第一，…第三，… in one paragraph, without the one between; or twice the same, or 二是 before 一是.
Why: a member was cut and the rest not counted again, or something is missing.
Basis: custom. Enumerations count up from one.
Example: “一是协调不到位；三是设计变更没有上会研究。”
Counter-example: “一是一、二是二，不搞变通。” and quoted words of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span
from luoshi.core.text.numerals import number

META = Meta(
    code="S110",
    title="段内分点不连续",
    family="structure",
    severity="warning",
    basis="custom",
    why="段内的“一是、二是”应当依次排列；请补上漏掉的一点，或者重新编号。",
)
_CN = "[一二三四五六七八九十]{1,2}"
_MARK = re.compile(
    rf"(?<=[。；：，！？;:,\s])(?:(?P<shi>{_CN})(?:是|要|则)|第(?P<di>{_CN})[，、]|其(?P<qi>{_CN})[，、])"
    rf"|(?<=[。；：，！？;:,\s])(?P<seq>首先|其次|再次)(?=[，、是要])|(?P<circ>[①-⑳])|(?<=[。；：，;:\s])[（(](?:(?P<arp>\d{{1,2}})|(?P<cnp>{_CN}))[）)]"
)
_WORDS = {"首先": 1, "其次": 2, "再次": 3}
_BREAKS = "。；：，;: \n"
# Bracketed figures come as references, too: only a list of so many counts.
_BRACKETS = ("arp", "cnp", "circ")
_FEWEST = 3


def find(page: Page) -> Iterator[Objection]:
    """Object to every member that does not follow the one before it."""
    firsts = page.hits("ordinal-first")
    seconds = page.hits("ordinal-second")
    before = False
    for low, high in page.paragraphs:
        first = any(low <= hit.start < high for hit in firsts)
        if first:
            yield from _paragraph(page, low, high)
        elif _LATER.search(page.text, low, high):
            yield from _turned(page, low, high)
        elif not before:
            yield from _headless(page, [hit for hit in seconds if low < hit.start < high])
        before = first


# Numbers that go on from the paragraph before: ③…⑤…④.
_LATER = re.compile("[③-⑳][^①②\n]*[③-⑳]")


def _turned(page: Page, low: int, high: int) -> Iterator[Objection]:
    """Object to a number that stands before the one it should follow."""
    found = [m for m in _MARK.finditer(page.text, max(0, low - 1), high) if m["circ"]]
    members = [(number(m["circ"]) or 0, Span(*m.span())) for m in found]
    for (was, before), (now, here) in pairwise(members):
        if now < was <= now + 2:
            yield _objection(page, before, here, "“{0}”写在了“{1}”前面，顺序颠倒。")


def _headless(page: Page, seconds: list[Span]) -> Iterator[Objection]:
    """Object to a 二是 in a paragraph that has no 一是, nor the one above."""
    for hit in seconds[:1]:
        if page.text[hit.start - 1] in _BREAKS:
            words = page.words(hit).rstrip("，、")
            span = Span(hit.start, hit.start + len(words))
            yield Objection((span,), f"直接从“{words}”开始，前面缺了一点。")


def _paragraph(page: Page, low: int, high: int) -> Iterator[Objection]:
    runs: dict[str, list[tuple[int, Span]]] = {}
    for match in _MARK.finditer(page.text, max(0, low - 1), high):
        kind = match.lastgroup or ""
        value = _WORDS.get(match[kind]) or number(match[kind]) or 0
        kind = "di" if kind == "seq" else kind
        runs.setdefault(kind, []).append((value, Span(match.start(), match.end())))
    for kind, members in runs.items():
        if kind in _BRACKETS and (len(members) < _FEWEST or members[0][0] != 1):
            continue
        values = {value for value, _ in members}
        if members[0][0] == 2 and len(members) > 1 and members[1][0] == 1:
            yield _objection(page, members[0][1], members[1][1], "“{0}”写在了“{1}”前面，顺序颠倒。")
        for (was, before), (now, here) in pairwise(members):
            if now > was + 1 and not values & set(range(was + 1, now)):
                yield _objection(page, here, before, "“{1}”后面直接是“{0}”，中间缺了一点。")
            elif 1 < now < was <= now + 2:
                yield _objection(page, before, here, "“{0}”写在了“{1}”前面，顺序颠倒。")
            elif now == was > 1:
                yield _objection(page, here, before, "“{0}”写了两次，请重新编号。")


def _objection(page: Page, here: Span, other: Span, message: str) -> Objection:
    words = page.words(here).rstrip("，、")
    span = Span(here.start, here.start + len(words))
    return Objection((span, other), message.format(words, page.words(other).rstrip("，、")))
