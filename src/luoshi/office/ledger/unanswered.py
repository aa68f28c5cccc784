"""Problems that nothing answers: no measure of the material, no item of the ledger."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Window

from luoshi.office.examinations.models import Link, Point
from luoshi.office.ledger.models import Commitment, ProblemLink

# A weak link is a guess of the program: it counts once somebody has said yes.
_SURE = Q(strength="strong") | Q(verdict=Link.Verdict.RIGHT) | Q(by_hand=True)


def unanswered(office: int) -> QuerySet[Point]:
    """Return the office's problems that nothing answers, newest material first.

    A measure answers a problem by a sure link, unless all that came of it was withdrawn; an item
    answers it unless it was withdrawn.
    """
    made = Commitment.objects.filter(point=OuterRef("source"))
    given_up = Exists(made.filter(state="withdrawn")) & ~Exists(made.exclude(state="withdrawn"))
    links = Link.objects.filter(
        _SURE, target=OuterRef("pk"), kind=Link.Kind.ANSWERS, source__dropped=False,
        source__kind=Point.Kind.MEASURE,
    ).exclude(verdict=Link.Verdict.WRONG).exclude(given_up)  # fmt: skip
    items = ProblemLink.objects.filter(point=OuterRef("pk")).exclude(commitment__state="withdrawn")
    rows = Point.for_office(office).filter(kind=Point.Kind.PROBLEM, dropped=False)
    # Items first: most problems have one, and it is the quicker question.
    return (
        rows.filter(~Exists(items))
        .filter(~Exists(links))
        .select_related("examination")
        .order_by("-examination_id", "start")
    )


def first_unanswered(office: int, number: int) -> tuple[list[Point], int]:
    """Return the first of these problems, and how many there are in all.

    The materials' texts are fetched for the first ones only, not for all that are counted.
    """
    keys = unanswered(office).select_related(None).annotate(all=Window(Count("pk")))
    found = list(keys.values_list("pk", "all")[:number])
    rows = Point.objects.filter(pk__in=[key for key, _ in found]).select_related("examination")
    return list(rows.order_by("-examination_id", "start")), found[0][1] if found else 0
