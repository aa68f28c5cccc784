"""Forms of special ledgers: setting one up, counts, places."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.office.journal import clock
from luoshi.office.ledger.forms.base import Choice, Day, Plain, Words
from luoshi.office.ledger.models import Commitment, SpecialLedger


class Create(Plain):
    """What is counted, from what number to what number, until when."""

    name = forms.CharField(label="名称", max_length=80, help_text="例如“无物业小区清零”。")
    counts = forms.CharField(
        label="统计什么", max_length=80, help_text="例如“没有物业管理的小区”。"
    )
    measure_unit = forms.CharField(label="单位", max_length=10, help_text="例如“个”“处”。")
    baseline = forms.IntegerField(label="起始数", min_value=0)
    target = forms.IntegerField(label="目标数", min_value=0)
    starts = Day(label="开始日期", initial=clock.today)
    deadline = Day(label="完成期限")


class Count(Plain):
    """The count of a day."""

    counted_on = Day(label="统计日期", initial=clock.today)
    value = forms.IntegerField(label="数量", min_value=0)
    source = forms.CharField(
        label="数据来源", max_length=100, help_text="哪个系统或哪次清点，别人怎样可以核对。"
    )


class Places(Plain):
    """Places, one a line."""

    names = Words(label="地点", rows=10, max_length=400_000, help_text="每行一个。")

    def clean_names(self) -> list[str]:
        """Return the lines that say something."""
        return [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]


class Done(Plain):
    """Since when a place is done."""

    done_on = Day(label="完成日期", initial=clock.today)


class Undone(Plain):
    """Why a place is not done any more."""

    reason = Words(label="反弹的情况", max_length=200, rows=3)


class Belongs(Plain):
    """Which item a place belongs to."""

    commitment = Choice(label="对应的整改事项", required=False, empty="没有")

    def __init__(self, *args: Any, special: SpecialLedger, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Commitment.for_office(special.office_id).filter(special=special).order_by("id")
        self.fields["commitment"].offer(  # type: ignore[attr-defined]
            (row.pk, f"{row.number} {row.title}") for row in rows[:500]
        )
