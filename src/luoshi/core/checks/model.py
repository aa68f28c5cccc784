"""What a check says: findings with place, reason and basis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from luoshi.core.material.model import Examination
from luoshi.core.reading.model import Document, Span

Family = Literal["structure", "identity", "text", "substance", "measures", "overlap", "recurrence"]
Severity = Literal["error", "warning", "note"]
Basis = Literal["law", "seen", "custom"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One objection to a material.

    ``code`` names the rule, ``spans`` are the places (the first is the main one),
    ``message`` and ``why`` are Chinese, ``basis`` fixes how firmly they may speak, ``fix``
    is the text to put in place of the first span, or empty where no fix is certain.
    """

    code: str
    family: Family
    severity: Severity
    spans: tuple[Span, ...]
    message: str
    why: str
    basis: Basis
    fix: str = ""


class Rule(Protocol):
    """A rule module: one file, one code."""

    CODE: str

    def find(self, examination: Examination) -> list[Finding]:
        """Return what the rule objects to, in text order."""


@dataclass(frozen=True, slots=True)
class Report:
    """A document with its examination and everything the rules found in it."""

    document: Document
    examination: Examination
    findings: tuple[Finding, ...]
