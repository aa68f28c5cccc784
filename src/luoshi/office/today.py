"""What a person has to do today: apps add their part, the home page shows all of them.

An app registers a contributor in its ``ready``. It is given who asks and returns sections, each
with figures that open their rows. One that fails is named on the page: the other parts are shown,
and nobody takes a missing part for "nothing to do".
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from django.db import connection, transaction

if TYPE_CHECKING:
    from luoshi.office.accounts.models import Person

Tone = Literal["", "good", "warn", "bad"]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who opens the page, what they may do, and the day."""

    person: Person
    allowed: frozenset[str]
    today: date


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its ``label``; ``url`` opens the rows it counts.

    ``exact`` is false where counting stopped ("10,000 以上"); ``tone`` colours the number where
    it is not zero.
    """

    label: str
    number: int
    url: str
    tone: Tone = ""
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do, shown with the words that explain it."""

    title: str
    url: str
    words: str = ""
    tag: str = ""
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the home page; ``lead`` says what it is about, ``more`` (label, url) leads on."""

    key: str
    title: str
    lead: str = ""
    figures: tuple[Figure, ...] = ()
    rows: tuple[Row, ...] = ()
    more: tuple[tuple[str, str], ...] = field(default=())


Contributor = Callable[[Asker], Iterable[Section]]
_contributors: dict[str, tuple[int, Contributor]] = {}


def register(name: str, contributor: Contributor, place: int = 100) -> None:
    """Register a contributor under the Chinese name by which a failure is reported.

    Parts with a lower ``place`` stand higher on the page.
    """
    _contributors[name] = (place, contributor)


def unregister(name: str) -> None:
    """Take a contributor away."""
    _contributors.pop(name, None)


def sections(asker: Asker) -> tuple[list[Section], list[str]]:
    """Return everything a person has to do, and the names of parts that could not be read."""
    found: list[Section] = []
    failed: list[str] = []
    for name, (_, contributor) in sorted(_contributors.items(), key=lambda held: held[1][0]):
        try:
            # PostgreSQL would refuse all that follows a statement that failed.
            with transaction.atomic() if connection.in_atomic_block else nullcontext():
                found += contributor(asker)
        except Exception:  # noqa: BLE001  # whatever it was: the other parts are shown
            _log.exception("a part of the home page failed")
            failed.append(name)
    return found, failed
