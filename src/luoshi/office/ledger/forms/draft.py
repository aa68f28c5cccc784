"""Forms of drafts: by hand, for a problem without a measure; claim, decline, order, drop."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.office.ledger.forms.base import ItemForm, Plain, Words
from luoshi.office.ledger.models import Commitment


class ByHand(Plain):
    """An item that comes from no material."""

    title = forms.CharField(
        label="整改事项", max_length=200, help_text="一句话写清要做成什么，至少四个字。"
    )
    source_text = Words(
        label="来源", required=False, rows=3,
        help_text="这一项从哪里来，例如巡察反馈、居民来信、会议决定。可以照抄原话。",
    )  # fmt: skip


class ForProblem(Plain):
    """What is to be done about a problem that has no measure."""

    measure = forms.CharField(
        label="打算怎样整改", max_length=200,
        help_text="写能看到、能数清的做法，例如“三号窗口公示办理时限，每月抽查十件”。",
    )  # fmt: skip


class DraftReason(ItemForm):
    """Why a draft is dropped or handed back."""

    reason = Words(label="理由", max_length=500, rows=3)


class _Unverifiable(ItemForm):
    unverifiable = forms.BooleanField(
        label="明白这一项“无法核验”：照常列出，但不能销号，也不算完成", required=False
    )

    def prepare(self) -> None:
        """Ask only about an item without an indicator."""
        if self.item.indicator_kind != Commitment.IndicatorKind.NONE:
            del self.fields["unverifiable"]

    def arguments(self) -> dict[str, Any]:
        """Return the answers; a question that was not asked is answered no."""
        return {"unverifiable": False, **self.cleaned_data}


class Claim(_Unverifiable):
    """The owner takes the item on."""


class Order(_Unverifiable):
    """A superior orders the item."""

    note = Words(label="交办意见", required=False, max_length=500, rows=3)
