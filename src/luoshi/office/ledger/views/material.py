"""From a material to the ledger: which of its problems and measures have an item, which not."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from luoshi.office.examinations.models import Examination, Point
from luoshi.office.journal.errors import NotFound, Refused
from luoshi.office.ledger.actions import draft
from luoshi.office.ledger.masking import READS as READS_MATERIALS
from luoshi.office.ledger.models import Commitment
from luoshi.office.ledger.unanswered import unanswered
from luoshi.office.ledger.views import reach, words
from luoshi.office.pages import allowed, me, see_other


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of the material, and its item if it has one."""

    point: Point
    item: Commitment | None


def page(request: HttpRequest, key: int) -> HttpResponse:
    """Show problems without a measure first, then every measure with its item or without one.

    Posting makes drafts of all measures that have none, one action each.
    """
    held = reach.require(request, reach.READS)
    row = _material(request, key)
    measures = _measures(row)
    if request.method == "POST":
        reach.require(request, "ledger.draft")
        return _make_all(request, row, measures)
    hide = words.hiding(request)
    words.show((one.point for one in measures), hide)
    context = {
        "material": row, "measures": measures, "may_draft": "ledger.draft" in held,
        "problems": words.show(unanswered(row.office_id).filter(examination=row), hide),
        "without": sum(one.item is None for one in measures),
    }  # fmt: skip
    return render(request, "ledger/material.html", context)


def _material(request: HttpRequest, key: int) -> Examination:
    row: Examination | None = Examination.for_office(me(request).office_id).filter(pk=key).first()
    # What is not in the ledger yet is its author's and its reviewers' (office/review).
    open_ = row is not None and row.state == Examination.State.ACTIVE
    if row is None or not (open_ or READS_MATERIALS in allowed(request)):
        raise NotFound("没有找到这份材料，或者它还没有建台账。")
    return row


def _measures(row: Examination) -> list[Measured]:
    points = list(row.points.filter(kind=Point.Kind.MEASURE, dropped=False).order_by("start"))
    made = Commitment.for_office(row.office_id).filter(point__in=[p.pk for p in points])
    items = {item.point_id: item for item in made.exclude(state="withdrawn").order_by("id")}
    for point in points:
        point.examination = row  # the text is read once, not once for every measure
    return [Measured(point, items.get(point.pk)) for point in points]


def _make_all(request: HttpRequest, row: Examination, measures: list[Measured]) -> HttpResponse:
    made = 0
    for one in measures:
        if one.item is None:
            try:
                draft.from_measure(by=me(request), point=one.point.pk)
            except Refused as refusal:  # somebody else was quicker; the others go on
                messages.warning(request, "；".join(refusal.reasons))
            else:
                made += 1
    messages.success(request, f"建立了{made}件草稿，请逐件填写责任人、时限和指标。")
    return see_other(reverse("ledger:material", args=[row.pk]))
