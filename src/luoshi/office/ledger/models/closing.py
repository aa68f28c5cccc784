"""Closing (销号): application, verification, publication, objections, watch, relapse."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from luoshi.office.accounts.models import Office, Person
from luoshi.office.journal.models import DomainModel
from luoshi.office.ledger.models.commitment import Commitment
from luoshi.office.ledger.models.work import Evidence


class Application(DomainModel):
    """The owner says that it is done, since when, and how one can see it."""

    office = models.ForeignKey(Office, models.PROTECT)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="applications")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_on = models.DateField("完成日期")
    statement = models.TextField("完成情况")
    withdrawn = models.BooleanField(default=False)


class ItemAccess(DomainModel):
    """An outside verifier may see and verify this one item."""

    office = models.ForeignKey(Office, models.PROTECT)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="access_set")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    granted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    revoked = models.BooleanField(default=False)


class Verification(DomainModel):
    """A check on the spot: what was seen, where and when, and what the verifier decided.

    ``basis`` is the fingerprint of the facts the decision was taken on: when they have changed
    since, the decision no longer counts. A signed form of a body outside the office is entered
    by ``registered_by``, holds the form as ``form``, and counts once ``confirmed_by``, who is
    somebody else, has compared it with the paper.
    """

    class Result(models.TextChoices):
        """The verifier's decision."""

        OPEN = "", "核验中"
        PASSED = "passed", "通过，进入公示"
        RETURNED = "returned", "退回"
        VOID = "void", "作废"

    office = models.ForeignKey(Office, models.PROTECT)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="verifications")
    application = models.ForeignKey(Application, models.PROTECT)
    verifier = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    assigned_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    seen = models.TextField("看到了什么", blank=True)
    place = models.CharField("在哪里", max_length=100, blank=True)
    seen_on = models.DateField("什么时候", null=True, blank=True)
    criterion_met = models.BooleanField("标准已达到", null=True)
    result = models.CharField(max_length=10, choices=Result, blank=True, default=Result.OPEN)
    reason = models.TextField("理由", blank=True)
    basis = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)
    form = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True)
    form_body = models.CharField("核验单位", max_length=100, blank=True)
    registered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")


class Publication(DomainModel):
    """The result is made public for a while; objections are taken."""

    office = models.ForeignKey(Office, models.PROTECT)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="publications")
    verification = models.ForeignKey(Verification, models.PROTECT)
    starts = models.DateField("公示开始")
    ends = models.DateField("公示结束")
    place = models.CharField("公示地点", max_length=100)
    ended = models.BooleanField(default=False)


class Objection(DomainModel):
    """What somebody objected during publication, and what somebody else decided."""

    class Result(models.TextChoices):
        """The decision."""

        OPEN = "", "待处理"
        UPHELD = "upheld", "成立，退回整改"
        DISMISSED = "dismissed", "不成立"

    office = models.ForeignKey(Office, models.PROTECT)
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="objections")
    text = models.TextField("异议内容")
    received_on = models.DateField("收到日期")
    registered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    result = models.CharField(max_length=10, choices=Result, blank=True, default=Result.OPEN)
    reason = models.TextField("处理理由", blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)


class StandingCheck(DomainModel):
    """A recurring check of a standing commitment (长期坚持)."""

    office = models.ForeignKey(Office, models.PROTECT)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="checks")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    checked_on = models.DateField("复查日期")
    holds = models.BooleanField("仍然做到")
    seen = models.TextField("看到了什么")

    class Meta:
        ordering: ClassVar = ["checked_on", "id"]


class Relapse(DomainModel):
    """The problem is back (反弹): the item is open again, one grade more severe."""

    office = models.ForeignKey(Office, models.PROTECT)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="relapses")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    happened_on = models.DateField("发现日期")
    reason = models.TextField("反弹情况")
    added_at = models.DateTimeField()
