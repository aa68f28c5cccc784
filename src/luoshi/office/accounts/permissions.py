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
from luoshi.office.journal.statements import Select


@dataclass(frozen=True, slots=True)
class Role:
    """A role: ``key`` in the data, Chinese ``wording``, its permissions, what it ``says`` in words."""

    key: str
    wording: str
    permissions: frozenset[str]
    says: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def roles() -> dict[str, Role]:
    """Return all roles by key."""
    held = table("roles/roles")
    words = held["permissions"]
    return {
        key: Role(
            key, row["wording"], frozenset(row["permissions"]),
            tuple(words[permission] for permission in row["permissions"]),
        )
        for key, row in held["roles"].items()
    }  # fmt: skip


def on_day(day: date) -> Q:
    """Return the condition that a dated row is in force on a day."""
    return Q(starts__lte=day) & (Q(ends__isnull=True) | Q(ends__gte=day))


def roles_of(person: Person, day: date | None = None) -> frozenset[str]:
    """Return the keys of the roles a person has on a day (today)."""
    day = day or clock.today()
    return frozenset(row.role for row in _GRANTS.rows(person.pk, day, day))


# Asked by every page and every action: their text is made once.
_DAY = date(2000, 1, 1)
_GRANTS = Select(
    lambda: RoleGrant.objects.filter(person=1).filter(on_day(_DAY)).only("role"), 1, _DAY, _DAY
)
_DEPUTISED = Select(
    lambda: Deputising.objects.filter(deputy=1).filter(on_day(_DAY)).only("person"), 1, _DAY, _DAY
)


def permissions_of(person: Person, held_roles: frozenset[str] | None = None) -> frozenset[str]:
    """Return everything a person may do today (``held_roles``: asked just before)."""
    if not person.active:
        return frozenset()
    known = roles()
    keys = roles_of(person) if held_roles is None else held_roles
    held = (known[key].permissions for key in keys if key in known)
    return frozenset().union(*held)


def may(by: Any, permission: str, thing: Any = None) -> bool:
    """Tell whether a person has a permission in the office that the thing belongs to."""
    if not isinstance(by, Person):
        return False
    office = getattr(thing, "office_id", by.office_id)
    return office == by.office_id and permission in permissions_of(by)


def acting_for(person: Person, day: date | None = None) -> frozenset[int]:
    """Return the persons in whose place a person acts on a day: self, and who is deputised."""
    day = day or clock.today()
    rows = _DEPUTISED.rows(person.pk, day, day)
    return frozenset({person.pk, *(row.person_id for row in rows)})


def needs_second_factor(user: User, held_roles: frozenset[str]) -> bool:
    """Tell whether somebody with these roles must set up a second factor before anything else.

    Which roles must is the office's setting ``mfa_roles`` (default: administrators).
    """
    wanted = set(user.office.settings.get("mfa_roles", ["administrator"]))
    if not wanted & held_roles:
        return False
    from allauth.mfa.utils import is_mfa_enabled

    return not is_mfa_enabled(user)
