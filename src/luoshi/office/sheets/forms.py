"""What is asked when a workbook is taken in, and when the ledger is given out."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.office.ledger.forms.base import Plain
from luoshi.office.ledger.forms.filter import Filter
from luoshi.office.sheets import plan as plans
from luoshi.office.sheets.actions.importing import Choices
from luoshi.office.sheets.directory import Directory
from luoshi.office.sheets.plan import Plan, Planned

_DO_NOT = "先空着，以后再填"


class Upload(Plain):
    """A workbook."""

    file = forms.FileField(
        label="台账表格", widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm"}),
        help_text="Excel 或 WPS 表格，.xlsx 格式；最大 40 MB。",
        error_messages={"empty": "文件是空的。请检查是否选错了文件。"},
    )  # fmt: skip


class Confirm(Plain):
    """The choices of a preview: a field for each name that nobody has, ticks for its rows."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, plan: Plan, directory: Directory, **kwargs: Any) -> None:
        kwargs["initial"] = {"seen": plan.digest, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.words = {f"name-{n}": word for n, word in enumerate(plan.unknown)}
        self.rows: dict[str, tuple[str, str]] = {}
        choices = [("", _DO_NOT), *directory.choices()]
        for name, word in self.words.items():
            self.fields[name] = forms.ChoiceField(
                label=f"“{word}”是", required=False, choices=choices,
                help_text=_why(directory, word, plan.unknown[word]),
            )  # fmt: skip
        for planned in plan.items:
            self._ticks(planned)

    def _ticks(self, planned: Planned) -> None:
        if planned.status == plans.NEW:
            self._tick("out", planned.piece.id, "不导入")
        elif planned.status == plans.GONE:
            self._tick("again", planned.piece.id, "重新建立")
        if planned.is_first:
            self._tick("whole", planned.row_id, f"本格{planned.piece.of}条合为一项")

    def _tick(self, kind: str, key: str, label: str) -> None:
        name = f"{kind}-{key}"
        self.rows[name] = (kind, key)
        self.fields[name] = forms.BooleanField(label=label, required=False)

    def names(self) -> list[forms.BoundField]:
        """Return the questions about names."""
        return [self[name] for name in self.words]

    def of(self, planned: Planned) -> list[forms.BoundField]:
        """Return the ticks of one measure."""
        names = [f"out-{planned.piece.id}", f"again-{planned.piece.id}"]
        if planned.is_first:
            names.append(f"whole-{planned.row_id}")
        return [self[name] for name in names if name in self.fields]

    def choices(self) -> Choices:
        """Return what was decided."""
        given = self.cleaned_data
        ticked: dict[str, set[str]] = {"out": set(), "again": set(), "whole": set()}
        for name, (kind, key) in self.rows.items():
            if given.get(name):
                ticked[kind].add(key)
        return Choices(
            given["seen"], ticked["whole"], ticked["out"], ticked["again"],
            {word: given.get(name, "") for name, word in self.words.items()},
        )  # fmt: skip


def _why(directory: Directory, word: str, times: int) -> str:
    same = directory.same_named(word)
    why = f"本单位有{same}位同名" if same else "本单位没有这个人或科室"
    return f"{why}，表里用到{times}处。"


class Sure(Plain):
    """Nothing to fill in: a button that says what it does."""


class Export(Filter):
    """Which items, in which form."""

    kind = forms.ChoiceField(
        label="导出什么", choices=[("ledger", "整改台账"), ("lists", "问题、任务、责任三张清单")],
        widget=forms.RadioSelect, initial="ledger",
    )  # fmt: skip
    purpose = forms.CharField(
        label="用途", min_length=2, max_length=100,
        help_text="导出的表格里有责任人姓名，每次导出都会留痕。写明交给谁、做什么用。",
        error_messages={"min_length": "请写明用途，至少两个字。"},
    )  # fmt: skip
