"""A material as it was uploaded, as the program read it, and as people corrected it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from luoshi.office.accounts.models import Office, Person
from luoshi.office.journal.models import DomainModel


class StoredFile(DomainModel):
    """An uploaded file: kept under its hash, served as a download, never executed."""

    office = models.ForeignKey(Office, models.PROTECT)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media = models.CharField(max_length=80)
    name = models.CharField("文件名", max_length=200)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sha256", "office"], name="file_hash")]


class Examination(DomainModel):
    """One material (对照检查材料). Spans of points count characters of ``text``.

    ``version`` grows with every change, so that a form made from an older page is refused.
    ``written_on`` is the day that it prints or that its importer gave, ``year`` the year of the
    meeting that it is for (0: it does not say).
    """

    class State(models.TextChoices):
        """Points may be corrected while it is a draft; afterwards they stand."""

        DRAFT = "draft", "校正中"
        ACTIVE = "active", "已建台账"

    office = models.ForeignKey(Office, models.PROTECT)
    file = models.ForeignKey(StoredFile, models.PROTECT)
    title = models.CharField("标题", max_length=200)
    outline = models.CharField("提纲", max_length=40)
    written_on = models.DateField("材料日期", null=True, blank=True)
    year = models.IntegerField("年度", default=0)
    text = models.TextField()
    blocks = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.IntegerField(default=1)
    imported_by = models.ForeignKey(Person, models.PROTECT)
    imported_on = models.DateField()


class Point(DomainModel):
    """A problem, cause, measure, report or heading, with its span; ``dropped`` ones are kept."""

    class Kind(models.TextChoices):
        """As in the contract of `luoshi split`."""

        PROBLEM = "problem", "问题"
        CAUSE = "cause", "原因"
        MEASURE = "measure", "措施"
        PREVIOUS = "previous", "上次整改"
        ASPECT = "aspect_heading", "提纲标题"
        SECTION = "section_heading", "小标题"

    office = models.ForeignKey(Office, models.PROTECT)
    examination = models.ForeignKey(Examination, models.PROTECT, related_name="points")
    kind = models.CharField(max_length=20, choices=Kind)
    path = models.CharField(max_length=60, blank=True)
    start = models.IntegerField()
    words = models.IntegerField()
    heading_end = models.IntegerField()
    end = models.IntegerField()
    by_hand = models.BooleanField(default=False)
    dropped = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["examination", "start"], name="point_place"),
            models.Index(
                fields=["office", "kind", "dropped", "examination", "start"], name="point_kind"
            ),
        ]


class Link(DomainModel):
    """A measure answers a problem or cause, or a cause explains a problem.

    ``score`` is in thousandths; ``verdict`` is a person's, empty while nobody has decided.
    """

    class Kind(models.TextChoices):
        """As in the contract of `luoshi split`."""

        ANSWERS = "answers", "回应"
        EXPLAINS = "explains", "解释"

    class Verdict(models.TextChoices):
        """What a person said of it."""

        OPEN = "", "待定"
        RIGHT = "right", "成立"
        WRONG = "wrong", "不成立"

    office = models.ForeignKey(Office, models.PROTECT)
    examination = models.ForeignKey(Examination, models.PROTECT, related_name="links")
    source = models.ForeignKey(Point, models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Point, models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=10, choices=Kind)
    strength = models.CharField(max_length=6)
    score = models.IntegerField(default=0)
    by_hand = models.BooleanField(default=False)
    verdict = models.CharField(max_length=6, choices=Verdict, blank=True, default=Verdict.OPEN)


class Correction(DomainModel):
    """What somebody corrected, with what was there before; undone ones are kept too."""

    office = models.ForeignKey(Office, models.PROTECT)
    examination = models.ForeignKey(Examination, models.PROTECT, related_name="corrections")
    by = models.ForeignKey(Person, models.PROTECT)
    at = models.DateTimeField()
    what = models.CharField(max_length=20)
    before = models.JSONField()
    after = models.JSONField()
    undone = models.BooleanField(default=False)
