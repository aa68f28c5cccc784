"""Which material answers for which."""

from __future__ import annotations

from django.db import models

from luoshi.office.accounts.models import Office, Person
from luoshi.office.examinations.models import Examination
from luoshi.office.journal.models import DomainModel


class Predecessor(DomainModel):
    """What a person said: ``previous`` is the material of the meeting before ``examination``'s.

    None: there is none, whatever the titles suggest. Without a row nobody has said anything, and
    the titles propose (`orders`). ``version`` grows with every change.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    examination = models.OneToOneField(Examination, models.PROTECT, related_name="+")
    previous = models.ForeignKey(
        Examination, models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.IntegerField(default=1)
