"""What a list is filtered and sorted by. All of it stands in the address, so that it can be kept."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.core.workflow import table
from luoshi.office.accounts.models import Unit
from luoshi.office.accounts.permissions import acting_for
from luoshi.office.journal import clock
from luoshi.office.ledger.forms.base import Choice, Choices, Plain, people
from luoshi.office.ledger.models import Commitment
from luoshi.office.ledger.scopes import SCOPES, Asked, parse_month

DUE = [
    ("", "不限"), ("overdue", "已超期"), ("week", "7天内到期"), ("month", "30天内到期"),
    ("none", "没有时限"),
]  # fmt: skip
SORTS = [("due", "按时限"), ("new", "最新建立"), ("number", "按编号")]


class _Month(forms.TextInput):
    input_type = "month"


class Filter(Plain):
    """The filters of the list; what makes no sense is left out, never an error page."""

    q = forms.CharField(label="查找", required=False, max_length=60)
    state = forms.ChoiceField(label="状态", required=False)
    owner = Choice(label="责任人", required=False, empty="不限")
    unit = Choice(label="责任单位", required=False, empty="不限")
    time_class = forms.ChoiceField(
        label="时限类别", required=False, choices=[("", "不限"), *Commitment.TimeClass.choices]
    )
    due = forms.ChoiceField(label="到期", required=False, choices=DUE)
    only = forms.ChoiceField(label="情形", required=False)
    month = forms.CharField(label="月份", required=False, max_length=7, widget=_Month())
    sort = forms.ChoiceField(label="排序", required=False, choices=SORTS)
    mine = forms.BooleanField(label="只看我办理的", required=False)
    unverifiable = forms.BooleanField(label="只看无法核验的", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = self.by.office_id
        self.fields["q"].widget.input_type = "search"
        states = [(key, state.label) for key, state in table.states().items()]
        self.fields["state"].choices = [("", "不限"), ("open", "未办结"), *states]  # type: ignore[attr-defined]
        self.fields["owner"].offer(people(office))  # type: ignore[attr-defined]
        self.fields["unit"].offer(_units(office))  # type: ignore[attr-defined]
        named = [(scope.key, scope.label) for scope in SCOPES.values()]
        self.fields["only"].choices = [("", "不限"), *named]  # type: ignore[attr-defined]
        scope = SCOPES.get(self.data.get("only", ""))
        if scope is None or not scope.monthly:
            del self.fields["month"]

    def chosen(self) -> dict[str, Any]:
        """Return the filters that say something."""
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        if found.keys() & {"only", "mine"}:
            month = parse_month(found.get("month", ""))
            own = acting_for(self.by) if "mine" in found else frozenset()
            found["asked"] = Asked(self.by.office_id, clock.today(), month, self.by.pk, own)
        return found

    def bar(self) -> list[forms.BoundField]:
        """Return the fields that narrow down, tick boxes last."""
        return sorted(self, key=lambda field: field.widget_type == "checkbox")


def _units(office: int) -> Choices:
    """Return the units that can have items, and those not in use any more: their items still are."""
    rows = Unit.objects.filter(office=office).exclude(kind=Unit.Kind.OUTSIDE)
    return [
        (unit.pk, unit.name if unit.active else f"{unit.name}（已停用）")
        for unit in rows.order_by("-active", "kind", "name")
    ]
