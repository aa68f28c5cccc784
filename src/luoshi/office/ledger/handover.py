"""A person leaves: their items go to somebody else, from today on; the dated rows stay."""

from __future__ import annotations

from django.db import models

from luoshi.core.workflow import table
from luoshi.office.accounts.models import Person
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act
from luoshi.office.journal.errors import Refused
from luoshi.office.ledger import terms
from luoshi.office.ledger.models import Commitment, Duty


def _in_hand(person: Person) -> models.QuerySet[Commitment]:
    """Return the items not at their end that a person owns or helps with."""
    ends = [key for key, state in table.states().items() if state.end]
    running = Duty.objects.filter(person=person, ends__isnull=True)
    rows: models.QuerySet[Commitment] = Commitment.objects.filter(
        pk__in=running.values("commitment")
    )
    return rows.exclude(state__in=ends).order_by("id")


def count(person: Person) -> int:
    """Return how many items a person has in hand."""
    return _in_hand(person).count()


def hand_over(act: Act, person: Person, successor: Person) -> int:
    """Hand all items of a person to another, inside the open action; returns how many.

    Raises ``Refused`` where the successor cannot have items in hand.
    """
    from luoshi.office.ledger.actions import base

    done = 0
    for key in list(_in_hand(person).values_list("pk", flat=True)):
        item = act.lock(Commitment, key)
        old = terms.current(item, ("owner", "co_owners"))
        helping = item.duties.filter(kind=Duty.Kind.CO_OWNER, ends__isnull=True)
        helpers = set(helping.values_list("person_id", flat=True)) - {person.pk, successor.pk}
        given: dict[str, object] = {}
        if item.owner_id == person.pk:
            given["owner"] = successor.pk
        elif item.owner_id != successor.pk:
            helpers.add(successor.pk)
        try:
            cleaned = terms.clean(act, given | {"co_owners": sorted(helpers)}, terms.ALL)
        except Refused as refused:
            raise Refused(f"不能交接给{successor.name}：", *refused.reasons) from refused
        terms.put(act, item, cleaned, clock.today())
        base.keep(act, item, "工作交接", old=old, new=terms.current(item, ("owner", "co_owners")))
        done += 1
    return done
