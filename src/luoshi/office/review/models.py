"""Batches of materials, their drafts, what reviewers said and decided, and what was computed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from luoshi.office.accounts.models import Office, Person, Unit
from luoshi.office.examinations.models import Examination, StoredFile
from luoshi.office.journal.models import DomainModel


class Batch(DomainModel):
    """The materials of one meeting, which somebody has to read before it (评审批次)."""

    class State(models.TextChoices):
        """A closed batch is read only; it can be opened again."""

        OPEN = "open", "评审中"
        CLOSED = "closed", "已结束"

    office = models.ForeignKey(Office, models.PROTECT)
    name = models.CharField("批次名称", max_length=80)
    meeting = models.CharField("会议", max_length=120)
    held_on = models.DateField("会议日期", null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    version = models.IntegerField(default=1)
    made_by = models.ForeignKey(Person, models.PROTECT)
    made_on = models.DateField()


class Assignment(DomainModel):
    """Somebody who reviews a batch; taken off again, the row stays and is no longer ``active``."""

    office = models.ForeignKey(Office, models.PROTECT)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="assignments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="review_assignments")
    active = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "person"], name="review_assigned_once")
        ]


class Against(DomainModel):
    """An earlier batch with whose materials a batch is compared."""

    office = models.ForeignKey(Office, models.PROTECT)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="against")
    other = models.ForeignKey(Batch, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "other"], name="review_against_once")
        ]


class Template(DomainModel):
    """A known text (范文) with which every batch of the office is compared."""

    office = models.ForeignKey(Office, models.PROTECT)
    name = models.CharField("名称", max_length=120)
    file = models.ForeignKey(StoredFile, models.PROTECT)
    text = models.TextField()
    active = models.BooleanField(default=True)
    added_by = models.ForeignKey(Person, models.PROTECT)
    added_on = models.DateField()


class Submission(DomainModel):
    """Whose material it is: a person's place in a batch, through all its drafts.

    ``author`` is the person's account holder, who may see the opinion; None where the author has
    none. ``previous`` is the material of the meeting before, for what comes back every year.
    """

    class State(models.TextChoices):
        """Decided anew with each draft."""

        WAITING = "waiting", "待审"
        PASSED = "passed", "通过"
        RETURNED = "returned", "退回修改"

    office = models.ForeignKey(Office, models.PROTECT)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="submissions")
    name = models.CharField("报送人", max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True)
    author = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    previous = models.ForeignKey(
        Examination, models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["author", "state"], name="review_author")]


class Draft(DomainModel):
    """One version of a material in a batch: the first draft, and those after it."""

    office = models.ForeignKey(Office, models.PROTECT)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="drafts")
    number = models.IntegerField()
    examination = models.ForeignKey(Examination, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Person, models.PROTECT)
    added_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "number"], name="review_draft_number"),
            models.UniqueConstraint(fields=["submission", "examination"], name="review_draft_once"),
        ]


class Figures(DomainModel):
    """The figures of a material (`core/review/figures`), worked out once for its text."""

    office = models.ForeignKey(Office, models.PROTECT)
    examination = models.ForeignKey(Examination, models.PROTECT, related_name="+")
    edition = models.IntegerField()
    held = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["examination", "edition"], name="review_figures_once")
        ]


class Comparison(DomainModel):
    """One comparison of a batch: asked for, under way, done; the last one that is done is shown.

    ``drafts`` and ``templates`` are the keys of what was compared, so that a page can say what
    came in since. ``clusters`` are groups of keys of drafts; ``trouble`` what could not be read.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", "等待计算"
        RUNNING = "running", "正在计算"
        DONE = "done", "已算完"
        FAILED = "failed", "没有算成"

    office = models.ForeignKey(Office, models.PROTECT)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="comparisons")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_by = models.ForeignKey(Person, models.PROTECT)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    drafts = models.JSONField(default=list)
    templates = models.JSONField(default=list)
    clusters = models.JSONField(default=list)
    trouble = models.TextField(blank=True)


class Passage(DomainModel):
    """A passage of a draft of the batch (``one``) that stands in another text too.

    The other text is a draft (of this batch, or of an earlier one: ``outside``) or a template.
    Spans are half-open, of the materials' texts; ``covered`` in thousandths is how much of it
    agrees word for word, ``same`` how many characters do, ``group`` the number of the passage where
    it stands in several places.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    comparison = models.ForeignKey(Comparison, models.PROTECT, related_name="passages")
    one = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    other = models.ForeignKey(Draft, models.PROTECT, null=True, related_name="+")
    template = models.ForeignKey(Template, models.PROTECT, null=True, related_name="+")
    outside = models.BooleanField(default=False)
    one_start = models.IntegerField()
    one_end = models.IntegerField()
    other_start = models.IntegerField()
    other_end = models.IntegerField()
    exact = models.BooleanField()
    covered = models.IntegerField()
    same = models.IntegerField()
    group = models.IntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["comparison", "one", "other"], name="review_passage_pair"),
            models.Index(fields=["comparison", "other"], name="review_passage_other"),
        ]


class Share(DomainModel):
    """How much of a draft stands in other texts, as one comparison found.

    ``characters`` of its text, without white space; ``others``: drafts of the batch that have any
    of it; ``common``: [start, end, documents] of what so many of the batch write, which does not
    count.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    comparison = models.ForeignKey(Comparison, models.PROTECT, related_name="shares")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="shares")
    characters = models.IntegerField()
    others = models.IntegerField()
    common = models.JSONField(default=list)


class Recurrence(DomainModel):
    """What of last year's problems comes again in a draft (`core/recurrence`), kept once worked out."""

    office = models.ForeignKey(Office, models.PROTECT)
    before = models.ForeignKey(Examination, models.PROTECT, related_name="+")
    after = models.ForeignKey(Examination, models.PROTECT, related_name="+")
    edition = models.IntegerField()
    held = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["before", "after", "edition"], name="review_recurrence_once"
            )
        ]


class Remark(DomainModel):
    """What a reviewer says about a place of a draft; withdrawn ones are kept.

    A finding of the program (``finding``: its number from 1) is taken up or dismissed with a
    reason; a remark of one's own has no finding.
    """

    class Kind(models.TextChoices):
        """Dismissed findings are not shown to the author."""

        OWN = "own", "审阅意见"
        TAKEN = "taken", "采纳检查意见"
        DISMISSED = "dismissed", "不采纳检查意见"

    office = models.ForeignKey(Office, models.PROTECT)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="remarks")
    by = models.ForeignKey(Person, models.PROTECT)
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind)
    finding = models.IntegerField(null=True)
    start = models.IntegerField()
    end = models.IntegerField()
    text = models.CharField("意见", max_length=1000)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draft", "finding"], condition=Q(withdrawn=False, finding__isnull=False),
                name="review_finding_judged_once",
            )
        ]  # fmt: skip


class Decision(DomainModel):
    """A draft is passed or returned, by one reviewer, on the remarks that stood then (``digest``).

    One that was made by mistake is withdrawn with a reason by who made it, and stays.
    """

    class Outcome(models.TextChoices):
        """What a reviewer decides."""

        PASS = "pass", "通过"
        RETURN = "return", "退回修改"

    office = models.ForeignKey(Office, models.PROTECT)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="decisions")
    by = models.ForeignKey(Person, models.PROTECT)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    words = models.TextField("总的意见", blank=True)
    answer_by = models.DateField("改好报送的日期", null=True, blank=True)
    digest = models.CharField(max_length=64)
    withdrawn = models.BooleanField(default=False)
    reason = models.CharField("撤回理由", max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draft"], condition=Q(withdrawn=False), name="review_decided_once"
            )
        ]
