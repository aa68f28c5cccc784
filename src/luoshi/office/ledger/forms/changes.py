"""Forms of changes of what was agreed: one for each kind, and the decision."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.office.ledger import kinds
from luoshi.office.ledger.forms import agreed
from luoshi.office.ledger.forms.base import (
    Choice,
    Day,
    ItemForm,
    Several,
    Words,
    YesNo,
    people,
    units,
)
from luoshi.office.ledger.masking import hiding_from
from luoshi.office.ledger.models import Change, Commitment

PARTS = 4
_REASON = "写清为什么要变，原来为什么做不到。上级、核验人和审计人员都看得到。"
_COUNTED = frozenset({Change.Kind.DEADLINE, Change.Kind.TIME_CLASS})


class Ask(ItemForm):
    """A request for a change: the reason, and what each kind adds."""

    kind = ""
    reason = Words(label="变更的理由", max_length=500, rows=3, help_text=_REASON)

    def arguments(self) -> dict[str, Any]:
        """Return the request: its kind, the new values, the reason."""
        given = dict(self.cleaned_data)
        version, reason = given.pop("version"), given.pop("reason")
        return {"version": version, "kind": self.kind, "reason": reason, "new": self.new(given)}

    def new(self, given: dict[str, Any]) -> dict[str, Any]:
        """Return the new values."""
        return given


class AskColumns(Ask, agreed.Agreed):
    """A request for other values of some columns; the present ones stand in the fields."""

    field_order = ("version",)

    @classmethod
    def start(cls, item: Commitment) -> dict[str, Any]:
        """Return what the item says now; a new deadline is typed anew."""
        return agreed.start(item) | ({"deadline": None} if cls.kind in _COUNTED else {})

    def prepare(self) -> None:
        """Keep the fields of this kind; the reason comes last."""
        columns = {"version", "reason", *kinds.RULES[self.kind].columns}
        if self.kind in _COUNTED:
            columns |= {"working_days", "counted_from"}
        for name in [name for name in self.fields if name not in columns]:
            del self.fields[name]
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])
        agreed.offer(self, self.item)

    def new(self, given: dict[str, Any]) -> dict[str, Any]:
        """Leave out what was not counted in working days, and a deadline that nobody typed."""
        if not given.get("working_days"):
            given.pop("working_days", None)
            given.pop("counted_from", None)
        if self.kind == Change.Kind.TIME_CLASS and not given.get("deadline"):
            given.pop("deadline", None)
        return given


class AskSuspend(Ask):
    """Put on hold, until a day."""

    returns_on = Day(label="恢复日期", help_text="到这一天就要恢复办理；不能恢复的要再申请。")
    field_order = ("returns_on", "reason")


class AskWithdraw(Ask):
    """Withdraw: only a reason."""


class AskMerge(Ask):
    """Merge into another item, by its number."""

    into = forms.CharField(label="合并到哪一项（编号）", max_length=20)
    field_order = ("into", "reason")

    def clean_into(self) -> int:
        """Return the item with this number in the office."""
        number = self.cleaned_data["into"].strip()
        row = Commitment.for_office(self.item.office_id).filter(number=number).first()
        if row is None:
            raise forms.ValidationError("没有这个编号的事项，请核对编号。")
        return int(row.pk)


class AskSplit(Ask):
    """Split into parts; a part without a name is not used."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = (
            *((f"第{n}部分", tuple(f"{c}_{n}" for c in _PART)) for n in range(1, PARTS + 1)),
            ("理由", ("reason",)),
        )

    def prepare(self) -> None:
        """Make the questions of every part."""
        inside, sections = people(self.item.office_id, outside=False), units(self.item.office_id)
        links = self.item.problem_links.select_related("point__examination")
        hide = hiding_from(self.by)
        problems = [(link.point_id, agreed.short(link.point, hide)) for link in links]
        for n in range(1, PARTS + 1):
            self.fields[f"title_{n}"] = forms.CharField(
                label="整改事项", max_length=200, required=n <= 2,
                help_text="" if n <= 2 else "不需要这一部分就不填。",
                error_messages={"required": "拆分至少要有两个部分，请填写“整改事项”。"},
            )  # fmt: skip
            owner, unit = Choice(label="责任人"), Choice(label="责任单位")
            owner.offer(inside)
            unit.offer(sections)
            self.fields[f"owner_{n}"], self.fields[f"unit_{n}"] = owner, unit
            self.fields[f"deadline_{n}"] = Day(label="整改时限", help_text="不填就与原事项相同。")
            self.fields[f"baseline_{n}"] = forms.DecimalField(label="基数", decimal_places=2)
            self.fields[f"target_{n}"] = forms.DecimalField(label="目标", decimal_places=2)
            self.fields[f"problems_{n}"] = Several(label="对应哪些问题", choices=problems)
            for name in _PART[1:]:
                self.fields[f"{name}_{n}"].required = False
            self.initial.update({
                f"owner_{n}": self.item.owner_id, f"unit_{n}": self.item.unit_id,
                f"problems_{n}": [key for key, _ in problems],
            })  # fmt: skip
            if self.item.indicator_kind != Commitment.IndicatorKind.NUMBER:
                del self.fields[f"baseline_{n}"], self.fields[f"target_{n}"]

    def new(self, given: dict[str, Any]) -> dict[str, Any]:
        """Return the parts that have a name; what was left empty stays as in the whole."""
        found = []
        for n in range(1, PARTS + 1):
            part = {name: given.get(f"{name}_{n}") for name in _PART}
            if part["title"]:
                found.append({k: v for k, v in part.items() if v not in (None, "", [])})
        return {"parts": found}


_PART = ("title", "owner", "unit", "deadline", "baseline", "target", "problems")


def of_kind(kind: str) -> type[Ask]:
    """Return the form that asks for a kind of change."""
    bases: dict[str, type[Ask]] = {
        Change.Kind.SUSPEND: AskSuspend, Change.Kind.WITHDRAW: AskWithdraw,
        Change.Kind.MERGE: AskMerge, Change.Kind.SPLIT: AskSplit,
    }  # fmt: skip
    return type(f"Ask{kind.title()}", (bases.get(kind, AskColumns),), {"kind": kind})


class Decide(ItemForm):
    """A superior's decision on a request."""

    approve = YesNo(label="审批决定", yes="同意，立即生效", no="不同意")
    decision = Words(
        label="审批意见", required=False, max_length=500, rows=3, help_text="不同意时必填。"
    )
    conditional = ("decision",)


class Cancel(ItemForm):
    """Somebody takes their own request back."""

    reason = Words(label="理由", required=False, max_length=500, rows=2)
