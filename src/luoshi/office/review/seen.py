"""What lies on a draft's text in each of its views: findings, problems, measures, copies, remarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from luoshi.core.knowledge import table
from luoshi.core.review.figures import EDITION
from luoshi.office.review.marks import Mark, number_at
from luoshi.office.review.models import Comparison, Draft, Figures, Passage, Remark
from luoshi.office.review.queries import Judged

LOOKS = {"error": "doubt doubt-bad", "warning": "doubt", "note": "doubt doubt-soft"}


def of_findings(found: Sequence[Judged]) -> list[Mark]:
    """Return the marks of findings that have a place."""
    return [
        Mark(one.finding["spans"][0][0], one.finding["spans"][0][1], f"f{one.number}", LOOKS[one.finding["severity"]],
             f"检查意见{one.number}")
        for one in found if one.finding["spans"]
    ]  # fmt: skip


def of_remarks(remarks: Sequence[Remark]) -> list[Mark]:
    """Return the marks of a reviewer's own remarks."""
    return [
        Mark(r.start, r.end, f"r{r.pk}", "remarked", "审阅意见")
        for r in remarks if r.kind == Remark.Kind.OWN
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A problem or measure as a list shows it: its words, what it has, what it lacks."""

    number: int
    path: str
    words: str
    good: bool
    has: tuple[str, ...]
    lacks: tuple[str, ...]


def figures_of(draft: Draft) -> dict[str, Any] | None:
    """Return the figures of a draft, if they have been worked out."""
    found: dict[str, Any] | None = (
        Figures.objects.filter(examination=draft.examination_id, edition=EDITION)
        .values_list("held", flat=True).first()
    )  # fmt: skip
    return found


def problems(draft: Draft, held: dict[str, Any]) -> tuple[list[Told], list[Mark]]:
    """Return the problems with what each names, and their marks."""
    names: dict[str, str] = table("review/words")["has"]
    text, rows, marks = draft.examination.text, [], []
    for n, one in enumerate(held["problems"], 1):
        has = tuple(words for key, words in names.items() if key in one["has"])
        lacks = tuple(words for key, words in names.items() if key not in one["has"])
        rows.append(Told(n, one["path"], _short(text, one), one["concrete"], has, lacks))
        look = "mark mark-problem" if one["concrete"] else "mark mark-problem doubt"
        marks.append(Mark(one["start"], one["end"], f"p{n}", look, f"第{n}个问题"))
    return rows, marks


def measures(draft: Draft, held: dict[str, Any]) -> tuple[list[Told], list[Mark]]:
    """Return the measures with what each lacks, and their marks."""
    names: dict[str, str] = table("review/words")["lacks"]
    text, rows, marks = draft.examination.text, [], []
    for n, one in enumerate(held["measures"], 1):
        lacks = tuple(words for key, words in names.items() if key in one["missing"])
        if not lacks and not one["can_act"]:
            lacks = ("要做的事",)
        has = tuple(words for key, words in names.items() if key not in one["missing"])
        rows.append(Told(n, one["path"], _short(text, one), one["can_act"], has, lacks))
        look = "mark mark-measure" if one["can_act"] else "mark mark-measure doubt"
        marks.append(Mark(one["start"], one["end"], f"m{n}", look, f"第{n}条措施"))
    return rows, marks


def _short(text: str, one: dict[str, Any]) -> str:
    words = " ".join(text[one["start"] : one["end"]].split())
    return words if len(words) <= 60 else f"{words[:59]}…"


@dataclass(frozen=True, slots=True)
class Copy:
    """A passage of a draft that stands elsewhere: where here, where there, whose that is."""

    number: int
    start: int
    end: int
    words: str
    where: str
    other: Draft | None
    template: int | None
    place: str
    exact: bool
    covered: int


def copies(draft: Draft, done: Comparison | None) -> tuple[list[Copy], list[Mark]]:
    """Return the passages that a draft shares with other texts, in text order, and their marks."""
    if done is None:
        return [], []
    rows = Passage.objects.filter(Q(one=draft) | Q(other=draft), comparison=done)
    rows = rows.select_related(
        "one__submission__batch", "other__submission__batch", "template"
    ).defer("template__text")
    found = sorted((_copy(row, draft) for row in rows), key=lambda c: (c[0], -c[1], c[3], c[2].pk))
    text, out, marks = draft.examination.text, [], []
    for n, (start, end, row, where) in enumerate(found, 1):
        other = row.template is None and (row.other if row.one_id == draft.pk else row.one)
        words = " ".join(text[start:end].split())
        out.append(
            Copy(
                n, start, end, words if len(words) <= 80 else f"{words[:79]}…", where, other or None,
                row.template_id, f"第{number_at(text, start)}段", row.exact, round(row.covered / 10),
            )
        )  # fmt: skip
        marks.append(Mark(start, end, f"x{n}", "copied", f"与别处相同{n}"))
    return out, marks


def _copy(row: Passage, draft: Draft) -> tuple[int, int, Passage, str]:
    """Return where a passage stands in a draft, and in words where else."""
    if row.one_id != draft.pk:
        return row.other_start, row.other_end, row, row.one.submission.name
    if row.template is not None:
        return row.one_start, row.one_end, row, f"范文《{row.template.name}》"
    other = row.other
    if other is None:
        raise ValueError("a passage without another side")
    name = other.submission.name
    if row.outside:
        name = f"{other.submission.batch.name}：{name}"
    return row.one_start, row.one_end, row, name
