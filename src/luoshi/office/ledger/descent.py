"""What an item came from: withdrawn items of the same point, the whole it was split from, merged ones.

Without this an item could be begun anew to be rid of its past: who had it in hand, and that the
problem was back already, would be forgotten (our reading of "over the item's whole life").
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from luoshi.office.ledger.models import Commitment

STEPS_MOST = 50


def line(commitment: Commitment) -> list[Commitment]:
    """Return the item and all that it came from, itself first."""
    found = {commitment.pk: commitment}
    fresh = [commitment]
    for _ in range(STEPS_MOST):
        came = Q(merged_into__in=[row.pk for row in fresh])
        came |= Q(pk__in=[row.split_from_id for row in fresh if row.split_from_id])
        points = [row.point_id for row in fresh if row.point_id]
        came |= Q(point__in=points, state="withdrawn", split_from=None, merged_into=None)
        # No condition on the office: these links never leave it, and an index of the office
        # would be gone through instead of those of the links.
        fresh = list(Commitment.objects.filter(came).exclude(pk__in=found).order_by("pk"))
        if not fresh:
            break
        found |= {row.pk: row for row in fresh}
    return list(found.values())


def began(rows: Sequence[Commitment]) -> date:
    """Return the first day of a line of items."""
    return min(row.created_on for row in rows)
