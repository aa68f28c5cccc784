"""What the working screens keep: views of the ledger saved under a name."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from luoshi.office.accounts.models import Office, Person
from luoshi.office.journal.models import DomainModel


class SavedView(DomainModel):
    """A filter and an order of the ledger's list that a person saved under a name, for themselves.

    ``query`` is the query string of the list's address, with nothing in it but its filters.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT, related_name="saved_views")
    name = models.CharField("名称", max_length=30)
    query = models.CharField("条件", max_length=400)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "name"], name="saved_view_name_once")
        ]
