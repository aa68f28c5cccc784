"""A person leaves: the slips that wait for their answer go to somebody else."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luoshi.office.accounts.models import Person
from luoshi.office.journal.act import Act
from luoshi.office.supervision.models import Slip
from luoshi.office.supervision.story import step


def _in_hand(person: Person) -> models.QuerySet[Slip]:
    rows: models.QuerySet[Slip] = Slip.objects.filter(
        Q(person=person) | Q(raised_to=person), office=person.office_id, is_open=True
    )
    return rows.order_by("pk")


def count(person: Person) -> int:
    """Return how many open slips a person has in hand."""
    return _in_hand(person).count()


def hand_over(act: Act, person: Person, successor: Person) -> int:
    """Hand all open slips of a person to another, inside the open action; returns how many."""
    rows = [act.lock(Slip, key) for key in list(_in_hand(person).values_list("pk", flat=True))]
    for row in rows:
        if row.person_id == person.pk:
            row.person = successor
        if row.raised_to_id == person.pk:
            row.raised_to = successor
        step(act, row, "handover", row.state, "工作交接")
        row.version += 1
        act.save(row)
    return len(rows)
