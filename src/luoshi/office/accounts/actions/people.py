"""Offices, units, persons, and what they are on which days: posts, roles, deputising."""

from __future__ import annotations

from datetime import date

from luoshi.core.journal.canonical import Value
from luoshi.office.accounts.models import Deputising, Office, Person, Post, RoleGrant, Unit
from luoshi.office.accounts.permissions import on_day, roles, roles_of
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act, action
from luoshi.office.journal.errors import Refused

# Whoever hands out roles must not be able to judge what they see fit, alone (our reading of
# 谁验收、谁负责; DOMAIN.md §3): a second administrator gives these.
_NOT_TO_ONESELF = frozenset({"head", "verifier", "outside_verifier", "auditor"})


def required(words: str, what: str, longest: int) -> str:
    """Return trimmed words; raises ``Refused`` for none, for too many, for control characters."""
    text = words.strip()
    if not text:
        raise Refused(f"请填写{what}。")
    if len(text) > longest:
        raise Refused(f"{what}太长，最多{longest}个字。")
    if any(ord(char) < 32 or char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
           for char in text):  # fmt: skip
        raise Refused(f"{what}里有不能使用的字符。")
    return text


@action("office.settings", "调整单位设置", needs="office.manage")
def set_office(act: Act, *, by: Person, publication_days: int, watch_days: int) -> Office:
    """Set the office's days of publication and of watch; they apply from now on."""
    if not (1 <= publication_days <= 60 and 30 <= watch_days <= 730):
        raise Refused("公示期应当是1到60天，观察期应当是30到730天。")
    office = act.lock(Office, by.office_id)
    old = dict(office.settings)
    office.settings = {**old, "publication_days": publication_days, "watch_days": watch_days}
    act.save(office)
    act.about(office, facts={"old": old, "new": office.settings})
    return office


@action("unit.create", "新增部门", needs="office.manage")
def create_unit(act: Act, *, by: Person, name: str, kind: str) -> Unit:
    """Create a unit; raises ``Refused`` for a name taken or an unknown kind."""
    text = required(name, "部门名称", 60)
    if kind not in Unit.Kind.values:
        raise Refused("请选择部门类别。")
    if Unit.objects.filter(office=by.office_id, name=text).exists():
        raise Refused(f"已经有“{text}”了。")
    unit = act.save(Unit(office_id=by.office_id, name=text, kind=kind))
    act.about(unit, facts={"name": text, "kind": kind})
    return unit


@action("unit.edit", "修改部门", needs="office.manage")
def edit_unit(act: Act, *, by: Person, unit: int, name: str, active: bool) -> Unit:
    """Rename a unit or put it out of use; whether it is outside the office never changes."""
    row = act.lock(Unit, unit)
    text = required(name, "部门名称", 60)
    if Unit.objects.filter(office=by.office_id, name=text).exclude(pk=row.pk).exists():
        raise Refused(f"已经有“{text}”了。")
    today = clock.today()
    if not active and Post.objects.filter(on_day(today), unit=row).exists():
        raise Refused("这个部门还有人任职，请先办理他们的离任。")
    old: dict[str, Value] = {"name": row.name, "active": row.active}
    row.name, row.active = text, active
    act.save(row)
    act.about(row, facts={"old": old, "new": {"name": text, "active": active}})
    return row


@action("person.create", "新增人员", needs="office.manage")
def create_person(act: Act, *, by: Person, name: str, phone: str = "") -> Person:
    """Create a person; one person once, whatever posts and accounts they get."""
    text = required(name, "姓名", 40)
    row = act.save(Person(office_id=by.office_id, name=text, phone=_phone(phone)))
    act.about(row, facts={})
    return row


@action("person.edit", "修改人员", needs="office.manage")
def edit_person(act: Act, *, by: Person, person: int, name: str, phone: str) -> Person:
    """Correct a name or a telephone number."""
    row = act.lock(Person, person, forgotten=False)
    row.name, row.phone = required(name, "姓名", 40), _phone(phone)
    act.save(row)
    act.about(row, facts={})
    return row


def _phone(words: str) -> str:
    text = words.strip().replace(" ", "")
    if text and not (text.replace("-", "").lstrip("+").isdecimal() and len(text) <= 20):
        raise Refused("电话只能由数字和短横组成。")
    return text


@action("post.start", "任职", needs="office.manage")
def start_post(
    act: Act, *, by: Person, person: int, unit: int, title: str, rank: str, leads: bool,
    superior: int | None, starts: date,
) -> Post:  # fmt: skip
    """Record a post; the past may be recorded late, the future up to a year ahead."""
    who = act.lock(Person, person, active=True)
    where = act.lock(Unit, unit, active=True)
    if rank not in Post.Rank.values:
        raise Refused("请选择层级。")
    _near(starts, "任职日期")
    above = act.lock(Person, superior) if superior else None
    if above is not None and above.pk == who.pk:
        raise Refused("本人不能是自己的上级。")
    row = act.save(
        Post(
            office_id=by.office_id, person=who, unit=where, title=required(title, "职务", 60),
            rank=rank, leads=leads, superior=above, starts=starts,
        )
    )  # fmt: skip
    act.about(row, facts={"person": who.pk, "unit": where.pk, "rank": rank, "leads": leads})
    return row


def _near(day: date, what: str) -> None:
    today = clock.today()
    if not (date(1960, 1, 1) <= day and (day - today).days <= 366):
        raise Refused(f"{what}不对：只能填写过去的日期或一年以内的日期。")


@action("post.end", "离任", needs="office.manage")
def end_post(act: Act, *, by: Person, post: int, ends: date) -> Post:
    """End a post on a day (the last one included). Posts are never deleted."""
    row = act.lock(Post, post)
    if row.ends is not None:
        raise Refused("这一职务已经离任。")
    _near(ends, "离任日期")
    if ends < row.starts:
        raise Refused("离任日期不能早于任职日期。")
    row.ends, row.ended_on = ends, clock.today()
    act.save(row)
    act.about(row, facts={"person": row.person_id, "ends": ends.isoformat()})
    return row


@action("deputy.start", "代管", needs="office.manage")
def start_deputising(
    act: Act, *, by: Person, person: int, deputy: int, reason: str, starts: date, ends: date
) -> Deputising:
    """Let somebody act for somebody else from a day to a day, at most a year."""
    who, other = act.lock(Person, person), act.lock(Person, deputy, active=True)
    if who.pk == other.pk:
        raise Refused("本人不能代管自己的工作。")
    if ends < starts:
        raise Refused("结束日期不能早于开始日期。")
    if (ends - starts).days > 366:
        raise Refused("代管期最长一年，到期可以再办。")
    row = act.save(
        Deputising(
            office_id=by.office_id, person=who, deputy=other, starts=starts, ends=ends,
            reason=required(reason, "事由", 200),
        )
    )  # fmt: skip
    act.about(row, facts={"person": who.pk, "deputy": other.pk})
    return row


@action("deputy.end", "结束代管", needs="office.manage")
def end_deputising(act: Act, *, by: Person, deputising: int) -> Deputising:
    """End deputising today."""
    row = act.lock(Deputising, deputising)
    today = clock.today()
    if row.ends < today:
        raise Refused("这次代管已经结束。")
    row.ends = max(today, row.starts)
    act.save(row)
    act.about(row, facts={"ends": row.ends.isoformat()})
    return row


@action("role.grant", "授予角色", needs="office.manage")
def grant_role(act: Act, *, by: Person, person: int, role: str) -> RoleGrant:
    """Give a role from today on. Nobody gives themselves a role that judges."""
    who = act.lock(Person, person, active=True)
    if role not in roles():
        raise Refused("没有这个角色。")
    if role in _NOT_TO_ONESELF and by.actor_key == who.actor_key:
        raise Refused("不能给自己授予这个角色，请由另一位管理员办理。")
    if role in roles_of(who):
        raise Refused("这个人已经有这个角色。")
    row = act.save(RoleGrant(office_id=who.office_id, person=who, role=role, starts=clock.today()))
    act.about(row, facts={"person": who.pk, "role": role})
    return row


@action("role.end", "收回角色", needs="office.manage")
def end_role(act: Act, *, by: Person, grant: int) -> RoleGrant:
    """Take a role away, from now on; the last administrator keeps theirs."""
    row = act.lock(RoleGrant, grant)
    require_other_administrator(row.person, row.role)
    if row.ends is not None:
        raise Refused("这个角色已经收回。")
    row.ends = clock.yesterday()
    act.save(row)
    act.about(row, facts={"person": row.person_id, "role": row.role})
    return row


def require_other_administrator(person: Person, role: str = "administrator") -> None:
    """Raise ``Refused`` when nobody else could manage the office any more."""
    if role != "administrator":
        return
    others = RoleGrant.objects.filter(
        on_day(clock.today()), office=person.office_id, role=role, person__active=True,
        person__accounts__is_active=True,
    )  # fmt: skip
    if role in roles_of(person) and not others.exclude(person=person).exists():
        raise Refused("这是最后一位管理员。请先授予另一个人管理员角色。")
