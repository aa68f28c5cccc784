"""Which items are to be given out: the filters of the list, and how they are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from luoshi.office.accounts.models import Person
from luoshi.office.journal import clock
from luoshi.office.ledger import queries
from luoshi.office.ledger.forms.filter import Filter
from luoshi.office.ledger.models import Commitment


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters that say something, what they are in Chinese, and how many items fit."""

    chosen: dict[str, Any]
    words: str
    count: int
    hidden: tuple[tuple[str, str], ...]

    @property
    def query(self) -> str:
        """Return the filters as they stand in an address."""
        return urlencode(self.hidden)


def wanted(by: Person, given: QueryDict) -> Wanted:
    """Return what is to be given out by the filters of a page; what makes no sense is left out."""
    form = Filter(given, by=by)
    chosen = form.chosen()
    found = queries.find(Commitment.for_office(by.office_id), chosen, clock.today())
    said = [_said(form, name) for name in form.fields if name in chosen and name != "sort"]
    hidden = tuple((name, str(given.get(name, ""))) for name in form.fields if name in chosen)
    return Wanted(chosen, "；".join(said) or "全部事项", found.total, hidden)


def _said(form: Filter, name: str) -> str:
    field = form.fields[name]
    value = form.cleaned_data[name]
    if value is True:
        return str(field.label)
    choices = {str(key): words for key, words in getattr(field, "choices", ())}
    return f"{field.label}：{choices.get(str(value), value)}"
