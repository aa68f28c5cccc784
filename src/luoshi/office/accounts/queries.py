"""What the pages about people show. A constant number of statements, however many rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from luoshi.office.accounts.models import Deputising, Person, Post, RoleGrant, Unit, User
from luoshi.office.accounts.permissions import on_day, roles
from luoshi.office.journal import clock


@dataclass
class Listed:
    """A person with what they are today."""

    person: Person
    posts: list[Post] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    accounts: list[User] = field(default_factory=list)


def everybody(office: int) -> list[Listed]:
    """Return the persons of an office by name, who has left last."""
    today = clock.today()
    listed = {
        p.pk: Listed(p) for p in Person.objects.filter(office=office).order_by("-active", "name")
    }
    posts = Post.objects.filter(on_day(today), office=office).select_related("unit")
    for post in posts.order_by("starts"):
        listed[post.person_id].posts.append(post)
    known = roles()
    for grant in RoleGrant.objects.filter(on_day(today), office=office).order_by("id"):
        if grant.role in known:
            listed[grant.person_id].roles.append(known[grant.role].wording)
    for account in User.objects.filter(office=office).order_by("id"):
        listed[account.person_id].accounts.append(account)
    return list(listed.values())


def administrators(office: int) -> list[str]:
    """Return the names of those who manage an office today."""
    today = clock.today()
    grants = RoleGrant.objects.filter(
        on_day(today), office=office, role="administrator", person__active=True
    )
    rows = grants.order_by("person__name").values_list("person__name", flat=True)
    return list(dict.fromkeys(rows))


def units(office: int) -> list[dict[str, Any]]:
    """Return the units of an office with how many people have a post there today."""
    counts: dict[int, set[int]] = defaultdict(set)
    rows = Post.objects.filter(on_day(clock.today()), office=office)
    for unit, person in rows.values_list("unit_id", "person_id"):
        counts[unit].add(person)
    found = Unit.objects.filter(office=office).order_by("-active", "kind", "name")
    return [{"unit": unit, "people": len(counts[unit.pk])} for unit in found]


def history(person: Person) -> dict[str, Any]:
    """Return everything dated about a person: posts, roles, deputising, accounts."""
    known = roles()
    grants = [
        {"grant": g, "wording": known[g.role].wording if g.role in known else g.role}
        for g in RoleGrant.objects.filter(person=person).order_by("-starts", "-id")
    ]
    posts = Post.objects.filter(person=person).select_related("unit", "superior")
    deputies = Deputising.objects.filter(office=person.office_id)
    return {
        "posts": posts.order_by("-starts", "-id"),
        "grants": grants,
        "deputised_by": deputies.filter(person=person).select_related("deputy").order_by("-starts"),
        "deputises": deputies.filter(deputy=person).select_related("person").order_by("-starts"),
        "accounts": User.objects.filter(person=person).order_by("id"),
    }
