"""The defects planted in the sample, and which of them a report has found.

The list is ``data/samples/defects.toml``; its head says what the fields mean.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from luoshi.core.checks import rule
from luoshi.core.checks.handbook import FAMILY_NAMES
from luoshi.core.checks.model import Finding, Report, Severity
from luoshi.core.reading.model import Span

_GRADES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True)
class Planted:
    """One defect that was put into the sample on purpose."""

    kind: str
    quote: str
    paragraphs: tuple[str, ...]
    severity: Severity
    why: str
    codes: tuple[str, ...]
    missed: bool = False

    @property
    def family(self) -> str:
        """The Chinese name of the family of rules whose business it is."""
        return FAMILY_NAMES[rule(self.codes[0].lower()).META.family] if self.codes else "还没有规则"

    def found_by(self, report: Report) -> Finding | None:
        """Return a finding of one of ``codes`` at these words and at least as grave."""
        places = _places(report.document.text, self.quote)
        grave = _GRADES[: _GRADES.index(self.severity) + 1]
        mine = (f for f in report.findings if f.code in self.codes and f.severity in grave)
        return next((f for f in mine if any(_meet(s, p) for s in f.spans for p in places)), None)


def planted() -> tuple[Planted, ...]:
    """Return the defects of the sample, in the order of its text."""
    text = (files("luoshi") / "data" / "samples" / "defects.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["defect"]
    for row in rows:
        row["paragraphs"], row["codes"] = tuple(row["paragraphs"]), tuple(row["codes"])
    return tuple(Planted(**row) for row in rows)


def _places(text: str, words: str) -> list[Span]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append(Span(at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
