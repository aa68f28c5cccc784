"""Accounts: made by an administrator with a password for one use, changed by the person."""

from __future__ import annotations

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from luoshi.office.accounts.actions.people import require_other_administrator, required
from luoshi.office.accounts.models import Person, User
from luoshi.office.journal.act import Act, Actor, action
from luoshi.office.journal.errors import NotAllowed, Refused

# No 0 O 1 l I: it is read from paper.
_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def fresh_password() -> str:
    """Return a random password for one use: four groups of four characters."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


@action("account.create", "开通账号", needs="office.manage")
def create_account(
    act: Act, *, by: Actor, person: int, username: str, password: str | None = None
) -> tuple[User, str]:
    """Open an account; returns it with the password, which must be changed at first sign-in."""
    who = act.lock(Person, person, active=True)
    name = required(username, "用户名", 40)
    if not name.replace("_", "").replace("-", "").replace(".", "").isalnum():
        raise Refused("用户名只能用文字、字母、数字、点、短横和下划线。")
    if User.objects.filter(username__iexact=name).exists():
        raise Refused("这个用户名已经有人使用，请换一个。")
    once = password or fresh_password()
    account = User(office_id=who.office_id, person=who, username=name)
    account.set_password(once)
    act.save(account)
    act.about(account, facts={"person": who.pk})
    return account, once


@action("account.reset", "重置密码", needs="office.manage")
def reset_password(act: Act, *, by: Actor, account: int) -> str:
    """Return a new password for one use; whoever is signed in with the old one is signed out."""
    row = act.lock(User, account)
    once = fresh_password()
    row.set_password(once)
    row.must_change_password = True
    act.save(row)
    act.about(row, facts={"person": row.person_id})
    return once


@action("account.active", "停用或启用账号", needs="office.manage")
def set_active(act: Act, *, by: Person, account: int, active: bool) -> User:
    """Disable an account, or let it sign in again."""
    row = act.lock(User, account)
    if not active:
        if row.person_id == by.pk:
            raise Refused("不能停用自己的账号，请由另一位管理员办理。")
        require_other_administrator(row.person)
    elif not row.person.active:
        raise Refused("这个人已经离岗，不能启用账号。")
    row.is_active = active
    act.save(row)
    act.about(row, facts={"person": row.person_id, "active": active})
    return row


@action("account.password", "修改密码", needs="")
def change_password(act: Act, *, by: Person, account: int, password: str) -> User:
    """Set the person's own password; raises ``Refused`` with what is wrong with a weak one."""
    row = act.lock(User, account)
    if row.person_id != by.pk:
        raise NotAllowed("只能修改自己的密码。")
    try:
        validate_password(password, row)
    except ValidationError as error:
        raise Refused(*error.messages) from error
    if row.check_password(password):
        raise Refused("新密码不能与原来的相同。")
    row.set_password(password)
    row.must_change_password = False
    act.save(row)
    act.about(row, facts={"person": row.person_id})
    return row
