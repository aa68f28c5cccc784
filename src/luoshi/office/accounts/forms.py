"""What is typed about people. What is allowed is decided by the actions, not here."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.office.accounts.models import Person, Post, Unit
from luoshi.office.accounts.permissions import roles
from luoshi.office.journal import clock


class Day(forms.DateField):
    """A day, typed or chosen."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("error_messages", {"invalid": "请填写正确的日期，例如 2026-03-01。"})
        super().__init__(**kwargs)


class PersonForm(forms.Form):
    """Name and telephone number."""

    name = forms.CharField(label="姓名", max_length=40)
    phone = forms.CharField(label="电话", max_length=20, required=False)


class UnitForm(forms.Form):
    """A new unit."""

    name = forms.CharField(label="部门名称", max_length=60)
    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), *Unit.Kind.choices])


class UnitEditForm(forms.Form):
    """A unit's name, and whether it is in use."""

    name = forms.CharField(label="部门名称", max_length=60)
    active = forms.BooleanField(label="在用", required=False)


class _OfficeForm(forms.Form):
    """A form whose choices are rows of one office."""

    def __init__(self, *args: Any, office: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        people = Person.objects.filter(office=office, active=True).order_by("name")
        self.people = [(p.pk, p.name) for p in people]

    def choose(self, field: str, choices: list[tuple[Any, str]], empty: str = "请选择") -> None:
        """Give a field its choices, with a first one that chooses nothing."""
        self.fields[field].choices = [("", empty), *choices]  # type: ignore[attr-defined]


class PostForm(_OfficeForm):
    """A post from a day on."""

    unit = forms.TypedChoiceField(
        label="部门", coerce=int,
        help_text="主要领导和班子成员登记在“领导班子”；分管哪个科室，在科室负责人的“直接上级”里填。",
    )  # fmt: skip
    title = forms.CharField(label="职务", max_length=60)
    rank = forms.ChoiceField(label="层级", choices=[("", "请选择"), *Post.Rank.choices])
    leads = forms.BooleanField(
        label="主持该部门工作", required=False,
        help_text="勾选以后，这个部门的其他人都算受其领导。",
    )  # fmt: skip
    superior = forms.TypedChoiceField(
        label="直接上级", coerce=int, required=False, empty_value=None,
        help_text="谁分管、谁领导这个职务。核验是否独立按这里的关系判断，请如实填写。",
    )  # fmt: skip
    starts = Day(label="任职日期", initial=clock.today)

    def __init__(self, *args: Any, office: int, **kwargs: Any) -> None:
        super().__init__(*args, office=office, **kwargs)
        units = Unit.objects.filter(office=office, active=True).order_by("kind", "name")
        self.choose("unit", [(u.pk, u.name) for u in units])
        self.choose("superior", self.people, "没有")


class DayForm(forms.Form):
    """One day."""

    day = Day(label="日期", initial=clock.today)


class DeputyForm(_OfficeForm):
    """Who acts in the person's place, from when to when, and why."""

    deputy = forms.TypedChoiceField(label="代管人", coerce=int)
    reason = forms.CharField(label="事由", max_length=200)
    starts = Day(label="开始日期", initial=clock.today)
    ends = Day(label="结束日期")

    def __init__(self, *args: Any, office: int, **kwargs: Any) -> None:
        super().__init__(*args, office=office, **kwargs)
        self.choose("deputy", self.people)


class HandoverForm(_OfficeForm):
    """To whom everything is handed over."""

    successor = forms.TypedChoiceField(label="接手人", coerce=int)

    def __init__(self, *args: Any, office: int, **kwargs: Any) -> None:
        super().__init__(*args, office=office, **kwargs)
        self.choose("successor", self.people)


class RoleForm(forms.Form):
    """One role."""

    role = forms.ChoiceField(
        label="角色", widget=forms.RadioSelect,
        help_text="一个人可以有几个角色。谁能核验哪一项，还要看与责任人的关系，由程序判断。",
        error_messages={"required": "请选择角色。"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        field.choices = [  # type: ignore[attr-defined]
            (r.key, f"{r.wording}：{'；'.join(r.says)}") for r in roles().values()
        ]


class AccountForm(forms.Form):
    """The name under which a person signs in."""

    username = forms.CharField(label="用户名", max_length=40)


class ConfirmForm(forms.Form):
    """Nothing but the decision to do it."""
