"""What is typed about materials. What is allowed is decided by the actions, not here."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.core.material.outline import ids, load
from luoshi.office.examinations.models import Examination, Point


class UploadForm(forms.Form):
    """A file, and its outline where the program should not guess it."""

    file = forms.FileField(
        label="材料文件", help_text="docx、pdf、txt、md；最大 40 MB。",
        error_messages={"required": "请选择文件。", "empty": "文件是空的。请检查是否选错了文件。"},
    )  # fmt: skip
    outline = forms.ChoiceField(label="提纲", required=False, help_text="不选时由程序判断。")
    written_on = forms.DateField(
        label="材料日期", required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="会议或者落款的日期。不填时由程序从落款、标题下面读；“年底前”等说法从这一天算起。",
        error_messages={"invalid": "请填写正确的日期，例如 2026-01-22。"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outlines = [(key, load(key).name) for key in ids()]
        self.fields["outline"].choices = [("", "由程序判断"), *outlines]  # type: ignore[attr-defined]


class Version(forms.Form):
    """The state of the material that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class KindForm(Version):
    """What a point is."""

    point = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="类别", choices=Point.Kind.choices)


class PointForm(Version):
    """One point."""

    point = forms.IntegerField(widget=forms.HiddenInput)


class SpanForm(Version):
    """A stretch of the text: chosen with the mouse, or told by its first and last words."""

    start = forms.IntegerField(widget=forms.HiddenInput, required=False)
    end = forms.IntegerField(widget=forms.HiddenInput, required=False)
    first_words = forms.CharField(label="从哪几个字开始", required=False, max_length=200)
    last_words = forms.CharField(label="到哪几个字结束", required=False, max_length=200)

    def __init__(self, *args: Any, examination: Examination, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._text = examination.text

    def clean(self) -> dict[str, Any]:
        """Work out where the stretch begins and ends."""
        data = super().clean() or {}
        if data.get("start") is not None and data.get("end") is not None:
            return data
        first, last = data.get("first_words", "").strip(), data.get("last_words", "").strip()
        if not first or not last:
            raise forms.ValidationError(
                "请在原文里选中文字，或者写明从哪几个字开始、到哪几个字结束。"
            )
        if self._text.count(first) != 1:
            raise forms.ValidationError(f"“{first}”在原文里不是恰好出现一次，请多写几个字。")
        start = self._text.index(first)
        end = self._text.find(last, start)
        if end < 0:
            raise forms.ValidationError(f"在“{first}”后面没有找到“{last}”。")
        data["start"], data["end"] = start, end + len(last)
        return data


class AddForm(SpanForm):
    """A new point."""

    kind = forms.ChoiceField(label="类别", choices=Point.Kind.choices)


class EndsForm(SpanForm):
    """New ends of a point."""

    point = forms.IntegerField(widget=forms.HiddenInput)


class SplitForm(Version):
    """Where the second part of a point begins."""

    point = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(label="后一部分从哪几个字开始", max_length=200)


class MergeForm(Version):
    """The points to be made one."""

    points = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: Any, keys: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["points"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]


class LinkForm(Version):
    """Which point answers or explains which."""

    source = forms.IntegerField()
    target = forms.IntegerField()


class VerdictForm(Version):
    """Whether a link holds."""

    link = forms.IntegerField()
    right = forms.TypedChoiceField(choices=[("1", ""), ("0", "")], coerce=lambda v: v == "1")


class UndoForm(Version):
    """The correction to be undone."""

    correction = forms.IntegerField()
