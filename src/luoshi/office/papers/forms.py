"""What is asked before a paper is made."""

from __future__ import annotations

from django import forms

from luoshi.office.ledger.forms.base import Plain
from luoshi.office.papers.actions.making import KINDS


class PaperForm(Plain):
    """Which paper, in which form, to whom, what for."""

    kind = forms.ChoiceField(
        label="出具什么", widget=forms.RadioSelect, initial="report",
        choices=[(key, label) for key, (label, _) in KINDS.items()],
    )  # fmt: skip
    form = forms.ChoiceField(
        label="格式", widget=forms.RadioSelect, initial="docx",
        choices=[("docx", "Word 文件（docx），可以再改"), ("pdf", "pdf，可以直接打印")],
    )  # fmt: skip
    to = forms.CharField(
        label="主送机关", required=False, max_length=60,
        help_text="例如：中共柳河区委组织部。不填就不印这一行。",
    )  # fmt: skip
    purpose = forms.CharField(
        label="用途", max_length=100,
        help_text="报告里有责任人和核验人的姓名，每次出具都留痕。例如：报区委组织部。",
    )  # fmt: skip
