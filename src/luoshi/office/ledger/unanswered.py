"""Problems that nothing answers: no measure of the material, no item of the ledger."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, QuerySet, Window

from luoshi.office.examinations import answers
from luoshi.office.examinations.models import Examination, Point
from luoshi.office.ledger.models import Commitment, ProblemLink


def unanswered(office: int) -> QuerySet[Point]:
    """Return the office's problems that nothing answers, newest material first.

    A measure answers a problem by a sure link, unless all that came of it was withdrawn; an item
    answers it unless it was withdrawn.
    """
    made = Commitment.objects.filter(point=OuterRef("source"))
    given_up = Exists(made.filter(state="withdrawn")) & ~Exists(made.exclude(state="withdrawn"))
    links = answers.links().exclude(given_up)
    items = ProblemLink.objects.filter(point=OuterRef("pk")).exclude(commitment__state="withdrawn")
    rows = Point.for_office(office).filter(kind=Point.Kind.PROBLEM, dropped=False)
    # Items first: most problems have one, and it is the quicker question.
    return (
        rows.filter(~Exists(items))
        .filter(~Exists(links))
        .select_related("examination")
        .order_by("-examination_id", "start")
    )


def of_material(examination: Examination) -> frozenset[int]:
    """Return the keys of a material's problems that nothing answers."""
    rows = unanswered(examination.office_id).filter(examination=examination)
    return frozenset(rows.order_by().values_list("pk", flat=True))


def first_unanswered(office: int, number: int) -> tuple[list[Point], int]:
    """Return the first of these problems, and how many there are in all.

    The materials' texts are fetched for the first ones only, not for all that are counted.
    """
    keys = unanswered(office).select_related(None).annotate(all=Window(Count("pk")))
    found = list(keys.values_list("pk", "all")[:number])
    rows = Point.objects.filter(pk__in=[key for key, _ in found]).select_related("examination")
    return list(rows.order_by("-examination_id", "start")), found[0][1] if found else 0
