"""Problems that nothing answers: no measure of the material, no item of the ledger."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

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
    return (
        rows.filter(~Exists(links), ~Exists(items))
        .select_related("examination")
        .order_by("-examination_id", "start")
    )
