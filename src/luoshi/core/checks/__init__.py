"""Rules that read an examination as a careful reviewer does: one rule, one file, one code."""

from __future__ import annotations

from collections.abc import Iterable

from luoshi.core.checks.model import (
    Basis,
    Family,
    Finding,
    Meta,
    Objection,
    Report,
    Rule,
    Severity,
)
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules import ALL
from luoshi.core.material.model import Examination

__all__ = [
    "ALL", "Basis", "Family", "Finding", "Meta", "Objection", "Page", "Report", "Rule",
    "Severity", "run",
]  # fmt: skip


def run(examination: Examination, rules: Iterable[Rule] | None = None) -> tuple[Finding, ...]:
    """Return the findings in text order, of ``rules`` or of all rules that are on."""
    page = Page(examination)
    chosen = [rule for rule in ALL if rule.META.on] if rules is None else rules
    found = [_finding(rule.META, objection) for rule in chosen for objection in rule.find(page)]
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
    )
