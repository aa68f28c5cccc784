"""The first run: an office with its administrator."""

from __future__ import annotations

from luoshi.office.accounts.actions.people import required
from luoshi.office.accounts.actions.signin import fresh_password
from luoshi.office.accounts.models import Office, Person, Post, RoleGrant, Unit, User
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act, Actor, action
from luoshi.office.journal.errors import Refused


@action("office.create", "建立单位", needs="office.manage")
def create_office(
    act: Act, *, by: Actor, name: str, administrator: str = "管理员", username: str = "admin"
) -> tuple[Office, str]:
    """Create an office with an administrator; returns it with the password for one use.

    For the set-up of a deployment, on the machine itself. Raises ``Refused`` for a name of an
    office or an account that is taken.
    """
    if by.office_id is not None:
        raise Refused("新的单位只能在服务器上建立。")
    text, login = required(name, "单位名称", 60), required(username, "用户名", 40)
    if Office.objects.filter(name=text).exists():
        raise Refused(f"“{text}”已经建立过了。")
    if User.objects.filter(username__iexact=login).exists():
        raise Refused(f"用户名“{login}”已经有人使用，请另外指定一个。")
    today = clock.today()
    office = act.save(Office(name=text))
    # Where the head and the deputies belong: without it a first user has no place for them.
    act.save(Unit(office=office, name="领导班子", kind=Unit.Kind.LEADERS))
    unit = act.save(Unit(office=office, name="综合办公室", kind=Unit.Kind.SECTION))
    person = act.save(Person(office=office, name=required(administrator, "姓名", 40)))
    act.save(
        Post(
            office=office, person=person, unit=unit, title="系统管理员", rank=Post.Rank.STAFF,
            starts=today,
        )
    )  # fmt: skip
    act.save(RoleGrant(office=office, person=person, role="administrator", starts=today))
    once = fresh_password()
    account = User(office=office, person=person, username=login)
    account.set_password(once)
    act.save(account)
    act.about(office, facts={"name": text, "administrator": person.pk})
    return office, once
