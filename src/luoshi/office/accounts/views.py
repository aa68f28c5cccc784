"""Pages about people. Reading needs ``office.manage``; every change is an action."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.office.accounts import forms, handover, queries
from luoshi.office.accounts.actions import leaving, people, signin
from luoshi.office.accounts.models import Deputising, Person, Post, RoleGrant, Unit, User
from luoshi.office.journal.act import may
from luoshi.office.journal.errors import NotAllowed
from luoshi.office.pages import me, perform, posted

change = require_http_methods(["GET", "POST"])


def _manager(request: HttpRequest) -> Person:
    """Return the signed-in person; raises ``NotAllowed`` unless they manage the office."""
    person = me(request)
    if not may(person, "office.manage"):
        raise NotAllowed("只有管理员可以查看和管理人员。")
    return person


def _person(request: HttpRequest, key: int) -> Person:
    row: Person = get_object_or_404(Person, pk=key, office=_manager(request).office_id)
    return row


def _of(request: HttpRequest, model: type[Any], key: int) -> Any:
    return get_object_or_404(model, pk=key, office=_manager(request).office_id)


@require_GET
def people_list(request: HttpRequest) -> HttpResponse:
    """Show everybody, and the units."""
    office = _manager(request).office_id
    context = {"listed": queries.everybody(office), "units": queries.units(office)}
    return render(request, "accounts/people.html", context)


@require_GET
def person_page(request: HttpRequest, person: int) -> HttpResponse:
    """Show one person over time."""
    who = _person(request, person)
    context = {"person": who, "in_hand": handover.in_hand(who), **queries.history(who)}
    return render(request, "accounts/person.html", context)


@require_GET
def own_account(request: HttpRequest) -> HttpResponse:
    """Show the signed-in person their account."""
    from allauth.mfa.utils import is_mfa_enabled

    who = me(request)
    context = {"person": who, "second": is_mfa_enabled(request.user), **queries.history(who)}
    return render(request, "accounts/own.html", context)


def _form(
    request: HttpRequest, form: Any, act: Any, *, title: str, button: str, done: Any, back: str,
    words: str = "",
) -> HttpResponse:  # fmt: skip
    context = {"title": title, "button": button, "back": back, "words": words}
    return perform(
        request, form, act, done=done, then=back, template="web/form.html", context=context
    )


def _home(person: Person) -> str:
    return reverse("accounts:person", args=[person.pk])


@change
def new_person(request: HttpRequest) -> HttpResponse:
    """Add a person."""
    by = _manager(request)
    context = {"title": "新增人员", "button": "保存", "back": reverse("accounts:people")}
    return perform(
        request, forms.PersonForm(posted(request)),
        lambda data: people.create_person(by=by, **data),
        done="已新增。请接着登记职务、授予角色、开通账号。", then=_home,
        template="web/form.html", context=context,
    )  # fmt: skip


@change
def edit_person(request: HttpRequest, person: int) -> HttpResponse:
    """Correct a name or a telephone number."""
    by, who = _manager(request), _person(request, person)
    form = forms.PersonForm(posted(request), initial={"name": who.name, "phone": who.phone})
    return _form(
        request, form, lambda data: people.edit_person(by=by, person=who.pk, **data),
        title=f"修改：{who.name}", button="保存", done="已保存。", back=_home(who),
    )  # fmt: skip


@change
def new_unit(request: HttpRequest) -> HttpResponse:
    """Add a unit."""
    by = _manager(request)
    return _form(
        request, forms.UnitForm(posted(request)),
        lambda data: people.create_unit(by=by, **data),
        title="新增部门", button="保存", done="已新增。", back=reverse("accounts:people"),
    )  # fmt: skip


@change
def edit_unit(request: HttpRequest, unit: int) -> HttpResponse:
    """Rename a unit, or put it out of use."""
    by, row = _manager(request), _of(request, Unit, unit)
    form = forms.UnitEditForm(posted(request), initial={"name": row.name, "active": row.active})
    return _form(
        request, form, lambda data: people.edit_unit(by=by, unit=row.pk, **data),
        title=f"修改：{row.name}", button="保存", done="已保存。", back=reverse("accounts:people"),
    )  # fmt: skip


@change
def start_post(request: HttpRequest, person: int) -> HttpResponse:
    """Record a post."""
    by, who = _manager(request), _person(request, person)
    return _form(
        request, forms.PostForm(posted(request), office=by.office_id),
        lambda data: people.start_post(by=by, person=who.pk, **data),
        title=f"登记职务：{who.name}", button="保存", done="已登记。", back=_home(who),
    )  # fmt: skip


@change
def end_post(request: HttpRequest, post: int) -> HttpResponse:
    """End a post."""
    by, row = _manager(request), _of(request, Post, post)
    return _form(
        request, forms.DayForm(posted(request)),
        lambda data: people.end_post(by=by, post=row.pk, ends=data["day"]),
        title=f"离任：{row.person.name}，{row.named}", button="办理离任",
        done="已办理离任。", back=_home(row.person), words="最后一天仍算在任。",
    )  # fmt: skip


@change
def start_deputising(request: HttpRequest, person: int) -> HttpResponse:
    """Let somebody act for this person."""
    by, who = _manager(request), _person(request, person)
    return _form(
        request, forms.DeputyForm(posted(request), office=by.office_id),
        lambda data: people.start_deputising(by=by, person=who.pk, **data),
        title=f"安排代管：{who.name}", button="保存", done="已安排。", back=_home(who),
        words="代管期间，代管人可以办理本人牵头的事项；此后不能核验这些事项。",
    )  # fmt: skip


@change
def end_deputising(request: HttpRequest, deputising: int) -> HttpResponse:
    """End deputising today."""
    by, row = _manager(request), _of(request, Deputising, deputising)
    return _form(
        request, forms.ConfirmForm(posted(request)),
        lambda _: people.end_deputising(by=by, deputising=row.pk),
        title=f"结束代管：{row.deputy.name}代管{row.person.name}", button="结束代管",
        done="已结束。", back=_home(row.person),
    )  # fmt: skip


@change
def grant_role(request: HttpRequest, person: int) -> HttpResponse:
    """Give a role."""
    by, who = _manager(request), _person(request, person)
    return _form(
        request, forms.RoleForm(posted(request)),
        lambda data: people.grant_role(by=by, person=who.pk, **data),
        title=f"授予角色：{who.name}", button="授予", done="已授予。", back=_home(who),
    )  # fmt: skip


@change
def end_role(request: HttpRequest, grant: int) -> HttpResponse:
    """Take a role away."""
    by, row = _manager(request), _of(request, RoleGrant, grant)
    return _form(
        request, forms.ConfirmForm(posted(request)),
        lambda _: people.end_role(by=by, grant=row.pk),
        title=f"收回角色：{row.person.name}", button="收回", done="已收回。", back=_home(row.person),
    )  # fmt: skip


@change
def new_account(request: HttpRequest, person: int) -> HttpResponse:
    """Open an account; the password for one use is shown once."""
    by, who = _manager(request), _person(request, person)
    return _form(
        request, forms.AccountForm(posted(request)),
        lambda data: signin.create_account(by=by, person=who.pk, **data),
        title=f"开通账号：{who.name}", button="开通", back=_home(who),
        done=lambda made: f"账号“{made[0].username}”已开通，初始密码：{made[1]} （只显示这一次）",
    )  # fmt: skip


@change
def reset_password(request: HttpRequest, account: int) -> HttpResponse:
    """Give an account a new password for one use."""
    by, row = _manager(request), _of(request, User, account)
    return _form(
        request, forms.ConfirmForm(posted(request)),
        lambda _: signin.reset_password(by=by, account=row.pk),
        title=f"重置密码：{row.username}", button="重置", back=_home(row.person),
        done=lambda once: f"“{row.username}”的新密码：{once} （只显示这一次）",
        words="原来的密码立即失效，正在使用这个账号的人会被退出。",
    )  # fmt: skip


@change
def switch_account(request: HttpRequest, account: int) -> HttpResponse:
    """Disable an account, or enable it."""
    by, row = _manager(request), _of(request, User, account)
    word = "停用" if row.is_active else "启用"
    return _form(
        request, forms.ConfirmForm(posted(request)),
        lambda _: signin.set_active(by=by, account=row.pk, active=not row.is_active),
        title=f"{word}账号：{row.username}", button=word, done=f"已{word}。",
        back=_home(row.person),
    )  # fmt: skip


@change
def hand_over(request: HttpRequest, person: int) -> HttpResponse:
    """Hand over everything a person has in hand."""
    by, who = _manager(request), _person(request, person)
    counts = handover.in_hand(who)
    listed = "、".join(f"{name}{number}件" for name, number in counts.items())
    return _form(
        request, forms.HandoverForm(posted(request), office=by.office_id),
        lambda data: leaving.hand_over(by=by, person=who.pk, **data),
        title=f"工作交接：{who.name}", button="提交", back=_home(who),
        done=lambda counts: _handed(counts, handover.in_hand(who)),
        words=f"{who.name}手上有{listed}。草稿立即转交；已经认领的换人要由上级审批。" if listed else f"{who.name}手上没有需要交接的事项。",
    )  # fmt: skip


def _handed(counts: dict[str, int], waiting: dict[str, int]) -> str:
    """Say what went over at once, and what waits until a superior has decided it."""
    left = "、".join(f"{name}{number}件" for name, number in waiting.items())
    if left:
        return f"已提交工作交接。还有{left}换人要由上级审批，审批以后才算交接。"
    return "已交接：" + "、".join(f"{name}{number}件" for name, number in counts.items()) + "。"


@change
def leave(request: HttpRequest, person: int) -> HttpResponse:
    """Let a person leave."""
    by, who = _manager(request), _person(request, person)
    return _form(
        request, forms.DayForm(posted(request)),
        lambda data: leaving.leave(by=by, person=who.pk, day=data["day"]),
        title=f"离岗：{who.name}", button="办理离岗", done="已办理离岗。", back=_home(who),
        words="职务、角色和代管同时终止，账号停用；办理过的事项全部保留。",
    )  # fmt: skip


@change
def forget(request: HttpRequest, person: int) -> HttpResponse:
    """Erase what is known of a person who has left."""
    by, who = _manager(request), _person(request, person)
    if who.active:
        raise Http404
    return _form(
        request, forms.ConfirmForm(posted(request)),
        lambda _: leaving.forget(by=by, person=who.pk),
        title=f"删除个人信息：{who.name}", button="删除", done="已删除。", back=_home(who),
        words="姓名和电话删除后不能恢复；留痕仍可校验，但不再显示是谁。",
    )  # fmt: skip
