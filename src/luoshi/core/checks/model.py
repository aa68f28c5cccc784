"""What a check says: rules, objections, findings with place, reason and basis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from luoshi.core.material.model import Examination
from luoshi.core.reading.model import Document, Span

if TYPE_CHECKING:
    from luoshi.core.checks.page import Page

Family = Literal["structure", "identity", "text", "substance", "measures", "overlap", "recurrence"]
Severity = Literal["error", "warning", "note"]
Basis = Literal["law", "seen", "custom"]


@dataclass(frozen=True, slots=True)
class Meta:
    """What is fixed about a rule.

    ``title`` is its name in Chinese, ``why`` tells in Chinese what is wrong with what it
    objects to; ``basis`` fixes how firmly that may be worded (规定 only for law, 通常 for
    seen and custom). ``on``: run unless an office says otherwise.
    """

    code: str
    title: str
    family: Family
    severity: Severity
    basis: Basis
    why: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class Quoted:
    """A place in an earlier material: ``material`` counts those given, oldest first, from 0."""

    material: int
    span: Span


@dataclass(frozen=True, slots=True)
class Objection:
    """One place a rule objects to.

    ``spans``: the first is the place, the others what it contradicts. ``message`` is one
    Chinese sentence; ``fix`` replaces the first span, or is empty where none is certain;
    ``severity`` and ``why`` only where they differ from the rule's; ``earlier`` are the places
    of earlier materials that it goes by.
    """

    spans: tuple[Span, ...]
    message: str
    fix: str = ""
    severity: Severity | None = None
    why: str = ""
    earlier: tuple[Quoted, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One objection to a material.

    ``code`` names the rule, ``spans`` are the places (the first is the main one),
    ``message`` and ``why`` are Chinese, ``basis`` fixes how firmly they may speak, ``fix``
    is the text to put in place of the first span, or empty where no fix is certain; ``earlier``
    are the places of earlier materials that it goes by.
    """

    code: str
    family: Family
    severity: Severity
    spans: tuple[Span, ...]
    message: str
    why: str
    basis: Basis
    fix: str = ""
    earlier: tuple[Quoted, ...] = ()


class Rule(Protocol):
    """A rule module: one file, one code."""

    META: Meta

    def find(self, page: Page) -> Iterable[Objection]:
        """Return what the rule objects to, in text order."""


@dataclass(frozen=True, slots=True)
class Former:
    """An earlier material of the same author: the name of its file, and what it says."""

    path: str
    examination: Examination


@dataclass(frozen=True, slots=True)
class Report:
    """A document with its examination and everything the rules found in it.

    ``earlier`` are the materials it was held against, oldest first.
    """

    document: Document
    examination: Examination
    findings: tuple[Finding, ...]
    earlier: tuple[Former, ...] = ()
