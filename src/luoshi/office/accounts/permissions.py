"""Who may do what: roles are dated rows, what a role means is data (data/roles/roles.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Q

from luoshi.core.knowledge import table
from luoshi.office.accounts.models import Deputising, Person, RoleGrant, User
from luoshi.office.journal import clock


@dataclass(frozen=True, slots=True)
class Role:
    """A role: ``key`` in the data, Chinese ``wording``, its permissions."""

    key: str
    wording: str
    permissions: frozenset[str]


@lru_cache(maxsize=1)
def roles() -> dict[str, Role]:
    """Return all roles by key."""
    rows = table("roles/roles")["roles"]
    return {k: Role(k, r["wording"], frozenset(r["permissions"])) for k, r in rows.items()}


def on_day(day: date) -> Q:
    """Return the condition that a dated row is in force on a day."""
    return Q(starts__lte=day) & (Q(ends__isnull=True) | Q(ends__gte=day))


def roles_of(person: Person, day: date | None = None) -> frozenset[str]:
    """Return the keys of the roles a person has on a day (today)."""
    rows = RoleGrant.objects.filter(on_day(day or clock.today()), person=person)
    return frozenset(rows.values_list("role", flat=True))


def permissions_of(person: Person) -> frozenset[str]:
    """Return everything a person may do today."""
    if not person.active:
        return frozenset()
    known = roles()
    held = (known[key].permissions for key in roles_of(person) if key in known)
    return frozenset().union(*held)


def may(by: Any, permission: str, thing: Any = None) -> bool:
    """Tell whether a person has a permission in the office that the thing belongs to."""
    if not isinstance(by, Person):
        return False
    office = getattr(thing, "office_id", by.office_id)
    return office == by.office_id and permission in permissions_of(by)


def acting_for(person: Person, day: date | None = None) -> frozenset[int]:
    """Return the persons in whose place a person acts on a day: self, and who is deputised."""
    rows = Deputising.objects.filter(on_day(day or clock.today()), deputy=person)
    return frozenset({person.pk, *rows.values_list("person_id", flat=True)})


def needs_second_factor(user: User) -> bool:
    """Tell whether somebody must set up a second factor before anything else.

    Which roles must is the office's setting ``mfa_roles`` (default: administrators).
    """
    wanted = set(user.office.settings.get("mfa_roles", ["administrator"]))
    if not wanted & roles_of(user.person):
        return False
    from allauth.mfa.utils import is_mfa_enabled

    return not is_mfa_enabled(user)
