"""Which problems of a material nothing answers: one definition for every page.

A weak link is a guess of the program: it counts once somebody has said yes. The ledger, which
knows which problems have an item, puts its own answer in place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.office.examinations.models import Examination, Link, Point

SURE = Q(strength="strong") | Q(verdict=Link.Verdict.RIGHT) | Q(by_hand=True)

Unanswered = Callable[[Examination], Collection[int]]


def links() -> QuerySet[Link]:
    """Return the links by which a measure surely answers the outer query's problem."""
    return Link.objects.filter(
        SURE, target=OuterRef("pk"), kind=Link.Kind.ANSWERS, source__dropped=False,
        source__kind=Point.Kind.MEASURE,
    ).exclude(verdict=Link.Verdict.WRONG)  # fmt: skip


def _by_links(examination: Examination) -> Collection[int]:
    rows = Point.objects.filter(
        examination=examination, kind=Point.Kind.PROBLEM, dropped=False
    ).exclude(Exists(links()))
    return frozenset(rows.values_list("pk", flat=True))


_known: list[Unanswered] = [_by_links]


def use(function: Unanswered) -> None:
    """Register who knows better, because it knows what came of the measures."""
    _known[:] = [function]


def unanswered(examination: Examination) -> frozenset[int]:
    """Return the keys of the material's problems that nothing answers."""
    return frozenset(_known[0](examination))
