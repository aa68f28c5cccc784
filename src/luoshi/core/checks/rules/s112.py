"""S112: a cause inside a problem.

What: a problem that goes on to say why (究其原因…, 根源在于…), in a material that has a
part on causes; told by its words (根源在于) or by an attitude that is blamed (怕得罪人的思想在作怪).
Once in a sentence.
Why: the part on causes then either repeats it or lacks it.
Basis: custom. The parts stand apart: problems, then causes (DOMAIN.md §2).
Example: “……自己照本宣科。究其原因，还是把组织生活当成了额外负担。”
Counter-example: the same where each aspect has its problems, causes and measures together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import quoted
from luoshi.core.checks.rules._structure import causes_apart
from luoshi.core.reading.model import Span

META = Meta(
    code="S112",
    title="问题里写了原因",
    family="structure",
    severity="warning",
    basis="custom",
    why="原因通常集中写在原因分析部分；请移过去，问题里只写人、写事、写表现。",
)
_NOT = ("没有", "没", "未", "不", "缺乏", "缺少", "很少", "少有")
# What somebody thinks or fears is a cause whatever leads to it.
_MIND = re.compile(r"怕|私心|抱着|心态|思想|观念|侥幸|畏难|图省事|图轻松|碍于|面子")
_CLAUSE_END = re.compile(r"[，。；！？\n]")


def find(page: Page) -> Iterator[Objection]:
    """Object to causes in problems; to none where causes stand under each aspect anyway."""
    if not causes_apart(page):
        return
    firm = {*page.hits("cause-lead"), *_framed(page)}
    begun = {hit.start for hit in firm}
    soft = {hit for hit in page.hits("cause-lead-soft") if hit.start not in begun}
    last = -1
    for hit in sorted(firm | soft):
        point = page.point_at(hit.start)
        if point is None or hit.start < last or _denied(page, hit):
            continue
        if point.kind == "problem" and hit.start > point.words:
            # One sentence has one cause, however often it says so.
            stop = page.text.find("。", hit.end, point.end)
            last = point.end if stop < 0 else stop
            end = _CLAUSE_END.search(page.text, hit.end + 1, point.end)
            span = Span(hit.start, end.start() if end else point.end)
            message = f"“{page.words(hit)}”说的是原因，写在了问题里。"
            minded = _MIND.search(page.text, hit.end, last)
            yield Objection((span,), message, severity=None if hit in firm or minded else "note")


@cache
def _frame() -> re.Pattern[str]:
    patterns = knowledge.table("checks/words-structure")["patterns"]
    return re.compile(f"{patterns['cause-frame']}|{patterns['cause-inner']}")


def _framed(page: Page) -> Iterator[Span]:
    """Yield the frames that lead to a cause (之所以……是因为……), outside quotations."""
    for point in page.points("problem"):
        if not page.hits("cause-anchor", (point.words, point.end)):
            continue
        for sentence in page.sentences_of(point):
            if page.hits("cause-anchor", sentence):
                for match in _frame().finditer(page.text, *sentence):
                    if not quoted(page, match.start()):
                        yield Span(*match.span())


def _denied(page: Page, hit: Span) -> bool:
    """Tell whether the clause says that nobody looked for the cause (没有分析原因)."""
    low = max(page.text.rfind(sign, 0, hit.start) + 1 for sign in "，。；：！？\n")
    return any(word in page.text[low : hit.start] for word in _NOT)
