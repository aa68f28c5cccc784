"""What an item's pages quote: the material's words, and for whom names in them are masked.

Whoever may read materials sees them as they are; everybody else sees other people's names,
telephone and identity numbers masked (`core/text/masking`). What leaves the office on paper is
masked for all.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest

from luoshi.core.text.masking import has_names, masked
from luoshi.office.examinations.models import Examination, Point
from luoshi.office.ledger.collect import Staff
from luoshi.office.ledger.masking import READS, Hide, names_of
from luoshi.office.ledger.models import CauseLink, Commitment, Evidence, ProblemLink
from luoshi.office.pages import allowed, me


def hiding(request: HttpRequest, staff: Staff | None = None) -> Hide:
    """Return how the material's words are shown to the signed-in person: their own name stays.

    ``staff``: read before; else the names are asked for where they are needed.
    """
    if READS in allowed(request):
        return str
    by = me(request)
    persons = staff.persons if staff else names_of(by.office_id)
    others = frozenset(persons.values()) - {by.name}
    return lambda text: masked(text, others)


def everybody(staff: Staff) -> Hide:
    """Return how the material's words are shown to anybody."""
    names = frozenset(staff.persons.values())
    return lambda text: masked(text, names)


def of(item: Commitment, hide: Hide) -> dict[str, Any]:
    """Return what the material says: the measure's own words, the problems, the causes."""
    points = _points(item)
    text = item.examination.text if item.examination else ""
    source = text[item.point.start : item.point.end] if item.point else item.source_text
    return {
        "source": hide(source),
        "problems": [hide(_words(one)) for one in points if one.as_problem],
        "causes": [hide(_words(one)) for one in points if one.as_cause],
    }


def _points(item: Commitment) -> list[Any]:
    """Return the problems and causes of an item, their materials' texts read once each."""
    problem = ProblemLink.objects.filter(commitment=item)
    cause = CauseLink.objects.filter(commitment=item)
    rows: Any = Point.objects.filter(
        Q(pk__in=problem.values("point")) | Q(pk__in=cause.values("point"))
    ).annotate(
        as_problem=Exists(problem.filter(point=OuterRef("pk"))),
        as_cause=Exists(cause.filter(point=OuterRef("pk"))),
    )
    found = list(rows.order_by("start", "pk"))
    elsewhere = {one.examination_id for one in found} - {item.examination_id}
    materials = Examination.objects.in_bulk(elsewhere) if elsewhere else {}
    for one in found:
        one.examination = materials.get(one.examination_id) or item.examination
    return found


def _words(point: Any) -> str:
    text: str = point.examination.text[point.words : point.end]
    return text.strip()


def show(points: Iterable[Any], hide: Hide) -> list[Any]:
    """Return points with what is ``shown`` of each: what it says, without its number."""
    found = list(points)
    for one in found:
        one.shown = hide(_words(one))
    return found


def kinds(item: Commitment) -> list[str]:
    """Return the names of the kinds of evidence that an item must have."""
    names = dict(Evidence.Kind.choices)
    return [str(names.get(kind, kind)) for kind in item.evidence_kinds]


def days(item: Commitment) -> list[date]:
    """Return the days on which the indicator is to be read."""
    return [date.fromisoformat(day) for day in item.reading_dates]


def named_in_title(item: Commitment, staff: Staff) -> tuple[str, ...]:
    """Return a hint where a title, which everybody sees, names somebody."""
    if not has_names(item.title, staff.persons.values()):
        return ()
    return ("标题里有人名或电话，所有能看台账的人都看得到。建议改成职务或部门，例如“城管科牵头”。",)
