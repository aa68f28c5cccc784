"""What lies above supervision and is to be supervised as well: apps register a provider here.

A provider is given an office and a day and yields things, each with the same frozen facts as a
commitment (core/supervision/facts.py): a work order with its deadline, a decision that waits for
being carried out. The sweep then serves slips about them by the same rules. One that fails is
named in the record of the run, and everything else is still looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from luoshi.core.supervision.facts import Item


@dataclass(frozen=True, slots=True)
class Thing:
    """Something supervised: its ``subject`` (``app.model:key``), title, page, and its facts."""

    subject: str
    title: str
    link: str
    item: Item


Provider = Callable[[int, date], Iterable[Thing]]
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Register a provider under the Chinese name by which a failure is reported."""
    _providers[name] = provider


def unregister(name: str) -> None:
    """Take a provider away."""
    _providers.pop(name, None)


def providers() -> tuple[tuple[str, Provider], ...]:
    """Return all providers with their names."""
    return tuple(_providers.items())
