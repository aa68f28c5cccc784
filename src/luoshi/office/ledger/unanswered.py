"""Problems that nothing answers: no measure of the material, no item of the ledger."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from luoshi.office.examinations import answers
from luoshi.office.examinations.models import Examination, Link, Point
from luoshi.office.journal import moving
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

    Counted by material: after an action only those are gone through that it has to do with.
    """
    materials = moving.by_parts(
        ("unanswered", office), _materials, lambda parts: _by_material(office, parts)
    )
    first: list[int] = []
    for key in sorted(materials, reverse=True):
        if sum(materials[held] for held in first) >= number:
            break
        first.append(key)
    rows = unanswered(office).filter(examination__in=first)
    return list(rows[:number]) if first else [], sum(materials.values())


def _by_material(office: int, parts: Collection[int] | None) -> dict[int, int]:
    rows = unanswered(office).select_related(None).order_by()
    if parts is not None:
        rows = rows.filter(examination__in=parts)
    return dict(rows.values_list("examination").annotate(number=Count("pk")))


def _materials(changed: moving.Changed) -> Collection[int] | None:
    """Return the materials that changed rows have to do with; None where one was deleted."""
    keys = {model: changed.get(model._meta.db_table, frozenset()) for model in _CHANGING}
    if not any(keys.values()):
        return ()
    if keys[ProblemLink] or keys[Link]:
        # What a deleted link was about is not known any more.
        for model in (ProblemLink, Link):
            if model.objects.filter(pk__in=keys[model]).count() < len(keys[model]):
                return None
    items = keys[Commitment]
    asked = [
        Point.objects.filter(pk__in=keys[Point]).values_list("examination_id"),
        Link.objects.filter(pk__in=keys[Link]).values_list("examination_id"),
        ProblemLink.objects.filter(Q(pk__in=keys[ProblemLink]) | Q(commitment__in=items))
        .values_list("point__examination_id"),
        Commitment.objects.filter(pk__in=items, point__isnull=False)
        .values_list("point__examination_id"),
    ]  # fmt: skip
    return {key for (key,) in asked[0].union(*asked[1:])}


_CHANGING = (Point, Link, ProblemLink, Commitment)
