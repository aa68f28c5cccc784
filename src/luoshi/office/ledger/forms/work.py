"""Forms of work: progress, readings, evidence, the recurring check of a standing item."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.office.examinations import storage
from luoshi.office.journal import clock
from luoshi.office.ledger.forms.base import Choice, Day, ItemForm, Words, YesNo, people
from luoshi.office.ledger.models import Commitment, Evidence, SpecialLedger


class Progress(ItemForm):
    """What was done, on which day."""

    text = Words(label="做了什么", help_text="写事实：做了什么、做了多少、还剩什么。")
    happened_on = Day(label="发生日期", initial=clock.today)


class Reading(ItemForm):
    """The value of the indicator on a day."""

    value = forms.DecimalField(label="读数", max_digits=14, decimal_places=2)
    read_on = Day(label="读数日期", initial=clock.today)
    source = forms.CharField(
        label="数据来源", max_length=100, help_text="从哪里读到的，别人怎样可以核对。"
    )

    def prepare(self) -> None:
        """Say what is read, in which unit."""
        value = self.fields["value"]
        if self.item.measure_unit:
            value.label = f"读数（{self.item.measure_unit}）"
        value.help_text = self.item.indicator

    @classmethod
    def start(cls, item: Commitment) -> dict[str, Any]:
        """Propose the source that was agreed."""
        return {"source": item.reading_source}


class EvidenceForm(ItemForm):
    """A piece of evidence, with or without a file."""

    kind = forms.ChoiceField(label="种类", choices=[("", "请选择"), *Evidence.Kind.choices])
    title = forms.CharField(label="名称", max_length=100, help_text="例如“东堤路清理后现场照片”。")
    dated = Day(label="佐证日期", help_text="照片拍摄、文件形成、走访发生的日期，不是上传的日期。")
    declared = forms.TypedChoiceField(
        label="来自哪里", coerce=int, choices=Evidence.Independence.choices,
        widget=forms.RadioSelect,
        help_text="实际算多独立，由系统按提交人与责任人的关系判断。",
    )  # fmt: skip
    file = forms.FileField(
        label="文件", required=False, allow_empty_file=True,
        help_text="照片（jpg、png、webp）、pdf、docx、xlsx 或 txt，最大 40 MB。请先遮去居民的姓名、电话和住址。",
    )  # fmt: skip
    note = Words(
        label="说明", required=False, rows=3,
        help_text="没有文件时必填：是什么，怎样可以看到（至少十个字）。",
    )  # fmt: skip
    expires_on = Day(label="有效期至", required=False)
    conditional = ("note",)

    def arguments(self) -> dict[str, Any]:
        """Return the answers, with the file stored; raises ``Refused`` for one that is not taken."""
        given = dict(self.cleaned_data)
        upload = given["file"]
        given["file"] = (
            storage.store(upload.chunks(), upload.name or "", evidence=True) if upload else None
        )
        return given


class Revise(EvidenceForm):
    """The same piece of evidence, put right; the old one is kept and counts no more."""

    def prepare(self) -> None:
        """Start from what the old one says."""
        row = self.item.evidence_set.filter(pk=self.about).first()
        if row is not None:
            for name in ("kind", "title", "dated", "declared", "note", "expires_on"):
                self.initial[name] = getattr(row, name)


class StandingCheck(ItemForm):
    """Whether a standing item is still kept."""

    checked_on = Day(label="复查日期", initial=clock.today)
    holds = YesNo(label="还做得到吗", yes="仍然做到", no="没有做到，问题又出现了")
    seen = Words(label="看到了什么", help_text="写您亲眼看到的事实，至少十个字。")


class OpenTo(ItemForm):
    """To whom from outside the office the item is opened."""

    person = Choice(label="外单位人员")

    def prepare(self) -> None:
        """Offer those who belong to bodies outside the office."""
        self.fields["person"].offer(people(self.item.office_id, outside=True))  # type: ignore[attr-defined]


class InSpecial(ItemForm):
    """The special ledger under which the item is filed."""

    special = Choice(label="专项台账", required=False, empty="不列入")

    @classmethod
    def start(cls, item: Commitment) -> dict[str, Any]:
        """Return the one under which it is filed now."""
        return {"special": item.special_id}

    def prepare(self) -> None:
        """Offer the office's special ledgers."""
        rows = SpecialLedger.objects.filter(office=self.item.office_id).order_by("name")
        self.fields["special"].offer(rows.values_list("pk", "name"))  # type: ignore[attr-defined]
