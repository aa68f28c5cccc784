"""Work on a commitment: progress, readings, evidence."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from luoshi.office.accounts.models import Office, Person
from luoshi.office.examinations.models import StoredFile
from luoshi.office.journal.models import DomainModel
from luoshi.office.ledger.models.commitment import Commitment


class Progress(DomainModel):
    """What was done, on which day."""

    office = models.ForeignKey(Office, models.PROTECT)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="progress_set")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField("进展")
    happened_on = models.DateField("发生日期")
    added_at = models.DateTimeField()


class Reading(DomainModel):
    """The value of a number indicator on a day, and where it was read."""

    office = models.ForeignKey(Office, models.PROTECT)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="readings")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    value = models.DecimalField("读数", max_digits=14, decimal_places=2)
    read_on = models.DateField("读数日期")
    source = models.CharField("数据来源", max_length=100)
    added_at = models.DateTimeField()


class Evidence(DomainModel):
    """Something that shows what is so (佐证).

    ``dated`` is the evidence's own day, not the upload's. ``declared`` is how independent its
    author calls it; how independent it counts is worked out anew each time from who entered it
    (core/workflow): what the owner uploads is the owner's own statement, whatever it says.
    """

    class Kind(models.TextChoices):
        """What it is."""

        DOCUMENT = "document", "文件"
        PHOTO = "photo", "照片"
        VISIT = "visit", "走访"
        CALL = "call", "电话回访"
        DECISION = "decision", "会议决定"
        COUNT = "count", "其他系统的数据"
        ANSWERS = "answers", "居民反馈"

    class Independence(models.IntegerChoices):
        """How far from the owner."""

        OWN = 0, "本人说明"
        SAME_UNIT = 1, "同科室（社区）"
        OTHER_UNIT = 2, "其他科室（社区）"
        OUTSIDE = 3, "单位以外"

    office = models.ForeignKey(Office, models.PROTECT)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="evidence_set")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField("种类", max_length=10, choices=Kind)
    title = models.CharField("名称", max_length=100)
    note = models.TextField("说明", blank=True)
    dated = models.DateField("佐证日期")
    declared = models.IntegerField("来源", choices=Independence)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True)
    revises = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    withdrawn = models.BooleanField(default=False)
    withdrawn_reason = models.CharField("撤回理由", max_length=200, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["commitment", "dated"], name="evidence_dated")]
