"""What happened to an item how often: extensions, relapses, objections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from luoshi.office.ledger import descent
from luoshi.office.ledger.models import Change, Commitment, Objection, Relapse, Verification


@dataclass(frozen=True, slots=True)
class Tally:
    """What happened to an item how often, with what it was split from or has taken in."""

    changes: int
    extensions: int
    suspensions: int
    refused: int
    relapses: int
    returned: int
    objections: int
    upheld: int


def tally(item: Commitment) -> Tally:
    """Count what an item's page shows for good, with all that it came from (`descent`).

    Nothing of it goes away by splitting, merging or beginning anew.
    """
    family = descent.line(item)
    changes = list(
        Change.objects.filter(commitment__in=family).values("kind", "state", "old", "new")
    )
    done = [row for row in changes if row["state"] == Change.State.APPROVED]
    objections = Objection.objects.filter(publication__commitment__in=family)
    said = objections.aggregate(
        all=Count("*"), upheld=Count("pk", filter=Q(result=Objection.Result.UPHELD))
    )
    returned = Verification.objects.filter(
        commitment__in=family, result=Verification.Result.RETURNED
    )
    return Tally(
        changes=len(done),
        extensions=sum(_is_extension(row) for row in done),
        suspensions=sum(row["kind"] == Change.Kind.SUSPEND for row in done),
        refused=sum(row["state"] == Change.State.REFUSED for row in changes),
        relapses=Relapse.objects.filter(commitment__in=family).count(),
        returned=returned.count(),
        objections=said["all"],
        upheld=said["upheld"],
    )


def _is_extension(row: Mapping[str, Any]) -> bool:
    """Tell whether a change puts the deadline off, or does away with it."""
    if row["kind"] not in {Change.Kind.DEADLINE, Change.Kind.TIME_CLASS}:
        return False
    old, new = row["old"].get("deadline"), row["new"].get("deadline", row["old"].get("deadline"))
    return old is not None and (new is None or new > old)
