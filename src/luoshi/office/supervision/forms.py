"""Forms on a slip: one question each."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.core.supervision import reasons, slips
from luoshi.office.ledger.forms.base import Plain, Words


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
