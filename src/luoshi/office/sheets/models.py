"""Uploaded ledger workbooks, and which of their rows became which item."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from luoshi.office.accounts.models import Office, Person
from luoshi.office.examinations.models import StoredFile
from luoshi.office.journal.models import DomainModel
from luoshi.office.ledger.models import Commitment


class SheetImport(DomainModel):
    """One upload: the file, what was understood of it (`core/sheets`), and what came of it.

    Nothing of it is in the ledger before somebody has confirmed the preview. Once it is confirmed or
    discarded, ``record`` is emptied: the items hold what is needed, the file is kept as it was.
    """

    class State(models.TextChoices):
        """How far."""

        PREVIEW = "preview", "等待确认"
        DONE = "done", "已导入"
        DISCARDED = "discarded", "已放弃"

    office = models.ForeignKey(Office, models.PROTECT)
    file = models.ForeignKey(StoredFile, models.PROTECT)
    record = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEW)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    made = models.IntegerField("建立的事项", default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["office", "state"], name="sheet_import_state")]


class ImportedRow(DomainModel):
    """A measure of a workbook that became an item; a later upload is compared with it.

    ``key`` tells the measure of a problem in its hands, ``base`` whoever has it in hand, ``spot`` the
    place of the problem in its sheet (`core/sheets/pieces`). ``content`` holds what stood in the row
    when it was last confirmed.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    sheet_import = models.ForeignKey(SheetImport, models.PROTECT, related_name="rows")
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="imported_rows")
    place = models.CharField("位置", max_length=80)
    key = models.CharField(max_length=64)
    base = models.CharField(max_length=64)
    spot = models.CharField(max_length=64)
    content = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "key"], name="imported_row_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "base"], name="imported_row_base"),
            models.Index(fields=["office", "spot"], name="imported_row_spot"),
        ]
