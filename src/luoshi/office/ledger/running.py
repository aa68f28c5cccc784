"""How many items an office has, and how they stand: counted by stretches of keys.

After an action only the stretches are counted again in which it changed an item
(`journal.moving`). `plain` counts the same from the rows alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from luoshi.core.workflow import table
from luoshi.office.journal import moving
from luoshi.office.ledger.models import Commitment

STRETCH = 1000
# Of each state: how many, how many with a deadline gone by, how many not verifiable.
_States = Mapping[str, tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items there are in all, by state, and what calls for attention among open ones."""

    everything: int
    open: int
    overdue: int
    unverifiable: int
    by_state: dict[str, int]


def counts(office: int, today: date) -> Counts:
    """Return how the items of an office stand on a day."""
    found = moving.by_parts(
        ("counts", office, today), stretches, lambda parts: _counted(office, today, parts)
    )
    total: dict[str, Counter[int]] = {}
    for states in found.values():
        for state, numbers in states.items():
            total.setdefault(state, Counter()).update(dict(enumerate(numbers)))
    return add_up((state, held[0], held[1], held[2]) for state, held in total.items())


def stretches(changed: moving.Changed) -> Collection[int]:
    """Return the stretches in which an item was changed."""
    return {int(key) // STRETCH for key in changed.get(Commitment._meta.db_table, ())}


def within(rows: QuerySet[Commitment], parts: Collection[int] | None) -> QuerySet[Commitment]:
    """Return the items of some stretches (None: of all)."""
    if parts is None:
        return rows
    keys = Q()
    for part in parts:
        keys |= Q(pk__gte=part * STRETCH, pk__lt=(part + 1) * STRETCH)
    return rows.filter(keys)


def _counted(office: int, today: date, parts: Collection[int] | None) -> dict[int, _States]:
    rows = within(Commitment.for_office(office).order_by(), parts)
    grouped: Any = rows.annotate(stretch=F("pk") / STRETCH).values("stretch", "state")
    found: dict[int, dict[str, tuple[int, int, int]]] = {}
    for row in grouped.annotate(**counted_of(today)):
        numbers = (row["number"], row["late"], row["blind"])
        found.setdefault(row["stretch"], {})[row["state"]] = numbers
    return dict(found)


def plain(rows: QuerySet[Commitment], today: date) -> Counts:
    """Count items in one statement, from the rows alone."""
    groups: Any = rows.order_by().values("state").annotate(**counted_of(today))
    return add_up((row["state"], row["number"], row["late"], row["blind"]) for row in groups)


def counted_of(today: date) -> dict[str, Count]:
    """Return what is counted of the items of one state."""
    return {
        "number": Count("*"),
        "late": Count("pk", filter=Q(deadline__lt=today)),
        "blind": Count("pk", filter=Q(indicator_kind=Commitment.IndicatorKind.NONE)),
    }


def add_up(groups: Iterable[tuple[str, int, int, int]]) -> Counts:
    """Return the counts of all states: each with its number, how many are late, how many blind."""
    held = [group for group in groups if group[1]]
    still = [group for group in held if table.states()[group[0]].open]
    return Counts(
        sum(group[1] for group in held),
        sum(group[1] for group in still),
        sum(group[2] for group in still),
        sum(group[3] for group in still),
        {group[0]: group[1] for group in held},
    )
