"""Entries, what they commit to, checkpoints; and the base of every domain model."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn, Self

from django.db import models

from luoshi.office.journal import guard
from luoshi.office.journal.errors import WriteOutsideAction
from luoshi.office.journal.statements import QuickModel


class Entry(models.Model):
    """One entry, in the bytes that were hashed. Triggers refuse UPDATE and DELETE."""

    number = models.BigIntegerField(primary_key=True)
    data = models.BinaryField()
    leaf = models.BinaryField()
    time = models.DateTimeField(db_index=True)
    office = models.CharField(max_length=20, blank=True)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    actor = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "number"], name="journal_entry_subject"),
            models.Index(fields=["office", "number"], name="journal_entry_office"),
        ]


class Facts(models.Model):
    """What an entry's commitment opens to. Erased together with its salt, never altered."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="opening")
    salt = models.BinaryField(null=True)
    facts = models.TextField(null=True)


class Row(models.Model):
    """One row that an entry changed, with the salted digest of its content afterwards."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="row_set")
    table = models.CharField(max_length=60)
    key = models.CharField(max_length=40)
    operation = models.CharField(max_length=6)
    digest = models.CharField(max_length=64)
    salt = models.BinaryField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["table", "key"], name="journal_row_key")]


class ActorSalt(models.Model):
    """The salt behind a person's pseudonym; erased when the person is to be forgotten."""

    actor = models.CharField(max_length=60, primary_key=True)
    salt = models.BinaryField()


class Head(models.Model):
    """Where the tree stands: one row, locked by every action until it ends."""

    size = models.BigIntegerField(default=0)
    nodes = models.BinaryField(default=b"")
    time = models.DateTimeField(null=True)


class Checkpoint(models.Model):
    """A signed tree head, and where it was lodged (empty: not yet outside the office)."""

    size = models.BigIntegerField()
    time = models.DateTimeField()
    note = models.TextField()
    lodged_with = models.CharField(max_length=100, blank=True)
    lodged_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]


class DomainQuerySet(models.QuerySet[Any]):
    """Reads; writes of many rows at once go through an action's own methods."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: the journal would not see the rows."""
        raise WriteOutsideAction("use Act.save")

    def delete(self) -> NoReturn:
        """Refuse: the journal would not see the rows."""
        raise WriteOutsideAction("use Act.delete")

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: use `Act.create_many`."""
        raise WriteOutsideAction("use Act.create_many")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: the journal would not see the rows."""
        raise WriteOutsideAction("use Act.save")


class DomainModel(QuickModel):
    """Base of every table that only actions write."""

    objects: ClassVar[Any] = DomainQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save inside `Act.save`; anywhere else `WriteOutsideAction` is raised."""
        if not guard.is_saving():
            raise WriteOutsideAction(f"{type(self).__name__}.save outside an action")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete inside `Act.delete`; anywhere else `WriteOutsideAction` is raised."""
        if not guard.is_saving():
            raise WriteOutsideAction(f"{type(self).__name__}.delete outside an action")
        return super().delete(*args, **kwargs)

    @classmethod
    def for_office(cls, office: int) -> models.QuerySet[Self]:
        """Return the rows of one office; nobody sees another office's rows."""
        rows: models.QuerySet[Self] = cls.objects.filter(**{"office": office})
        return rows
