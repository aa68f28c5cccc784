"""Being forgotten: salts and openings are erased, entries and proofs stay.

Source: 个人信息保护法 47. What an entry commits to cannot be guessed without its salt, so
erasing the salt erases the connection, and the tree over the entries does not change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from luoshi.office.journal import aftermath, guard
from luoshi.office.journal.models import ActorSalt, Entry, Facts, Row


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that can be erased for good: rows of one table.

    ``erased`` returns the keys of rows that are erased; ``again`` erases one row in a restored
    copy that still has it, by an action of its own, and does nothing where it is erased.
    """

    table: str
    erased: Callable[[], Iterable[str]]
    again: Callable[[str], None]


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known: after a restore its rows are erased again."""
    KINDS[kind.table] = kind


def forget(actor: str, rows: Iterable[tuple[str, str]]) -> None:
    """Erase the salt of an actor's pseudonym, and the openings about rows of theirs.

    ``rows`` are tables and keys whose older content must not be provable any more. Works inside
    an open action only; the rows' digests that the action itself adds come afterwards and stay.
    """
    if not guard.current():
        raise RuntimeError("erasing is part of an action")
    ActorSalt.objects.filter(actor=actor).delete()
    for table, key in rows:
        held = Row.objects.filter(table=table, key=key, salt__isnull=False)
        held.update(salt=None)
        model = table.replace("_", ".", 1)
        numbers = Entry.objects.filter(subject=f"{model}:{key}").values_list("number", flat=True)
        Facts.objects.filter(entry__in=list(numbers)).update(salt=None, facts=None)
    aftermath.later()
