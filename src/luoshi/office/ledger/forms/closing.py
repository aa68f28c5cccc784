"""Forms of closing (销号): apply, assign, verify, publish, object, close, confirm, relapse."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.core.workflow import table
from luoshi.office.journal import clock
from luoshi.office.ledger.candidates import candidates
from luoshi.office.ledger.forms.base import Choice, Day, ItemForm, Words, YesNo
from luoshi.office.ledger.models import Commitment

_SEEN = "写您亲眼看到、亲耳听到的事实，比如数量、位置、当事人怎么说。不要照抄责任人的汇报。"


class Apply(ItemForm):
    """The owner says that it is done."""

    done_on = Day(label="完成日期", help_text="整改工作实际做完的那一天。之后形成的佐证才算数。")
    statement = Words(
        label="完成情况", help_text="完成了什么，怎样可以看到。核验人会照着这段话去现场核对。"
    )


class Reason(ItemForm):
    """One reason."""

    reason = Words(label="理由", max_length=500, rows=3)


class Assign(ItemForm):
    """Who verifies. The choices are those who may; why others may not stands beside them."""

    verifier = forms.TypedChoiceField(label="核验人", coerce=int, widget=forms.RadioSelect)

    def prepare(self) -> None:
        """Fit the questions to the item."""
        free = [one for one in candidates(self.item) if not one.reasons]
        self.fields["verifier"].choices = [  # type: ignore[attr-defined]
            (one.person.pk, f"{one.person.name}（{one.posts}）：{'、'.join(one.standing)}")
            for one in free
        ]


class _Statement(ItemForm):
    seen = Words(label="现场看到了什么", rows=6, help_text=_SEEN)
    place = forms.CharField(
        label="在哪里看到的", max_length=100, help_text="写到具体地点，例如“东堤小区3号楼前”。"
    )
    seen_on = Day(label="什么时候看到的")


class _Decision(_Statement):
    criterion_met = YesNo(
        label="可观察的标准是否已经达到", yes="已经达到", no="没有达到", required=False
    )

    def prepare(self) -> None:
        """Fit the questions to the item."""
        kind = self.item.indicator_kind
        if kind == Commitment.IndicatorKind.CRITERION:
            criterion = self.fields["criterion_met"]
            criterion.help_text = f"标准：{self.item.looks_at}。请按现场情况回答。"
        elif kind == Commitment.IndicatorKind.NUMBER and type(self) is Verify:
            del self.fields["criterion_met"]

    def arguments(self) -> dict[str, Any]:
        """Return the answers; a question that was not asked has none."""
        return {"criterion_met": None, **self.cleaned_data}


class _Publishing(forms.Form):
    """Where and how long the result is made public, when it passes."""

    publish_place = forms.CharField(
        label="公示地点", max_length=100, required=False,
        help_text="通过时必填，例如“街道政务公开栏和东堤社区公告栏”。",
    )  # fmt: skip
    publication_days = forms.IntegerField(
        label="公示天数", required=False, min_value=1, max_value=365,
        help_text="不填就按本单位规定的最短天数。",
    )  # fmt: skip


class Verify(_Decision, _Publishing):
    """What the verifier saw and decided."""

    passed = YesNo(label="核验决定", yes="通过，进入公示", no="退回，继续整改")
    reason = Words(
        label="理由", rows=3, required=False, help_text="退回时必填：还差什么，怎样才算做到。"
    )
    field_order = ("seen", "place", "seen_on", "criterion_met", "passed", "reason")
    conditional = ("reason", "publish_place", "criterion_met")
    groups = (
        ("现场情况", ("seen", "place", "seen_on", "criterion_met")),
        ("决定", ("passed", "reason")),
        ("公示（通过时填写）", ("publish_place", "publication_days")),
    )


class RegisterForm(_Decision):
    """A signed form of a body outside the office, entered as it stands on the paper."""

    evidence = Choice(
        label="签字的核验单", help_text="先把扫描件或照片作为佐证上传，再在这里选择。"
    )
    body = forms.CharField(
        label="核验单位", max_length=100, help_text="例如“区纪委监委”“东堤社区居民议事会”。"
    )
    field_order = ("evidence", "body", "seen", "place", "seen_on", "criterion_met")

    def prepare(self) -> None:
        """Fit the questions to the item."""
        super().prepare()
        rows = self.item.evidence_set.filter(withdrawn=False, file__isnull=False).order_by("id")
        self.fields["evidence"].offer(  # type: ignore[attr-defined]
            (row.pk, f"{row.title}（{row.dated}）") for row in rows
        )
        if "criterion_met" in self.fields:
            self.fields["criterion_met"].label = "核验单上写的是已经达到，还是没有达到"


class ConfirmForm(ItemForm, _Publishing):
    """Somebody else compares the entry with the paper."""

    passed = YesNo(
        label="对照原件，核验单的结论是", yes="通过，进入公示", no="没有通过，退回继续整改"
    )
    reason = Words(label="理由", rows=3, required=False, help_text="退回时必填，照核验单写。")
    field_order = ("passed", "reason", "publish_place", "publication_days")
    conditional = ("reason", "publish_place")
    groups = (("公示（通过时填写）", ("publish_place", "publication_days")),)


class ObjectTo(ItemForm):
    """What somebody objects to the result."""

    text = Words(
        label="异议内容", help_text="照提出异议的人的原话写。不要写提出人的姓名、电话和住址。"
    )
    received_on = Day(label="收到日期", initial=clock.today)


class DecideObjection(ItemForm):
    """What is decided on an objection."""

    upheld = YesNo(label="处理决定", yes="异议成立，退回整改", no="异议不成立")
    reason = Words(label="处理理由", rows=3, help_text="查了什么，依据是什么。")


class Confirm(_Statement):
    """A second look after the watch."""


class RelapseForm(ItemForm):
    """The problem is back."""

    happened_on = Day(label="发现日期", initial=clock.today)
    reason = Words(label="看到了什么情况", help_text="写事实：在哪里、什么时候、看到了什么。")


def least_days(item: Commitment) -> int:
    """Return how many days a result must be public in this office."""
    return int(item.office.settings.get("publication_days", table.default_days("publication")))
