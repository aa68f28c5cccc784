"""How many items an office has, and how they stand: counted by stretches of keys.

After an action only the stretches are counted again in which it changed an item
(`journal.moving`). `queries.counts` counts the same from the rows alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import F, Q

from luoshi.office.journal import moving
from luoshi.office.ledger import queries
from luoshi.office.ledger.models import Commitment

STRETCH = 1000
# Of each state: how many, how many with a deadline gone by, how many not verifiable.
_States = Mapping[str, tuple[int, int, int]]


def counts(office: int, today: date) -> queries.Counts:
    """Return how the items of an office stand on a day."""
    stretches = moving.by_parts(
        ("counts", office, today), _stretches, lambda parts: _counted(office, today, parts)
    )
    total: dict[str, Counter[int]] = {}
    for states in stretches.values():
        for state, numbers in states.items():
            total.setdefault(state, Counter()).update(dict(enumerate(numbers)))
    return queries.add_up((state, held[0], held[1], held[2]) for state, held in total.items())


def _stretches(changed: moving.Changed) -> Collection[int]:
    return {int(key) // STRETCH for key in changed.get(Commitment._meta.db_table, ())}


def _counted(office: int, today: date, parts: Collection[int] | None) -> dict[int, _States]:
    rows = Commitment.for_office(office).order_by()
    if parts is not None:
        within = Q()
        for part in parts:
            within |= Q(pk__gte=part * STRETCH, pk__lt=(part + 1) * STRETCH)
        rows = rows.filter(within)
    grouped: Any = rows.annotate(stretch=F("pk") / STRETCH).values("stretch", "state")
    found: dict[int, dict[str, tuple[int, int, int]]] = {}
    for row in grouped.annotate(**queries.counted_of(today)):
        numbers = (row["number"], row["late"], row["blind"])
        found.setdefault(row["stretch"], {})[row["state"]] = numbers
    return dict(found)
