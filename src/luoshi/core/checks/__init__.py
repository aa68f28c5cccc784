"""Rules that read an examination as a careful reviewer does: one rule, one file, one code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from luoshi.core.checks.model import (
    Basis,
    Family,
    Finding,
    Former,
    Meta,
    Objection,
    Quoted,
    Report,
    Rule,
    Severity,
)
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules import all_rules, rule
from luoshi.core.material.model import Examination

__all__ = [
    "LINK_RULES", "Basis", "Family", "Finding", "Former", "Meta", "Objection", "Page", "Quoted",
    "Report", "Rule", "Severity", "all_rules", "rule", "run",
]  # fmt: skip

# What splitting alone can say: problems and measures that have no counterpart.
LINK_RULES = ("m101", "m102")


def run(
    examination: Examination,
    rules: Iterable[Rule] | None = None,
    earlier: Sequence[Examination] = (),
) -> tuple[Finding, ...]:
    """Return the findings in text order, of ``rules`` or of all rules that are on.

    ``earlier`` are the author's materials before this one, oldest first.
    """
    page = Page(examination, earlier)
    chosen = [each for each in all_rules() if each.META.on] if rules is None else rules
    found = [_finding(each.META, objection) for each in chosen for objection in each.find(page)]
    return tuple(sorted(found, key=lambda f: (f.spans[0].start if f.spans else 0, f.code)))


def _finding(meta: Meta, objection: Objection) -> Finding:
    return Finding(
        meta.code,
        meta.family,
        objection.severity or meta.severity,
        objection.spans,
        objection.message,
        objection.why or meta.why,
        meta.basis,
        objection.fix,
        objection.earlier,
    )
