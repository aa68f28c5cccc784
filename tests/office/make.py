"""Rows for the tests, made through the one write path in the name of the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.office.accounts.models import Office, Person, Post, RoleGrant, Unit, User
from luoshi.office.journal import clock
from luoshi.office.journal.act import SYSTEM, action

PASSWORD = "zheng-gai-2026"
LONG_AGO = date(2020, 1, 1)


@action("test.rows", "测试数据", needs="")
def rows(act, *, by, rows):
    """Save rows as they are; the last one is the subject."""
    for row in rows:
        act.save(row)
    act.about(rows[-1], facts={"rows": len(rows)})
    return rows


_open = []


def save(*made):
    """Save rows, in the open action if there is one, and return the last."""
    if _open:
        return [_open[-1].save(row) for row in made][-1]
    return rows(by=SYSTEM, rows=list(made))[-1]


def days_ago(days: int) -> date:
    """Return a day before today."""
    return clock.today() - timedelta(days=days)


def person(office, name, unit, rank="staff", *, roles=(), leads=False, superior=None,
           starts=LONG_AGO, title="工作人员"):  # fmt: skip
    """Make a person with a post, roles and an account whose name is the person's."""
    who = save(Person(office=office, name=name))
    save(Post(office=office, person=who, unit=unit, title=title, rank=rank, leads=leads,
              superior=superior, starts=starts))  # fmt: skip
    for role in roles:
        save(RoleGrant(office=office, person=who, role=role, starts=starts))
    account = User(office=office, person=who, username=f"{name}@{office.pk}",
                   must_change_password=False)  # fmt: skip
    account.set_password(PASSWORD)
    save(account)
    return who


@dataclass
class World:
    """One office with everybody who plays a part."""

    office: Office
    general: Unit
    city: Unit
    welfare: Unit
    community: Unit
    outside: Unit
    head: Person
    deputy: Person
    clerk: Person
    owner: Person
    co_owner: Person
    chief: Person
    colleague: Person
    reviewer: Person
    verifier: Person
    witness: Person
    outsider: Person
    second_outsider: Person
    auditor: Person
    administrator: Person


def world(name="柳河街道办事处") -> World:
    """Make an office: the owner is staff of the city section, the verifier of another one."""
    return _world(by=SYSTEM, name=name)


@action("test.world", "测试数据", needs="")
def _world(act, *, by, name):
    """Make an office in one action: an entry for each row would make every test slow."""
    _open.append(act)
    try:
        made = _people(name)
    finally:
        _open.pop()
    act.about(made.office, facts={})
    return made


def _people(name):
    # Roles that must have a second factor are tried in the tests of the accounts.
    office = save(Office(name=name, settings={"mfa_roles": []}))
    general = save(Unit(office=office, name="综合科", kind="section"))
    city = save(Unit(office=office, name="城管科", kind="section"))
    welfare = save(Unit(office=office, name="民政科", kind="section"))
    community = save(Unit(office=office, name="东堤社区", kind="community"))
    outside = save(Unit(office=office, name="区纪委监委", kind="outside"))
    head = person(office, "主任", general, "head", roles=["head"], title="主任")
    deputy = person(office, "副主任", general, "deputy", roles=["owner", "head"], superior=head)
    chief = person(office, "城管科长", city, "lead", roles=["owner"], leads=True, superior=deputy)
    return World(
        office, general, city, welfare, community, outside, head, deputy,
        clerk=person(office, "经办人", general, roles=["clerk"], superior=head),
        owner=person(office, "责任人", city, roles=["owner"]),
        co_owner=person(office, "协办人", community, roles=["owner"]),
        chief=chief,
        colleague=person(office, "同事", city, roles=["owner"]),
        reviewer=person(office, "审阅人", general, roles=["reviewer"], superior=head),
        verifier=person(office, "核验人", welfare, roles=["verifier"], superior=head),
        witness=person(office, "民政科员", welfare, roles=["owner"], superior=head),
        outsider=person(office, "外部核验人", outside, roles=["outside_verifier"]),
        second_outsider=person(office, "外部核验人二", outside, roles=["outside_verifier"]),
        auditor=person(office, "审计人员", outside, roles=["auditor"]),
        administrator=person(office, "管理员", general, roles=["administrator"], superior=head),
    )  # fmt: skip
