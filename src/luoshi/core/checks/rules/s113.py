"""S113: a new problem inside a cause.

What: a cause that names a concrete failing (with its month or figure, or singled out by
特别是 with the author's post) of which no problem speaks.
Why: a failing named only among the causes has no measure and is never rectified.
Basis: seen. A real paper names its gravest failing in a cause (DOMAIN.md §2).
Example: “……特别是去年8月，未经会议研究就签订协议，金额12.6万元。” and no such problem.
Counter-example: a cause that comes back to a figure that a problem gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._structure import causes_apart
from luoshi.core.reading.model import Span

META = Meta(
    code="S113",
    title="原因里冒出新问题",
    family="structure",
    severity="warning",
    basis="seen",
    why="只写在原因里的问题没有措施，也不会进台账；请列入存在的问题，并补上措施。",
)
_FACT = re.compile(
    r"\d[\d.,]*(?:万元|亿元|元|件|起|处|户|栋|台)|\d{4}年\d{1,2}月|[一-九]月\d{1,2}日"
)
_POST = "作为"
# So many characters in common with a problem, and the matter is not new.
_COMMON = 5


def find(page: Page) -> Iterator[Objection]:
    """Object to failings in causes that are concrete (warning) or singled out (note)."""
    if not causes_apart(page):
        return
    for cause in page.points("cause"):
        for sentence in page.sentences_of(cause):
            yield from _sentence(page, sentence)


def _sentence(page: Page, sentence: Span) -> Iterator[Objection]:
    failing = page.hits("failing", sentence)
    if not failing:
        return
    stop = len(page.words(sentence).rstrip("。！；")) + sentence.start
    told = _told(page)
    facts = _FACT.findall(page.words(sentence))
    if facts and not _known(facts, page.words(sentence), told):
        span = Span(failing[0].start, stop)
        yield Objection((span,), f"这是一个具体问题（{facts[-1]}），前面查摆的问题里没有。")
        return
    for marker in page.hits("singled-out", sentence):
        after = [hit for hit in failing if hit.start >= marker.end]
        if not after or _POST not in page.text[marker.end : after[0].start]:
            continue
        span = Span(after[0].start, stop)
        if not _same(page.words(span), told):
            message = f"“{page.words(marker)}”后面像是一个新问题，前面查摆的问题里没有。"
            yield Objection((span,), message, severity="note")
            return


def _told(page: Page) -> str:
    """Return the words of all other points."""
    texts = (page.examination.text_of(p) for p in page.examination.points if p.kind != "cause")
    return "\n".join(texts)


def _known(facts: list[str], sentence: str, told: str) -> bool:
    """Tell whether a problem gives one of the facts; a month alone may be another matter's."""
    there = [fact for fact in facts if fact in told]
    figures = [fact for fact in there if not fact.endswith(("月", "日"))]
    return bool(figures) or (bool(there) and _same(_FACT.sub("", sentence), told))


def _same(words: str, told: str) -> bool:
    return any(words[i : i + _COMMON] in told for i in range(len(words) - _COMMON + 1))
