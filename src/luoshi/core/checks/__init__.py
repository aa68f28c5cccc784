"""Rules that read an examination as a careful reviewer does: one rule, one file, one code."""

from __future__ import annotations

from luoshi.core.checks.model import Basis, Family, Finding, Report, Rule, Severity
from luoshi.core.checks.rules import ALL
from luoshi.core.material.model import Examination

__all__ = ["Basis", "Family", "Finding", "Report", "Rule", "Severity", "run"]


def run(examination: Examination) -> tuple[Finding, ...]:
    """Return the findings of all rules, in text order."""
    found = [finding for rule in ALL for finding in rule.find(examination)]
    return tuple(sorted(found, key=lambda f: (f.spans[0].start if f.spans else 0, f.code)))
