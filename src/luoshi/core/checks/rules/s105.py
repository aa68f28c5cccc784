"""S105: a heading that the outline requires is missing.

What: one or more of the outline's headings (带头…, …方面) under which nothing stands.
Why: an aspect left out looks like an aspect without problems.
Basis: seen for the outlines whose headings were read in notices; data for the others.
Example: six aspects are required, the material has no “廉洁自律方面”.
Counter-example: the aspect is there in other words, or the opening says that three of the
six are examined (a note only).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._structure import headings, misnamed, severity_of, whole
from luoshi.core.reading.model import Span
from luoshi.core.text.normalise import folded
from luoshi.core.text.numerals import number

META = Meta(
    code="S105",
    title="缺少提纲要求的方面",
    family="structure",
    severity="error",
    basis="seen",
    why="提纲列出的方面通常要逐个对照；确实没有问题的方面，也应写明检查情况。",
)
# Fewer aspects found than this: the text follows another outline, or none.
_FEWEST = 2
_ASPECTS_SAID = re.compile(r"([一二三四五六七八九十\d]{1,2})个方面")


def find(page: Page) -> Iterator[Objection]:
    """Object once, naming every aspect that no heading and no item takes up."""
    severity = severity_of(page, "aspect")
    if severity is None or not whole(page):
        return
    wanted = [a for a in page.outline.aspects if not a.optional and a.part == "problem"]
    taken = {point.aspect for point in page.examination.points}
    if len(taken & {aspect.name for aspect in wanted}) < _FEWEST:
        return
    named_otherwise = {name for _, name in misnamed(page)}
    words = [folded(page.words(page.examination.heading_of(p))) for p in page.points("problem")]
    absent = [
        aspect.name
        for aspect in wanted
        if aspect.name not in taken | named_otherwise
        and not any(aspect.keys.search(w) for w in words)
    ]
    if absent:
        if _fewer_announced(page, len(wanted) - len(absent)):
            severity = "note"
        names = "”“".join(absent)
        yield Objection((_place(page),), f"提纲要求的“{names}”没有写到。", severity=severity)


def _place(page: Page) -> Span:
    for point, part in headings(page):
        if part == "problem":
            return Span(point.start, point.end)
    return page.examination.profile.title_span or page.paragraphs[0]


def _fewer_announced(page: Page, there: int) -> bool:
    """Tell whether the opening limits the examination to the aspects that are there."""
    opening = page.examination.profile.opening
    words = folded(page.words(opening)) if opening else ""
    return any(number(match[1]) == there for match in _ASPECTS_SAID.finditer(words))
