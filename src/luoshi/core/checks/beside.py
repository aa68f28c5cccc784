"""Findings that say two things of the same words: a reader gets them as one.

A measure of attitudes only that answers no problem is objected to by M102 and by M103. Both are
right; two marks on one sentence are one too many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from luoshi.core.checks.model import Finding

# The rule that gives way, the one that stays, and what it says in addition.
_PAIRS = (
    ("M102", "M103", "，也没有对应前面提出的任何问题"),
    ("R102", "R101", "；上次为它定的措施只有态度，没有写明做什么、谁来做、何时做完"),
    ("R102", "R107", "；上次为它定的措施只有态度，没有写明做什么、谁来做、何时做完"),
)


def joined(findings: Sequence[Finding]) -> dict[int, Finding | None]:
    """Return what becomes of findings by their index: None for one told by another, or the other.

    Findings that stay as they are do not appear.
    """
    changed: dict[int, Finding | None] = {}
    for weaker, stronger, words in _PAIRS:
        places = {f.spans[0]: i for i, f in enumerate(findings) if f.code == stronger and f.spans}
        for index, finding in enumerate(findings):
            other = places.get(finding.spans[0]) if finding.spans else None
            if finding.code == weaker and other is not None:
                kept = findings[other]
                changed[index] = None
                message = kept.message.rstrip("。") + words + "。"
                earlier = tuple(dict.fromkeys((*kept.earlier, *finding.earlier)))
                changed[other] = replace(kept, message=message, earlier=earlier)
    return changed
