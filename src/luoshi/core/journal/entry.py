"""One entry: what was done, when, to what, by whom, without saying a name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from luoshi.core.journal.canonical import Value, canonical, commitment

VERSION = 1
Operation = Literal["insert", "update", "delete"]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that an action changed.

    ``table`` and ``key`` name the row; ``digest`` is the salted commitment to its content
    after the change (empty for a deletion).
    """

    table: str
    key: str
    operation: Operation
    digest: str

    def line(self) -> str:
        """Return the row as one line of the list that an entry commits to."""
        return f"{self.table}|{self.key}|{self.operation}|{self.digest}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the journal.

    ``number`` counts from 0 without gaps. ``time`` is UTC in RFC 3339 with microseconds.
    ``office`` is the office's number as text, or empty for the deployment itself.
    ``subject`` is ``table:key``. ``actor`` is a pseudonym (a commitment to the person's
    number with the person's own salt); ``facts`` the commitment to what was done;
    ``rows`` the hash of the list of changed rows.
    """

    number: int
    time: str
    office: str
    verb: str
    subject: str
    actor: str
    facts: str
    rows: str

    def to_bytes(self) -> bytes:
        """Return the canonical bytes: what a leaf of the tree is made of."""
        return canonical(
            {
                "v": VERSION,
                "number": self.number,
                "time": self.time,
                "office": self.office,
                "verb": self.verb,
                "subject": self.subject,
                "actor": self.actor,
                "facts": self.facts,
                "rows": self.rows,
            }
        )


def rows_hash(changes: Iterable[RowChange]) -> str:
    """Return the hash, as hex, of the list of changed rows in the order given."""
    digest = hashlib.sha256()
    for change in changes:
        line = change.line()
        if "\n" in line:
            raise ValueError("a row's name holds a line break")
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def pseudonym(salt: bytes, person: str) -> str:
    """Return the name under which a person acts in the journal.

    It is the same in all entries of the person; once the salt is erased nobody can tell
    whose it was (个人信息保护法 47).
    """
    return commitment(salt, {"person": person})


def row_digest(salt: bytes, table: str, key: str, content: Mapping[str, Value]) -> str:
    """Return the salted commitment to the content of a row."""
    return commitment(salt, {"table": table, "key": key, "row": content})
