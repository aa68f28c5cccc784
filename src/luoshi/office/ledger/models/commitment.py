"""A measure made checkable: owner, deadline, indicator, evidence."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from luoshi.core.workflow import table
from luoshi.office.accounts.models import Office, Person, Unit
from luoshi.office.examinations.models import Examination, Point
from luoshi.office.journal.models import DomainModel
from luoshi.office.ledger.models.handover import Handover
from luoshi.office.ledger.models.special import SpecialLedger


class Commitment(DomainModel):
    """One item of the ledger (整改事项).

    ``state`` is a key of data/workflow/commitment.toml. ``version`` grows with every action on
    the item: a form made from an older page is refused. A number indicator has ``baseline``,
    ``target`` (which of the two is larger tells the direction), unit and source; an observable
    criterion has who looks, where, when, at what; an item with neither is 无法核验: it is shown
    and never counted done. ``source_text`` keeps the words of the material for items whose
    point was in a file imported by somebody else's program. ``no_problem`` says why an item
    answers no problem of the material; ``deadline_note`` how a deadline was counted that was
    given in working days. An item that was split stays, withdrawn; its parts point to it by
    ``split_from``; one that was merged points to where it went by ``merged_into``.
    """

    class TimeClass(models.TextChoices):
        """DOMAIN.md §3. A standing item has a recurring check instead of an end."""

        SHORT = "short", "短期攻坚"
        MIDDLE = "middle", "中期推进"
        STANDING = "standing", "长期坚持"

    class IndicatorKind(models.TextChoices):
        """How one can tell that it is done."""

        NUMBER = "number", "数量指标"
        CRITERION = "criterion", "可观察的标准"
        NONE = "none", "无法核验"

    office = models.ForeignKey(Office, models.PROTECT)
    number = models.CharField("编号", max_length=20)
    examination = models.ForeignKey(Examination, models.PROTECT, null=True, blank=True)
    point = models.ForeignKey(Point, models.PROTECT, null=True, blank=True, db_index=False)
    source_text = models.TextField("原文", blank=True)
    title = models.CharField("整改事项", max_length=200)
    state = models.CharField("状态", max_length=12)
    is_open = models.BooleanField("问题还在", default=True, editable=False)
    severity = models.IntegerField("严重程度", default=1)
    version = models.IntegerField(default=1)

    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True)
    deadline = models.DateField("整改时限", null=True, blank=True)
    deadline_note = models.CharField("时限的算法", max_length=120, blank=True)
    time_class = models.CharField("时限类别", max_length=10, choices=TimeClass)
    special = models.ForeignKey(SpecialLedger, models.PROTECT, null=True, blank=True)
    no_problem = models.CharField("没有对应问题的原因", max_length=200, blank=True)
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", db_index=False
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )

    indicator_kind = models.CharField(
        "指标类别", max_length=10, choices=IndicatorKind, default=IndicatorKind.NONE
    )
    indicator = models.CharField("指标", max_length=200, blank=True)
    measure_unit = models.CharField("计量单位", max_length=20, blank=True)
    baseline = models.DecimalField("基数", max_digits=14, decimal_places=2, null=True, blank=True)
    target = models.DecimalField("目标", max_digits=14, decimal_places=2, null=True, blank=True)
    reading_source = models.CharField("数据来源", max_length=100, blank=True)
    reading_dates = models.JSONField("读数日期", default=list, blank=True)
    looks_who = models.CharField("由谁看", max_length=100, blank=True)
    looks_where = models.CharField("在哪里看", max_length=100, blank=True)
    looks_when = models.CharField("什么时候看", max_length=100, blank=True)
    looks_at = models.CharField("看什么", max_length=200, blank=True)

    evidence_kinds = models.JSONField("佐证种类", default=list, blank=True)
    evidence_count = models.IntegerField("佐证件数", default=1)
    evidence_independence = models.IntegerField("佐证独立程度", default=2)
    check_days = models.IntegerField("复查间隔（天）", null=True, blank=True)
    next_check = models.DateField("下次复查", null=True, blank=True)

    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_on = models.DateField()
    proposed_on = models.DateField(null=True)
    activated_on = models.DateField(null=True)
    suspended_from = models.CharField(max_length=12, blank=True)
    returns_on = models.DateField("恢复日期", null=True, blank=True)
    watch_ends = models.DateField("观察期至", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "number"], name="commitment_number_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["office", "state", "deadline", "indicator_kind"], name="commitment_list"
            ),
            # SQLite finds nothing by a column that is merely true, hence the conditions.
            models.Index(
                fields=["office", "deadline", "id"],
                name="commitment_still",
                condition=Q(is_open=True),
            ),
            models.Index(
                fields=["office", "indicator_kind", "deadline", "id"],
                name="commitment_blind",
                condition=Q(is_open=True),
            ),
            models.Index(fields=["office", "deadline"], name="commitment_due"),
            models.Index(fields=["office", "owner", "deadline"], name="commitment_owner"),
            models.Index(fields=["office", "unit", "deadline"], name="commitment_unit"),
            models.Index(fields=["office", "time_class", "deadline"], name="commitment_class"),
            models.Index(
                fields=["office", "unit", "state", "deadline", "indicator_kind"],
                name="commitment_board",
            ),
            models.Index(
                fields=["office", "state", "watch_ends"],
                name="commitment_watch",
                condition=Q(watch_ends__isnull=False),
            ),
            # Of what few items have: an index with the many NULLs would not be used.
            *(
                models.Index(
                    fields=[name],
                    name=f"commitment_{name}",
                    condition=Q(**{f"{name}__isnull": False}),
                )
                for name in ("point", "split_from", "merged_into")
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save inside `Act.save`; whether the problem is gone follows from the state."""
        state = table.states().get(self.state)
        self.is_open = state is None or state.open
        super().save(*args, **kwargs)


class Duty(DomainModel):
    """Who had a commitment in hand, from a day to a day: independence is judged on this."""

    class Kind(models.TextChoices):
        """In which part."""

        OWNER = "owner", "责任人"
        CO_OWNER = "co", "协办人"

    office = models.ForeignKey(Office, models.PROTECT)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="duties")
    person = models.ForeignKey(Person, models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=6, choices=Kind)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "ends", "starts", "commitment"], name="duty_in_hand")
        ]


class ProblemLink(DomainModel):
    """A problem that a commitment answers."""

    office = models.ForeignKey(Office, models.PROTECT)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="problem_links")
    point = models.ForeignKey(Point, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["point", "commitment"], name="problem_link_point")
        ]


class CauseLink(DomainModel):
    """A cause that a commitment removes."""

    office = models.ForeignKey(Office, models.PROTECT)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="cause_links")
    point = models.ForeignKey(Point, models.PROTECT, related_name="+")


class Change(DomainModel):
    """A change of what was agreed: asked for by somebody, decided by a superior.

    ``old`` and ``new`` hold the columns concerned. ``version`` is the item's when it was asked
    for: what changes in between needs a new request. ``handover``: it is part of one.
    """

    class Kind(models.TextChoices):
        """What is to change."""

        DEADLINE = "deadline", "延期"
        TARGET = "target", "调整目标"
        BASELINE = "baseline", "调整基数"
        OWNER = "owner", "更换责任人"
        CO_OWNERS = "co_owners", "调整协办人"
        TIME_CLASS = "time_class", "调整时限类别"
        PROBLEMS = "problems", "调整对应问题"
        INDICATOR = "indicator", "调整指标"
        EVIDENCE = "evidence", "调整佐证要求"
        SPLIT = "split", "拆分"
        MERGE = "merge", "合并"
        SUSPEND = "suspend", "挂起"
        WITHDRAW = "withdraw", "撤销"

    class State(models.TextChoices):
        """How far."""

        OPEN = "open", "待审批"
        APPROVED = "approved", "同意"
        REFUSED = "refused", "不同意"
        CANCELLED = "cancelled", "已撤回"

    office = models.ForeignKey(Office, models.PROTECT)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=Kind)
    old = models.JSONField()
    new = models.JSONField()
    reason = models.CharField("理由", max_length=500)
    version = models.IntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField("审批意见", max_length=500, blank=True)
    handover = models.ForeignKey(
        Handover, models.PROTECT, null=True, blank=True, related_name="changes"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["office", "state"], name="change_state")]


class Step(DomainModel):
    """One line of an item's history (经过): every action on it leaves exactly one.

    ``verb`` is the name of the action, ``before`` and ``after`` are states (equal where the
    action moved nothing), ``old`` and ``new`` hold what changed by column, with persons, units
    and points as their numbers. ``version`` is the item's after the action.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="steps")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    before = models.CharField(max_length=12)
    after = models.CharField(max_length=12)
    version = models.IntegerField()
    note = models.TextField(blank=True)
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            # One month of what moved. SQLite uses it for a condition worded just like this.
            models.Index(
                fields=["office", "at", "after", "before", "commitment"],
                name="step_moves",
                condition=~Q(before=F("after")),
            )
        ]
