"""Which material answers for which, as a form."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.office.recurrence.orders import Before, Orders

NONE = "none"
_MOST = 200


class PreviousForm(forms.Form):
    """The material of the meeting before, chosen among those that are not later."""

    previous = forms.ChoiceField(
        label="上次的材料", help_text="只列不晚于这份材料的；同一单位或同一人的排在前面。"
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any, *, orders: Orders, key: int, before: Before) -> None:
        shown = before.paper.key if before.paper else NONE if before.how == "none" else ""
        super().__init__(data, initial={"previous": shown, "version": before.version})
        papers = orders.candidates(key)[:_MOST]
        rows = [(str(p.key), f"{p.title}（{p.when}）" if p.when else p.title) for p in papers]
        field: Any = self.fields["previous"]
        field.choices = [("", "请选择"), *rows, (NONE, "没有上次的材料")]

    def arguments(self) -> dict[str, Any]:
        """Return what the action is called with."""
        chosen = self.cleaned_data["previous"]
        return {
            "previous": None if chosen == NONE else int(chosen),
            "version": self.cleaned_data["version"],
        }
