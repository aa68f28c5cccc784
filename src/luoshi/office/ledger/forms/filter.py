"""What a list is filtered and sorted by. All of it stands in the address, so that it can be kept."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.core.workflow import table
from luoshi.office.ledger.forms.base import Choice, Plain, people, units
from luoshi.office.ledger.models import Commitment

DUE = [
    ("", "不限"), ("overdue", "已超期"), ("week", "7天内到期"), ("month", "30天内到期"),
    ("none", "没有时限"),
]  # fmt: skip
SORTS = [("due", "按时限"), ("new", "最新建立"), ("number", "按编号")]


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
    sort = forms.ChoiceField(label="排序", required=False, choices=SORTS)
    unverifiable = forms.BooleanField(label="只看无法核验的", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = self.by.office_id
        self.fields["q"].widget.input_type = "search"
        states = [(key, state.label) for key, state in table.states().items()]
        self.fields["state"].choices = [("", "不限"), ("open", "未办结"), *states]  # type: ignore[attr-defined]
        self.fields["owner"].offer(people(office))  # type: ignore[attr-defined]
        self.fields["unit"].offer(units(office))  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """Return the filters that say something."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
