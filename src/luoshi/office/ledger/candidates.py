"""Who may verify an item, and why the others may not."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.core.workflow import closing, independence
from luoshi.office.accounts.models import Person, RoleGrant
from luoshi.office.accounts.permissions import on_day, roles
from luoshi.office.journal import clock
from luoshi.office.ledger import collect
from luoshi.office.ledger.models import Commitment

_VERIFY = frozenset({"ledger.verify", "ledger.verify.assigned"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody with a verifier's role, where they belong, and what speaks against them.

    ``standing`` is how they stand to those who have the item in hand.
    """

    person: Person
    posts: str
    reasons: tuple[str, ...]
    standing: tuple[str, ...]


def candidates(item: Commitment) -> list[Candidate]:
    """Return everybody who has a verifier's role today; those who may come first."""
    day = clock.today()
    keys = [role.key for role in roles().values() if role.permissions & _VERIFY]
    holders = RoleGrant.objects.filter(on_day(day), office=item.office, role__in=keys)
    rows = Person.objects.filter(pk__in=holders.values("person_id"), active=True)
    facts, people = collect.item(item), collect.people(item.office_id)
    found = [
        Candidate(
            row,
            _posts(row),
            closing.verifier(facts, people, row.pk, day),
            independence.place(facts, people, row.pk, day),
        )
        for row in rows.prefetch_related("posts__unit").order_by("name", "id")
    ]
    return sorted(found, key=lambda one: bool(one.reasons))


def _posts(person: Person) -> str:
    day = clock.today()
    held = [p for p in person.posts.all() if p.starts <= day and (not p.ends or day <= p.ends)]
    return "、".join(post.named for post in held)
