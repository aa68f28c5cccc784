"""Special ledgers (专项台账): a named set of commitments with one count that must reach its target."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from luoshi.office.accounts.models import Office, Person
from luoshi.office.journal.models import DomainModel


class SpecialLedger(DomainModel):
    """One count for many places, such as estates without property management: 1,471 → 0."""

    office = models.ForeignKey(Office, models.PROTECT)
    name = models.CharField("名称", max_length=80)
    counts = models.CharField("统计什么", max_length=80)
    measure_unit = models.CharField("单位", max_length=10)
    baseline = models.IntegerField("起始数")
    target = models.IntegerField("目标数")
    starts = models.DateField("开始日期")
    deadline = models.DateField("完成期限")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "name"], name="special_name_once")
        ]


class SpecialCount(DomainModel):
    """The count on a day, and where the figure comes from."""

    office = models.ForeignKey(Office, models.PROTECT)
    special = models.ForeignKey(SpecialLedger, models.PROTECT, related_name="count_set")
    counted_on = models.DateField("统计日期")
    value = models.IntegerField("数量")
    source = models.CharField("数据来源", max_length=100)
    author = models.ForeignKey(Person, models.PROTECT)


class SpecialPlace(DomainModel):
    """One place of the set, and since when it is done.

    ``reopened`` counts how often it was done and then was not any more.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    special = models.ForeignKey(SpecialLedger, models.PROTECT, related_name="places")
    name = models.CharField("地点", max_length=80)
    done_on = models.DateField("完成日期", null=True, blank=True)
    commitment = models.ForeignKey("ledger.Commitment", models.PROTECT, null=True, blank=True)
    reopened = models.IntegerField("反弹次数", default=0)
    reason = models.CharField("最近一次反弹的情况", max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["special", "name"], name="special_place_once")
        ]
