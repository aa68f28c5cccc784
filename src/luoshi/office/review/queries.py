"""What the pages of the review desk show. A constant number of statements, however many rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from luoshi.core.checks.handbook import FAMILY_NAMES
from luoshi.core.checks.rules import rule
from luoshi.core.knowledge import table
from luoshi.core.review.figures import EDITION
from luoshi.core.review.recurring import EDITION as RECURRING
from luoshi.office.examinations.models import Examination
from luoshi.office.review.models import (
    Comparison,
    Decision,
    Draft,
    Figures,
    Recurrence,
    Remark,
    Share,
    Submission,
)

FAMILIES = dict(FAMILY_NAMES)
GRADES = {"error": "错误", "warning": "提醒", "note": "提示"}


@cache
def family(code: str) -> str:
    """Return the family of a rule; of one that this version does not have: text."""
    try:
        return rule(code.lower()).META.family
    except ModuleNotFoundError:
        return "text"


@cache
def named(code: str) -> str:
    """Return the title of a rule, or nothing where this version has none such."""
    try:
        return rule(code.lower()).META.title
    except ModuleNotFoundError:
        return ""


def newest(*batches: int) -> QuerySet[Draft]:
    """Return the newest draft of each submission of some batches, in order of unit and name."""
    last = Draft.objects.filter(submission=OuterRef("submission")).order_by("-number")
    rows: QuerySet[Draft] = Draft.objects.filter(
        submission__batch__in=batches, pk=Subquery(last.values("pk")[:1])
    )
    return rows.order_by(F("submission__unit__name").asc(nulls_last=True), "submission__name", "pk")


def last_done(batch: int) -> Comparison | None:
    """Return the newest comparison of a batch that is done."""
    rows = Comparison.objects.filter(batch=batch, state=Comparison.State.DONE)
    found: Comparison | None = rows.order_by("-pk").first()
    return found


@dataclass
class Line:
    """A material in the table: counts with places, nothing that adds up what is of different kinds."""

    draft: Draft
    submission: Submission
    families: dict[str, int] = field(default_factory=dict)
    grades: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    figures: dict[str, Any] | None = None
    share: Share | None = None
    recurrence: dict[str, Any] | None = None
    remarks: int = 0
    decision: Decision | None = None

    def part(self, kind: str) -> int | None:
        """Return how many in a hundred characters the points of a part have."""
        if not self.figures or not self.figures["characters"]:
            return None
        return round(100 * int(self.figures["parts"][kind]) / int(self.figures["characters"]))

    @property
    def problems(self) -> int | None:
        """How many problems it names."""
        return len(self.figures["problems"]) if self.figures else None

    @property
    def concrete(self) -> int | None:
        """How many of them name when, where, how many, or which thing."""
        return sum(p["concrete"] for p in self.figures["problems"]) if self.figures else None

    @property
    def measures(self) -> int | None:
        """How many measures it has."""
        return len(self.figures["measures"]) if self.figures else None

    @property
    def can_act(self) -> int | None:
        """How many of them have an owner, a deadline and an indicator."""
        return sum(m["can_act"] for m in self.figures["measures"]) if self.figures else None

    @property
    def shared(self) -> int | None:
        """How many in a hundred characters stand in other texts too."""
        if self.share is None or not self.figures or not self.figures["characters"]:
            return None
        return round(100 * self.share.characters / int(self.figures["characters"]))

    @property
    def recurring(self) -> int | None:
        """How many of last year's problems come again."""
        return self._returned("recurring", "empty", "sharpened")

    @property
    def still_empty(self) -> int | None:
        """How many of them name nothing, as last year."""
        return self._returned("empty")

    def _returned(self, *states: str) -> int | None:
        rows = self.recurrence["rows"] if self.recurrence else None
        return None if rows is None else sum(row["state"] in states for row in rows)

    @property
    def problem_share(self) -> int | None:
        """The share of the problems, in a hundred characters."""
        return self.part("problem")

    @property
    def cause_share(self) -> int | None:
        """The share of the causes."""
        return self.part("cause")

    @property
    def measure_share(self) -> int | None:
        """The share of the measures."""
        return self.part("measure")


def lines(batch: int, done: Comparison | None, *, all_remarks: bool) -> list[Line]:
    """Return the table of a batch: the newest draft of each submission, by unit and name.

    ``all_remarks``: also those that no decision has made known yet.
    """
    drafts = list(
        newest(batch).select_related("submission__unit", "submission__author", "examination")
        .defer("examination__text", "examination__blocks", "examination__findings")
    )  # fmt: skip
    found = {d.pk: Line(d, d.submission) for d in drafts}
    materials = [d.examination_id for d in drafts]
    held = dict(
        Figures.objects.filter(examination__in=materials, edition=EDITION).values_list(
            "examination_id", "held"
        )
    )
    recurring = {
        (before, after): row for before, after, row in Recurrence.objects.filter(
            after__in=materials, edition=RECURRING).values_list("before_id", "after_id", "held")
    }  # fmt: skip
    for line in found.values():
        line.figures = held.get(line.draft.examination_id)
        line.recurrence = recurring.get((line.submission.previous_id, line.draft.examination_id))
    _count_findings(found.values())
    for share in Share.objects.filter(comparison=done, draft__in=found) if done else ():
        found[share.draft_id].share = share
    for decision in Decision.objects.filter(draft__in=found, withdrawn=False).select_related("by"):
        found[decision.draft_id].decision = decision
    remarks = Remark.objects.filter(draft__in=found, withdrawn=False)
    for key in remarks.exclude(kind=Remark.Kind.DISMISSED).values_list("draft_id", flat=True):
        if all_remarks or found[key].decision:
            found[key].remarks += 1
    return list(found.values())


def _count_findings(rows: Iterable[Line]) -> None:
    """Put the counts of findings on lines: those kept with the figures, others counted now."""
    unknown = [line for line in rows if not line.figures or "findings" not in line.figures]
    keys = [line.draft.examination_id for line in unknown]
    read = dict(Examination.objects.filter(pk__in=keys).values_list("pk", "findings"))
    for line in rows:
        held = line.figures.get("findings") if line.figures else None
        counted = held or counts_of(read[line.draft.examination_id])
        line.families, line.grades = counted["families"], counted["grades"]
        line.missing = [named(code) for code in counted["missing"]]


def counts_of(findings: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return how many findings there are by family and severity, and which parts are missing."""
    lacking = set(table("review/words")["missing"])
    rows = list(findings)
    return {
        "families": dict(Counter(family(f["code"]) for f in rows)),
        "grades": dict(Counter(f["severity"] for f in rows)),
        "missing": list(dict.fromkeys(f["code"] for f in rows if f["code"] in lacking)),
    }


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding of the program with its number, and what a reviewer said of it."""

    number: int
    finding: dict[str, Any]
    family: str
    title: str
    remark: Remark | None

    @property
    def grade(self) -> str:
        """The severity in words."""
        return GRADES[self.finding["severity"]]


def judged(draft: Draft, remarks: Iterable[Remark]) -> list[Judged]:
    """Return the findings of a draft in text order, with the remarks on them."""
    by_finding = {r.finding: r for r in remarks if r.finding}
    return [
        Judged(n, f, family(f["code"]), named(f["code"]), by_finding.get(n))
        for n, f in enumerate(draft.examination.findings, 1)
    ]


def by_place(remarks: Iterable[Remark]) -> dict[str, list[Remark]]:
    """Return remarks by kind."""
    found: dict[str, list[Remark]] = defaultdict(list)
    for remark in remarks:
        found[remark.kind].append(remark)
    return found
