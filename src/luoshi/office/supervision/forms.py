"""Forms on a slip: one question each."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.core.supervision import reasons, slips, thresholds
from luoshi.core.supervision.thresholds import Thresholds
from luoshi.office.ledger.forms.base import Plain, Words
from luoshi.office.supervision.actions.limits import dates


class SlipForm(Plain):
    """A form on one slip; ``version`` is what the page showed when it was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class Answer(SlipForm):
    """What was done."""

    text = Words(
        label="反馈内容", max_length=1000,
        help_text="请写做了什么、还差什么、什么时候做完。办理情况和佐证请记在事项里，这里不用重复。",
    )  # fmt: skip


class Reason(SlipForm):
    """Why."""

    reason = Words(label="意见", max_length=1000, rows=3, help_text="请写明依据，五个字以上。")


class Limits(Plain):
    """The office's thresholds, one question each, and the appraisal dates."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    appraisal = forms.CharField(
        label="考核日期", max_length=120, required=False,
        help_text="写成 月-日，例如 12-31；有几个的，用顿号隔开。临近这些日期集中销号的，会提示突击整改。",
    )  # fmt: skip

    def __init__(
        self, *args: Any, now: Thresholds, base: Thresholds, version: int, **kwargs: Any
    ) -> None:
        values = thresholds.known()
        shown = {name: now[name] for name in values}
        initial = shown | {"version": version, "appraisal": dates(now)}
        super().__init__(*args, initial=initial, **kwargs)
        for name, value in values.items():
            self.fields[name] = forms.IntegerField(
                label=value.words, min_value=value.least, max_value=value.most,
                help_text=f"{value.least} 到 {value.most}；不另定时是 {base[name]}。",
            )  # fmt: skip
        self.fields["reason"] = Words(
            label="为什么这样定", max_length=500, rows=3, help_text="请写明依据，五个字以上。"
        )

    def arguments(self) -> dict[str, Any]:
        """Return what the action is called with."""
        given = self.cleaned_data
        own: dict[str, Any] = {name: given[name] for name in thresholds.known()}
        days = given["appraisal"].replace("，", "、").replace(",", "、").replace(" ", "、")
        own["appraisal"] = [day for day in days.split("、") if day]
        return {"version": given["version"], "own": own, "reason": given["reason"]}


class SlipFilter(forms.Form):
    """Which slips of a list."""

    colour = forms.ChoiceField(label="等级", required=False)
    state = forms.ChoiceField(label="状态", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(key, state.label) for key, state in slips.states().items()]
        self.fields["colour"].choices = [("", "全部"), *reasons.colours().items()]  # type: ignore[attr-defined]
        self.fields["state"].choices = [("open", "未审结"), *states, ("all", "全部")]  # type: ignore[attr-defined]

    def chosen(self) -> tuple[str, str]:
        """Return colour and state; what is not to choose from counts as not chosen."""
        self.is_valid()
        found = getattr(self, "cleaned_data", {})
        return found.get("colour", ""), found.get("state", "") or "open"
