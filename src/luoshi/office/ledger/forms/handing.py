"""The form of a superior who decides a handover."""

from __future__ import annotations

from luoshi.office.ledger.forms.base import Plain, Words, YesNo


class DecideHandover(Plain):
    """One decision for all items that the superior may decide."""

    approve = YesNo(label="审批决定", yes="同意，立即交接", no="不同意")
    decision = Words(
        label="审批意见", required=False, max_length=500, rows=3, help_text="不同意时必填。"
    )
    conditional = ("decision",)
