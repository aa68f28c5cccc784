"""A person's items go to somebody else (工作交接): asked for at once, decided by superiors."""

from __future__ import annotations

from django.db import models

from luoshi.office.accounts.models import Office, Person
from luoshi.office.journal.models import DomainModel


class Handover(DomainModel):
    """All items in a person's hands are to go to a successor; each has its request (`Change`).

    It is open while one of its requests is.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    successor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
