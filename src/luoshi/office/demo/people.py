"""The demonstration office itself: units, persons, posts, roles and accounts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from luoshi.core.knowledge import table
from luoshi.office.accounts.actions import people, setup, signin
from luoshi.office.accounts.models import Office, Person, Unit
from luoshi.office.demo.stage import Stage
from luoshi.office.journal.act import SYSTEM, Act, Actor, action
from luoshi.office.journal.errors import NotAllowed

ADMINISTRATOR = "guanli"
_LONG_BEFORE = timedelta(days=400)


@action("office.demonstrate", "设为演示单位", needs="office.manage")
def demonstrate(act: Act, *, by: Actor, office: int) -> Office:
    """Mark an office as a demonstration: who tries it has no second factor at hand.

    Only while the demonstration is made, on its own machine: there is no page and no command.
    """
    if by is not SYSTEM:
        raise NotAllowed("演示单位只能由演示程序建立。")
    row = act.lock(Office, office)
    row.settings = {**row.settings, "demonstration": True, "mfa_roles": []}
    act.save(row)
    act.about(row, facts={"settings": row.settings})
    return row


def open_office(today: date, password: str) -> Stage:
    """Make the office with everybody in it; their accounts have the given password."""
    told = table("demo/people")
    office, _ = setup.create_office(
        by=SYSTEM, name=told["office"], administrator="韩卓", username=ADMINISTRATOR
    )
    demonstrate(by=SYSTEM, office=office.pk)
    admin = Person.objects.get(office=office)
    people.set_office(
        by=admin, publication_days=told["publication_days"], watch_days=told["watch_days"]
    )
    units = {key: _unit(admin, *row) for key, row in told["units"].items()}
    found = {"administrator": admin}
    for key, row in told["persons"].items():
        found[key] = _person(admin, row, units, found, today)
    for key, row in told["persons"].items():
        if "account" in row:
            account, _ = signin.create_account(
                by=admin, person=found[key].pk, username=row["account"]
            )
            signin.change_password(by=found[key], account=account.pk, password=password)
    signin.change_password(by=admin, account=admin.accounts.get().pk, password=password)
    return Stage(today, Office.objects.get(pk=office.pk), units, found)


def accounts() -> dict[str, str]:
    """Return the names of the accounts by the key of their person, in the order of the file."""
    rows = table("demo/people")["persons"]
    return {key: row["account"] for key, row in rows.items() if "account" in row} | {
        "administrator": ADMINISTRATOR
    }


def _unit(admin: Person, name: str, kind: str) -> Unit:
    found: Unit | None = Unit.objects.filter(office=admin.office_id, name=name).first()
    return found or people.create_unit(by=admin, name=name, kind=kind)


def _person(
    admin: Person,
    row: dict[str, Any],
    units: dict[str, Unit],
    known: dict[str, Person],
    today: date,
) -> Person:
    who = people.create_person(by=admin, name=row["name"])
    above = known[row["superior"]].pk if "superior" in row else None
    people.start_post(
        by=admin, person=who.pk, unit=units[row["unit"]].pk, title=row["title"], rank=row["rank"],
        leads=row.get("leads", False), superior=above, starts=today - 2 * _LONG_BEFORE,
    )  # fmt: skip
    for role in row["roles"]:
        people.grant_role(by=admin, person=who.pk, role=role)
    return who
