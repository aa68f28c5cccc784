"""Where entries are kept: the tree's head, the entry, what it opens to, its rows."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Subquery

from luoshi.core.journal import entry as core
from luoshi.core.journal.canonical import SALT_BYTES, Value, canonical, commitment
from luoshi.core.journal.merkle import Frontier, leaf_hash
from luoshi.office.journal import clock, statements
from luoshi.office.journal.errors import ClockBackwards
from luoshi.office.journal.models import ActorSalt, Entry, Facts, Head, Row
from luoshi.office.journal.statements import Select

# Clocks that are kept by NTP step back a little; a set clock steps back by more.
TOLERANCE = timedelta(seconds=2)


def begin() -> datetime:
    """Return the time of the entry to come, never before the last one.

    Raises ``ClockBackwards`` when the machine's clock is behind by more than two seconds.
    """
    tree = _now()
    last: datetime | None = tree.time if tree else None
    now = clock.now()
    if last is None or last <= now:
        return now
    if last - now > TOLERANCE:
        raise ClockBackwards(
            f"本机时间（{_shown(now)}）早于最近一次留痕（{_shown(last)}）。"
            "请先校准本机时间，再办理。"
        )
    return last


def _shown(moment: datetime) -> str:
    from django.utils import timezone

    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S")


def head() -> Head:
    """Return the head of the tree, locked until the transaction ends."""
    return _only(_HEAD.rows())


def _only(found: list[Head]) -> Head:
    if not found:
        raise RuntimeError("the journal has no head: run `luoshi migrate`")
    return found[0]


def seen() -> Head | None:
    """Return the head of the tree, not locked: as it stands, or as it was `reading`."""
    return _reading.get() or _now()


def _now() -> Head | None:
    found: list[Head] = _SEEN.rows()
    return found[0] if found else None


_reading: ContextVar[Head | None] = ContextVar("luoshi_reading", default=None)


@contextmanager
def reading(tree: Head | None) -> Iterator[None]:
    """Let `seen` give this head while the block runs: what is read in it is not older."""
    token = _reading.set(tree)
    try:
        yield
    finally:
        _reading.reset(token)


def mark() -> bytes:
    """Return what tells this state of the ledger from every other; empty before the first entry.

    The nodes of the head are hashes over salted entries: no two states have the same.
    """
    tree = _now()
    return bytes(tree.nodes) if tree else b""


def _head_locked() -> QuerySet[Head]:
    rows = Head.objects.order_by("pk")
    return (
        rows.select_for_update(of=("self",)) if connection.features.has_select_for_update else rows
    )


def _head_and_salt() -> QuerySet[Head]:
    salt = ActorSalt.objects.filter(actor="").values("salt")
    return _head_locked().annotate(salt=Subquery(salt))


# What every action asks: see `statements`. The salt comes with the head: while others wait for
# the lock, every statement counts. Where it was erased in the moment of waiting, the entry is one
# more of those that nobody can tell the actor of.
_HEAD = Select(_head_locked)
_HEAD_AND_SALT = Select(_head_and_salt, "")
_SEEN = Select(lambda: Head.objects.order_by("pk"))


def append(
    *,
    time: datetime,
    office: str,
    verb: str,
    subject: str,
    actor: str,
    facts: Mapping[str, Value],
    rows: Sequence[tuple[core.RowChange, bytes]],
) -> None:
    """Append one entry with what it opens to. For `Act.close` alone."""
    hashed = core.rows_hash(change for change, _ in rows)
    salt = secrets.token_bytes(SALT_BYTES)
    committed, opening = commitment(salt, facts), canonical(facts).decode()
    tree: Any = _only(_HEAD_AND_SALT.rows(actor))
    if tree.time is not None:
        time = max(time, tree.time)
    entry = core.Entry(
        number=tree.size,
        time=time.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        office=office,
        verb=verb,
        subject=subject,
        actor=core.pseudonym(bytes(tree.salt or _new_salt(actor)), actor),
        facts=committed,
        rows=hashed,
    )
    data = entry.to_bytes()
    held = Entry(
        number=entry.number, data=data, leaf=leaf_hash(data), time=time, office=office, verb=verb,
        subject=subject, actor=entry.actor,
    )  # fmt: skip
    statements.together(
        statements.insertion([held]),
        statements.insertion([Facts(entry_id=held.number, salt=salt, facts=opening)]),
        *_added_rows(held.number, rows),
        _moved(tree, held),
    )


def _added_rows(
    number: int, rows: Sequence[tuple[core.RowChange, bytes]]
) -> Iterator[statements.Statement]:
    made = [
        Row(entry_id=number, table=c.table, key=c.key, operation=c.operation, digest=c.digest,
            salt=s or None)
        for c, s in rows
    ]  # fmt: skip
    if len(made) > _FEW:
        Row.objects.bulk_create(made, batch_size=500)
    elif made:
        yield statements.insertion(made, _ROW_COLUMNS, returning=False)


def _moved(tree: Head, last: Entry) -> statements.Statement:
    """Return the statement that moves the head on by an entry."""
    frontier = Frontier.from_bytes(tree.size, bytes(tree.nodes)).add(bytes(last.leaf))
    tree.size, tree.nodes, tree.time = frontier.size, frontier.to_bytes(), last.time
    held = [(field, getattr(tree, field.attname)) for field in _HEAD_COLUMNS]
    return statements.alteration(Head, tree.pk, held)


# Of so many rows at once the text of the statement is worth keeping.
_FEW = 8
_HEAD_COLUMNS = [f for f in Head._meta.local_concrete_fields if not f.primary_key]
_ROW_COLUMNS = [field for field in Row._meta.local_concrete_fields if not field.primary_key]


def _new_salt(actor: str) -> bytes:
    """Return the salt of an actor who has none yet."""
    row, _ = ActorSalt.objects.get_or_create(
        actor=actor, defaults={"salt": secrets.token_bytes(SALT_BYTES)}
    )
    return bytes(row.salt)
