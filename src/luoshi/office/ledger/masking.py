"""Whose names are masked in a material's words: those of the office's persons."""

from __future__ import annotations

from collections.abc import Callable

from luoshi.core.text.masking import masked
from luoshi.office.accounts.models import Person
from luoshi.office.journal.act import may

Hide = Callable[[str], str]
READS = "examination.read"


def names_of(office: int) -> dict[int, str]:
    """Return the names of an office's persons, also of those who have left."""
    rows = Person.objects.filter(office=office, forgotten=False)
    return dict(rows.values_list("pk", "name"))


def hiding_from(by: Person) -> Hide:
    """Return how a material's words are shown to a person: their own name stays."""
    if may(by, READS):
        return str
    others = frozenset(names_of(by.office_id).values()) - {by.name}
    return lambda text: masked(text, others)
