"""Slips with their story, runs of the sweep, addresses of calendars."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from luoshi.core.supervision import slips
from luoshi.office.accounts.models import Office, Person
from luoshi.office.journal.models import DomainModel
from luoshi.office.ledger.models import Commitment


class Slip(DomainModel):
    """A supervision slip (督办单): made by the sweep, answered by a person, closed by another.

    ``subject`` is what it is about (``ledger.commitment:17``, or a thing that an app above has
    registered, with its ``title`` and ``link``); once for a subject, a ``reason`` (a key of
    data/supervision/reasons.toml) and a ``period``. ``since`` is the first day on which the
    reason held; ``late_days`` how many days the slip came later than that because the sweep had
    not run. ``words`` is the reason with its figures as they were that day, ``others`` what else
    held. ``raised_to`` is the superior it has gone up to, ``level`` by how many steps.
    ``gone_on``: the sweep no longer finds the reason. ``estimate``: one of its days lies beyond
    the table of working days.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    number = models.IntegerField("编号")
    subject = models.CharField(max_length=60)
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, blank=True, related_name="slips"
    )
    title = models.CharField("事项", max_length=200, blank=True)
    link = models.CharField(max_length=200, blank=True)
    reason = models.CharField("事由", max_length=20)
    colour = models.CharField("等级", max_length=6)
    period = models.CharField(max_length=40)
    since = models.DateField("事由发生日期")
    words = models.TextField("事由")
    others = models.JSONField("同时存在的情况", default=list)
    estimate = models.BooleanField(default=False)

    state = models.CharField("状态", max_length=10)
    is_open = models.BooleanField(default=True, editable=False)
    version = models.IntegerField(default=1)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="slips")
    raised_to = models.ForeignKey(Person, models.PROTECT, null=True, related_name="raised_slips")
    level = models.IntegerField(default=0)
    served_on = models.DateField("送达日期")
    late_days = models.IntegerField(default=0)
    answer_by = models.DateField("反馈期限", null=True)
    raise_on = models.DateField(null=True)
    gone_on = models.DateField("事由消除日期", null=True)
    closed_on = models.DateField("审结日期", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "subject", "reason", "period"], name="slip_once"
            ),
            models.UniqueConstraint(fields=["office", "number"], name="slip_number_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "is_open", "colour", "id"], name="slip_list"),
            models.Index(fields=["office", "state", "answer_by"], name="slip_state"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save inside `Act.save`; whether it is open follows from the state."""
        state = slips.states().get(self.state)
        self.is_open = state is None or state.open
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """Return what the slip is about, as people know it."""
        if self.commitment is not None:
            return f"{self.commitment.number} {self.commitment.title}"
        return self.title


class SlipStep(DomainModel):
    """A line of a slip's story; being served is told by the slip itself."""

    office = models.ForeignKey(Office, models.PROTECT)
    slip = models.ForeignKey(Slip, models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    verb = models.CharField(max_length=20)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    before = models.CharField(max_length=10)
    after = models.CharField(max_length=10)
    note = models.TextField("说明", blank=True)

    class Meta:
        ordering: ClassVar = ["id"]


class SweepRun(DomainModel):
    """That the sweep ran for an office on a day, or that it did not.

    The figures: things ``looked`` at, those with something to say (``found``), slips ``served``
    (of these ``late`` because a day was missed), ``urged``, ``raised``, ``ended`` by the sweep,
    ``archived``; ``unserved`` reminders fell due and passed while the sweep was off. ``failed``
    names the apps whose things could not be looked at, ``flags`` say what looks wrong in the
    ledger, ``estimate``: deadlines of the next ninety days reach beyond the table.
    """

    class State(models.TextChoices):
        """What became of the day."""

        RUNNING = "running", "没有运行完"
        DONE = "done", "已运行"
        MISSED = "missed", "没有运行"

    office = models.ForeignKey(Office, models.PROTECT)
    day = models.DateField("日期")
    state = models.CharField(max_length=8, choices=State)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    looked = models.IntegerField(default=0)
    found = models.IntegerField(default=0)
    served = models.IntegerField(default=0)
    late = models.IntegerField(default=0)
    urged = models.IntegerField(default=0)
    raised = models.IntegerField(default=0)
    ended = models.IntegerField(default=0)
    archived = models.IntegerField(default=0)
    unserved = models.IntegerField(default=0)
    failed = models.JSONField(default=list)
    flags = models.JSONField(default=list)
    estimate = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "day"], name="sweep_run_once")
        ]


class Feed(DomainModel):
    """The secret address of a person's calendar, as its hash; empty: withdrawn."""

    office = models.ForeignKey(Office, models.PROTECT)
    person = models.OneToOneField(Person, models.PROTECT, related_name="feed")
    secret = models.CharField(max_length=64, blank=True, db_index=True)
    made_at = models.DateTimeField()


class OwnLimits(DomainModel):
    """What an office has set itself in the place of the thresholds' defaults.

    ``own`` holds numbers by the names of data/supervision/thresholds.toml, and ``appraisal`` as a
    list of ``"month-day"``; ``reason``, ``by`` and ``at`` tell of the last time it was set.
    """

    office = models.OneToOneField(Office, models.PROTECT, related_name="own_limits")
    own = models.JSONField("督办尺度", default=dict)
    reason = models.TextField("理由")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.IntegerField(default=1)
