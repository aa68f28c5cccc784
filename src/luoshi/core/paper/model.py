"""A paper as GB/T 9704-2012 knows it: title, recipient, headings, paragraphs, tables, signature.

Texts are plain words: whoever sets them (formats/gbt9704) never reads marks in them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar

from luoshi.core.journal.canonical import Value, canonical
from luoshi.core.paper.clean import clean

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote at the place where it stands."""

    text: str


Part = str | Note
Words = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number in ``parts``; ``level`` 1 is 一、, 2 （一）, 3 1., 4 （1）."""

    level: int
    parts: Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; the first line begins two characters in."""

    parts: Words


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title and its width, as a share of the sum of all widths."""

    title: str
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table over the whole width; its head is repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. ``to`` may be empty; each line of ``title`` is set on lines of its own."""

    title: tuple[str, ...]
    to: str
    body: tuple[Block, ...]
    signature: str
    day: date

    def fit(self) -> Paper:
        """Return the paper with every text fit to be set and to be given out (`clean`)."""
        return _each(self)

    def digest(self) -> str:
        """Return the SHA-256 (hexadecimal) of everything that the paper says."""
        return sha256(canonical(_plain(self))).hexdigest()


def _each(held: T) -> T:
    """Return a value with every text in it cleaned."""
    found: Any = held
    if isinstance(held, str):
        found = clean(held)
    elif isinstance(held, tuple):
        found = tuple(_each(one) for one in held)
    elif is_dataclass(held) and not isinstance(held, type):
        found = replace(held, **{f.name: _each(getattr(held, f.name)) for f in fields(held)})
    result: T = found
    return result


def _plain(held: Any) -> Value:
    if isinstance(held, tuple):
        return [_plain(one) for one in held]
    if is_dataclass(held) and not isinstance(held, type):
        named: dict[str, Value] = {f.name: _plain(getattr(held, f.name)) for f in fields(held)}
        return {"is": type(held).__name__, **named}
    value: Value = held.isoformat() if isinstance(held, date) else held
    return value
