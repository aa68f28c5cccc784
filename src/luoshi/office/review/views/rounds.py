"""A draft against the one before it: what was mended, what is still there, what only moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.core.reading.model import Span
from luoshi.core.review.progress import Objected, Outcome, outcomes, progress
from luoshi.office.pages import me
from luoshi.office.review import opinions, reach
from luoshi.office.review.models import Draft, Remark

#: Characters: longer texts are not compared sentence by sentence while a page waits.
LONGEST = 200_000
_HOW = {"kept": "原样", "moved": "挪了位置", "reworded": "改写", "new": "新写"}
_FATES = {
    "gone": "原来的话已经删去",
    "kept": "原样未动",
    "moved": "只是挪了位置",
    "reworded": "改写过",
}


@dataclass(frozen=True, slots=True)
class Line:
    """An objection to the former draft, and what became of it."""

    what: str
    quote: str
    fate: str
    now: str
    old_place: str
    new_place: str
    tone: str
    words: str


@require_GET
def page(request: HttpRequest, draft: int) -> HttpResponse:
    """Show what became of the findings and remarks on the former draft."""
    by = me(request)
    new, eye = reach.draft(by, draft)
    old = Draft.objects.filter(submission=new.submission_id, number__lt=new.number).select_related(
        "examination").order_by("-number").first()  # fmt: skip
    context: dict[str, Any] = {
        "draft": new, "old": old, "submission": new.submission, "batch": new.submission.batch,
    }  # fmt: skip
    if old is not None:
        context |= _compared(old, new, shows=eye.judges(new.submission) or bool(
            reach.decision_on(old.pk)))  # fmt: skip
    return render(request, "review/rounds.html", context)


def _compared(old: Draft, new: Draft, *, shows: bool) -> dict[str, Any]:
    before, after = old.examination, new.examination
    if max(len(before.text), len(after.text)) > LONGEST:
        return {"too_long": True}
    held = progress(before.text, after.text)
    said = opinions.remarks(old) if shows else []
    dismissed = {r.finding for r in said if r.kind == Remark.Kind.DISMISSED}
    findings, fresh = outcomes(held, _findings(before.findings), _findings(after.findings))
    own = [r for r in said if r.kind == Remark.Kind.OWN]
    marks, _ = outcomes(held, [Objected(r.pk, "", Span(r.start, r.end)) for r in own], ())
    by_key = {r.pk: r for r in own}
    lines = [
        _finding_line(old, new, one) for one in findings if one.objected.number not in dismissed
    ]
    shares = held.shares()
    whole = sum(shares.values()) or 1
    return {
        "shares": [(label, shares[key], round(100 * shares[key] / whole))  # type: ignore[index]
                   for key, label in _HOW.items()],
        "dropped": held.dropped(),
        "lines": lines, "counts": dict(Counter(line.what for line in lines)),
        "remarks": [_remark_line(old, new, one, by_key[one.objected.number]) for one in marks],
        "fresh": [(one.number, new.examination.findings[one.number - 1]) for one in fresh],
        "dismissed": len(dismissed),
    }  # fmt: skip


def _findings(found: Iterable[dict[str, Any]]) -> list[Objected]:
    return [
        Objected(n, f["code"], Span(*f["spans"][0]) if f["spans"] else None)
        for n, f in enumerate(found, 1)
    ]


def _finding_line(old: Draft, new: Draft, one: Outcome) -> Line:
    """Tell of a finding: whether the rule still objects, and where the words went.

    Words that are gone are said to be gone: whether the problem is, nobody can see from that.
    """
    finding = old.examination.findings[one.objected.number - 1]
    if one.again < 0:
        what, tone = (
            ("原话已删去", "active")
            if one.fate == "gone" and one.objected.span
            else ("不再有", "good")
        )
    elif one.fate in {"moved", "reworded"}:
        what, tone = ("只挪了位置" if one.fate == "moved" else "改写后仍有"), "warn"
    else:
        what, tone = "还在", "bad"
    # Of a finding about the whole text no sentence can be said to be gone or kept.
    fate = _FATES[one.fate] if one.objected.span else ""
    return Line(
        what, _cut(old, one.objected.span), fate, _cut(new, one.now),
        f"f{one.objected.number}", f"f{one.again}" if one.again > 0 else "", tone,
        finding["message"],
    )  # fmt: skip


def _remark_line(old: Draft, new: Draft, one: Outcome, remark: Remark) -> Line:
    """Tell of a reviewer's own remark what became of the words; whether that is enough they say."""
    what, tone = {
        "gone": ("原话已删去", "active"), "kept": ("还在", "bad"), "moved": ("只挪了位置", "warn"),
        "reworded": ("改写过，请看是否到位", "warn"),
    }[one.fate]  # fmt: skip
    return Line(
        what, _cut(old, one.objected.span), _FATES[one.fate], _cut(new, one.now), f"r{remark.pk}",
        "", tone, remark.text,
    )  # fmt: skip


def _cut(draft: Draft, span: Span | None) -> str:
    words = " ".join(draft.examination.text[slice(*span)].split()) if span else ""
    return words if len(words) <= 80 else f"{words[:79]}…"
