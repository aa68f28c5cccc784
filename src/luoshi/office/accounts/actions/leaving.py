"""Leaving: hand over, end posts and roles, close accounts; and being forgotten afterwards."""

from __future__ import annotations

from datetime import date

from luoshi.office.accounts import handover
from luoshi.office.accounts.actions.people import require_other_administrator
from luoshi.office.accounts.models import Deputising, Person, Post, RoleGrant, User
from luoshi.office.accounts.permissions import on_day
from luoshi.office.journal import clock, erasure
from luoshi.office.journal.act import Act, Actor, action
from luoshi.office.journal.errors import Refused


@action("person.handover", "工作交接", needs="office.manage")
def hand_over(act: Act, *, by: Person, person: int, successor: int) -> dict[str, int]:
    """Let everything a person has in hand go to somebody else; returns the numbers by kind.

    What may change hands only by the decision of a superior waits for it (the app concerned says
    so); what was asked for is in the numbers.
    """
    who, other = act.lock(Person, person), act.lock(Person, successor, active=True)
    if who.pk == other.pk:
        raise Refused("不能交接给本人。")
    counts = handover.hand_over_all(act, who, other)
    if not counts:
        raise Refused("这个人手上没有需要交接的事项。")
    act.about(who, facts={"successor": other.pk, "counts": counts})
    return counts


@action("person.leave", "离岗", needs="office.manage")
def leave(act: Act, *, by: Person, person: int, day: date) -> Person:
    """Let a person leave on a day: posts, roles and deputising end, accounts are closed.

    Refused while something is in their hands: it has to be handed over first.
    """
    who = act.lock(Person, person, active=True)
    if who.pk == by.pk:
        raise Refused("不能办理自己的离岗，请由另一位管理员办理。")
    if day > clock.today():
        raise Refused("离岗日期不能晚于今天。")
    require_other_administrator(who)
    open_things = handover.in_hand(who)
    if open_things:
        listed = "、".join(f"{name}{number}件" for name, number in open_things.items())
        raise Refused(f"还有{listed}没有交接，请先办理工作交接；已经提交的，请等待上级审批。")
    _end(act, who, day)
    who.active = False
    act.save(who)
    act.about(who, facts={"day": day.isoformat()})
    return who


def _end(act: Act, who: Person, day: date) -> None:
    for model in (Post, RoleGrant):
        for row in model.objects.filter(person=who, ends__isnull=True):
            row.ends = max(day, row.starts)
            if isinstance(row, Post):
                row.ended_on = clock.today()
            act.save(row)
    for row in Deputising.objects.filter(on_day(clock.today()), deputy=who):
        row.ends = max(day, row.starts)
        act.save(row)
    for row in User.objects.filter(person=who, is_active=True):
        row.is_active = False
        act.save(row)


@action("person.forget", "删除个人信息", needs="office.manage")
def forget(act: Act, *, by: Person, person: int) -> Person:
    """Erase what is known of a person who has left; every proof of the journal still holds.

    Name and telephone are gone, accounts lose name and password, and the salts that tie older
    entries to the person are erased (个人信息保护法 47).
    """
    return _forget(act, act.lock(Person, person, active=False, forgotten=False))


@action("person.forget_again", "恢复后再次删除个人信息", needs="office.manage")
def forget_again(act: Act, *, by: Actor, person: int) -> Person:
    """Erase a person whom a restored backup has brought back; what they hold ends today.

    The backup may be older than their leaving: nothing can be handed over any more, for the
    handover itself is lost. Source: 个人信息保护法 47.
    """
    who = act.lock(Person, person, forgotten=False)
    _end(act, who, clock.today())
    return _forget(act, who)


def _forget(act: Act, who: Person) -> Person:
    who.name, who.phone, who.forgotten = f"已注销人员{who.pk}", "", True
    who.active = False
    rows: list[Person | User] = [who]
    for account in User.objects.filter(person=who):
        account.username, account.is_active = f"已注销账号{account.pk}", False
        account.set_unusable_password()
        rows.append(account)
    erasure.forget(who.actor_key, [(row._meta.db_table, str(row.pk)) for row in rows])
    for row in rows:
        act.save(row)
    act.about(who, facts={})
    return who
