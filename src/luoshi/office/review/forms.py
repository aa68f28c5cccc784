"""What is asked on the pages of the review desk. What is allowed is decided by the actions."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.office.accounts.models import Person
from luoshi.office.accounts.permissions import roles
from luoshi.office.examinations.models import Examination
from luoshi.office.journal import clock
from luoshi.office.ledger.forms.base import Choice, Day, Plain, Several, Words, YesNo, people, units
from luoshi.office.review.models import Batch, Decision, Submission
from luoshi.office.review.reach import REVIEWS

_CHOICES_MOST = 500


def reviewers(office: int) -> list[tuple[int, str]]:
    """Return who can be made a reviewer, with their units, to choose from."""
    fit = {key for key, role in roles().items() if REVIEWS in role.permissions}
    holders = set(
        Person.objects.filter(on_role_day(), office=office, active=True, roles__role__in=fit)
        .values_list("pk", flat=True)
    )  # fmt: skip
    return [(key, name) for key, name in people(office) if key in holders]


def on_role_day() -> Any:
    """Return the condition that a person's role is in force today."""
    from django.db.models import Q

    day = clock.today()
    return Q(roles__starts__lte=day) & (Q(roles__ends__isnull=True) | Q(roles__ends__gte=day))


class BatchForm(Plain):
    """A batch: what it is called, for which meeting, who reads it."""

    name = forms.CharField(
        label="批次名称",
        max_length=80,
        help_text="写明年度和会议，例如：年度民主生活会班子成员材料。",
    )
    meeting = forms.CharField(
        label="会议", max_length=120, help_text="例如：街道领导班子年度民主生活会。"
    )
    held_on = Day(label="会议日期", required=False)
    reviewers = Several(
        label="审阅人", required=False,
        help_text="只能看到指定给本人的批次。有“审阅人”或者“领导”角色的人员才能选。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["reviewers"]
        offered.choices = reviewers(self.by.office_id)
        offered.many = True


class EditBatchForm(BatchForm):
    """A batch that is there: also the earlier ones with which it is compared."""

    against = Several(
        label="与哪些批次比对", required=False,
        help_text="例如上一年的批次：看有没有照抄去年的。启用的范文每次都比对，不用选。",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, batch: Batch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Batch.for_office(batch.office_id).exclude(pk=batch.pk).order_by("-made_on", "-pk")
        offered: Any = self.fields["against"]
        offered.choices = list(rows.values_list("pk", "name")[:_CHOICES_MOST])
        offered.many = True


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once."""

    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the list of files; raises ``ValidationError`` for none."""
        given = (data or [None]) if isinstance(data, list | tuple) else [data]
        one = super().clean
        return [one(file, initial) for file in given]


class FilesForm(Plain):
    """Files of materials."""

    uploads = FilesField(
        label="材料文件",
        help_text="可以一次选多个（docx、pdf、txt、md），最多30个。文件名里写明姓名的，程序按姓名归到本人名下。",
        error_messages={"empty": "其中有空的文件。请检查是否选错了。"},
    )  # fmt: skip


class TemplateForm(Plain):
    """Files of known texts."""

    uploads = FilesField(
        label="范文文件", help_text="网上流传的范文、历年的模板。可以一次选多个，最多30个。",
        error_messages={"empty": "其中有空的文件。请检查是否选错了。"},
    )  # fmt: skip


def materials(office: int) -> list[tuple[int, str]]:
    """Return the newest materials of an office to choose from."""
    rows = Examination.for_office(office).order_by("-imported_on", "-pk")
    shown = rows.values_list("pk", "title", "file__name", "imported_on")[:_CHOICES_MOST]
    return [(key, f"{title}（{file}，{day:%Y-%m-%d}）") for key, title, file, day in shown]


class SenderForm(Plain):
    """Whose material it is."""

    name = forms.CharField(label="报送人", max_length=60, help_text="姓名，或者领导班子的名称。")
    unit = Choice(label="部门", required=False, empty="不写")
    author = Choice(
        label="报送人的账号", required=False, empty="没有账号",
        help_text="选了账号的，本人可以在“我的材料”里看到审核意见，只看得到自己的。",
    )  # fmt: skip
    previous = Choice(
        label="上一次会议的材料", required=False, empty="不选",
        help_text="选了以后，可以看出上一次的问题有哪些又出现了。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = self.by.office_id
        held: Any = self.fields
        held["unit"].offer(units(office))
        held["author"].offer(people(office))
        held["previous"].offer(materials(office))


class ExistingForm(SenderForm):
    """A material that the office has already."""

    examination = Choice(label="材料")
    field_order = ("examination", "name", "unit", "author", "previous")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["examination"]
        offered.offer(materials(self.by.office_id))


class EditSenderForm(SenderForm):
    """Whose material it is, corrected."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, submission: Submission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        previous: Any = self.fields["previous"]
        held = submission.previous
        if held is not None and held.pk not in dict(previous.choices):
            previous.offer([(held.pk, held.title), *previous.choices[1:]])


class NextForm(Plain):
    """The next draft of a material: a new file."""

    file = forms.FileField(
        label="新稿文件", help_text="docx、pdf、txt、md；最大 40 MB。原来的稿子都留着，可以对照。",
        error_messages={"empty": "文件是空的。请检查是否选错了文件。"},
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


class RemarkForm(Plain):
    """A remark on a place of the text: chosen with the mouse, or a paragraph."""

    paragraph = forms.IntegerField(label="第几段", required=False, min_value=1)
    words = forms.CharField(
        label="针对哪几个字", required=False, max_length=200,
        help_text="照原文填写段里的几个字；不填就是针对整段。",
    )  # fmt: skip
    text = Words(label="意见", rows=3, max_length=1000)


class JudgeForm(Plain):
    """A finding is taken up or dismissed."""

    finding = forms.IntegerField(widget=forms.HiddenInput)
    take = YesNo(label="处理", yes="采纳", no="不采纳")
    text = forms.CharField(label="补充或者理由", required=False, max_length=1000)


class WithdrawForm(Plain):
    """A remark is taken back."""

    remark = forms.IntegerField(widget=forms.HiddenInput)


class DecideForm(Plain):
    """Pass or return."""

    outcome = forms.ChoiceField(
        label="结论", choices=Decision.Outcome.choices, widget=forms.RadioSelect
    )
    words = Words(label="总的意见", rows=4, required=False, max_length=2000)
    answer_by = Day(label="改好报送的日期", required=False, help_text="退回修改时填写。")
    version = forms.IntegerField(widget=forms.HiddenInput)
    conditional = ("answer_by",)


class TakeBackForm(Plain):
    """A decision is taken back."""

    reason = forms.CharField(label="撤回的理由", max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)
