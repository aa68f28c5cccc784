"""The file that lies beside every backup: who was erased, and the last checkpoint lodged.

A backup cannot know what was erased after it was made. This file can: it is written anew into the
deployment's folder and beside the backups whenever somebody is erased or a checkpoint lodged,
signed with the journal's key. It names no person: a row is known by the entry that made it.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.db import DatabaseError

from luoshi.core.journal.canonical import canonical
from luoshi.core.journal.checkpoint import parse_verifier_key
from luoshi.core.journal.succession import Change, Keyring, genuine
from luoshi.engines.keeping.errors import KeepingError
from luoshi.engines.keeping.package import settle
from luoshi.office.home import home
from luoshi.office.journal import clock, erasure, signing
from luoshi.office.journal.checkpoints import origin, standing, verifier_key
from luoshi.office.journal.models import Entry, Row
from luoshi.office.keeping import places

NAME = "luoshi-erasures.json"
_CONTEXT = b"luoshi erasures 1\n"


@dataclass(frozen=True, slots=True, order=True)
class Erased:
    """A row that is erased: its table, its key, and the entry that made it (number, leaf)."""

    table: str
    key: str
    entry: int
    leaf: str


@dataclass(frozen=True, slots=True)
class Known:
    """What such a file says: when (UTC), the journal's size then, what is erased, what was lodged.

    ``changes`` are the changes of the signing key: who has an older key can verify the file.
    """

    time: str
    size: int
    erased: frozenset[Erased]
    lodged_note: str
    lodged_size: int
    lodged_with: str
    changes: frozenset[Change] = frozenset()


def now() -> Known:
    """Return what is known in the database as it stands, and in the deployment's folder."""
    state = standing()
    row = state.lodged
    held = _read_if_there(home() / NAME)
    older = held is not None and held.lodged_size > (row.size if row else -1)
    lodged = (
        (held.lodged_note, held.lodged_size, held.lodged_with)
        if older and held is not None
        else ((row.note, row.size, row.lodged_with) if row else ("", 0, ""))
    )
    found = frozenset(_erased()) | (held.erased if held else frozenset())
    changes = frozenset(signing.changes()) | (held.changes if held else frozenset())
    return Known(clock.now().isoformat(timespec="seconds"), state.size, found, *lodged, changes)


def _erased() -> Iterable[Erased]:
    for kind in erasure.KINDS.values():
        for key in kind.erased():
            made = made_by(kind.table, key)
            if made is not None:
                yield Erased(kind.table, key, *made)


def made_by(table: str, key: str) -> tuple[int, str] | None:
    """Return the entry that made a row, by number and leaf; None where there is no such row.

    A key alone would not do: after an old backup the same key goes to somebody else.
    """
    row = Row.objects.filter(table=table, key=key, operation="insert").order_by("id").first()
    if row is None:
        return None
    return row.entry_id, bytes(Entry.objects.get(pk=row.entry_id).leaf).hex()


def publish() -> None:
    """Write the file anew into the deployment's folder and beside all backups that can be reached.

    Raises ``OSError`` when the deployment's own folder cannot be written.
    """
    known = now()
    write(home() / NAME, known)
    for folder in places.folders():
        if folder.is_dir():
            write_beside(folder, known)


def write_beside(folder: Path, known: Known) -> None:
    """Write the file into a folder of backups, with what an older one there knows.

    Raises ``KeepingError`` when another deployment keeps its backups there.
    """
    there = _read_if_there(folder / NAME)
    if there is not None:
        known = merged([known, there])
    write(folder / NAME, known)


def merged(many: list[Known]) -> Known:
    """Return what several files say together; the first is not older than any other."""
    latest = max(many, key=lambda k: (k.time, k.size))
    lodged = max(many, key=lambda k: k.lodged_size)
    erased = frozenset().union(*(k.erased for k in many))
    changes: frozenset[Change] = frozenset().union(*(k.changes for k in many))
    return Known(
        latest.time, latest.size, erased, lodged.lodged_note, lodged.lodged_size,
        lodged.lodged_with, changes,
    )  # fmt: skip


def write(path: Path, known: Known) -> None:
    """Write a file in one piece, signed."""
    body: dict[str, Any] = {
        "form": 1, "origin": origin(), "time": known.time, "size": known.size,
        "erased": [[e.table, e.key, e.entry, e.leaf] for e in sorted(known.erased)],
        "lodged": [known.lodged_note, known.lodged_size, known.lodged_with],
        "keys": [change.facts() for change in sorted(known.changes)],
    }  # fmt: skip
    signed = _key().sign(_CONTEXT + canonical(body))
    data = json.dumps({**body, "signature": base64.b64encode(signed).decode()}, ensure_ascii=False)
    part = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with part.open("w", encoding="utf-8") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    settle(path.parent)


def read(path: Path) -> Known:
    """Return what a file says; raises ``KeepingError`` unless this deployment signed it."""
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        signature = base64.b64decode(body.pop("signature"), validate=True)
        changes = frozenset(genuine(body.get("keys", ())))
        _require_ours(signature, _CONTEXT + canonical(body), changes)
        erased = frozenset(Erased(*row) for row in body["erased"])
        note, size, where = body["lodged"]
        return Known(body["time"], body["size"], erased, note, size, where, changes)
    except OSError as error:
        raise KeepingError(f"“{path}”打不开：{error.strerror}。") from error
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature) as error:
        raise KeepingError(
            f"“{path}”不是本系统签名的删除登记，或者被改动过。"
            "每套系统的备份应当有自己的文件夹；被改动的，请从另一份备份旁边取回。"
        ) from error


def _read_if_there(path: Path) -> Known | None:
    return read(path) if path.exists() else None


def _require_ours(signature: bytes, signed: bytes, changes: frozenset[Change]) -> None:
    """Raise ``InvalidSignature`` unless our key, or one connected with it by changes, has signed."""
    try:
        here = signing.changes()
    except DatabaseError:  # PostgreSQL, before the backup is loaded
        here = []
    for key in Keyring(verifier_key(), [*changes, *here]).keys:
        _, public = parse_verifier_key(key)
        with suppress(InvalidSignature):
            Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)
            return
    raise InvalidSignature


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(signing.private_key(origin()))
