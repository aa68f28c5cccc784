"""The key that signs checkpoints: never made anew in silence where there was one before.

``keys/journal`` is the private key, ``keys/journal.pub`` the public one beside it. A change of
keys is an entry of the journal; the new key waits as ``keys/journal.<id>`` until the entry is
committed, and takes its place then, or at the next use when the machine stopped in between.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError

from luoshi.core.journal import checkpoint as core
from luoshi.core.journal.succession import VERB, Change, Keyring, genuine
from luoshi.office import home
from luoshi.office.journal.errors import Refused
from luoshi.office.journal.models import Facts

NAME = "journal"
LOST = (
    "校验点的签名密钥（{}）不见了，没有另造一个。请用 luoshi keys restore 和恢复文件把它找回，"
    "或者从备份恢复。"
)
_SUBJECT = "journal.head:1"


def place() -> Path:
    """Return where the private key is."""
    return home.home() / "keys" / NAME


def public_place() -> Path:
    """Return where the public key is kept beside it."""
    return place().with_name(f"{NAME}.pub")


def private_key(name: str) -> bytes:
    """Return the private key of the log ``name``; made on first use only.

    Raises ``Refused`` when there was a key and it is gone or damaged.
    """
    if not place().exists() and public_place().exists():
        raise Refused(LOST.format(place()))
    key = home.secret(NAME, 32)
    if len(key) != 32:
        raise Refused(LOST.format(place()))
    held = public_of(name, key)
    expected = current()
    if expected and held != expected:
        key = _finish(name, expected) or key
        held = public_of(name, key)
    _write_public(held)
    return key


def public_key(name: str) -> str:
    """Return the public key, as handed out; known also while the private one is lost."""
    if not place().exists() and public_place().exists():
        return public_place().read_text(encoding="utf-8").strip()
    return public_of(name, private_key(name))


def public_of(name: str, key: bytes) -> str:
    """Return the public key of a private one, as handed out."""
    public = Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()
    return core.verifier_key(name, public)


def fingerprint(public: str) -> str:
    """Return the eight characters by which people tell keys apart."""
    return public.split("+")[1]


def changes() -> list[Change]:
    """Return every change of keys that stands in the journal, the oldest first."""
    rows = Facts.objects.filter(
        entry__subject=_SUBJECT, entry__verb=VERB, facts__isnull=False
    ).order_by("entry")
    return list(genuine(json.loads(row.facts or "null") for row in rows))


def current() -> str:
    """Return the public key that the journal names last; empty when there was no change."""
    try:
        found = changes()
    except DatabaseError:  # a database that is only now being brought back
        return ""
    return found[-1].new if found else ""


def keyring(trusted: str) -> Keyring:
    """Return the keys that follow from a trusted one by the changes in this journal."""
    return Keyring(trusted, changes())


def waiting(public: str) -> Path:
    """Return where a new key waits until the journal names it."""
    return place().with_name(f"{NAME}.{fingerprint(public)}")


def write_secret(path: Path, key: bytes) -> None:
    """Write a key so that only its owner reads it, in one piece and on the disk."""
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def take_over(public: str) -> None:
    """Put the key that waits into use, now that the journal names it."""
    waiting(public).replace(place())
    _write_public(public)


def _finish(name: str, expected: str) -> bytes | None:
    """Finish a change that the machine stopped in; None when the key is not there."""
    path = waiting(expected)
    if not path.exists() or public_of(name, path.read_bytes()) != expected:
        return None
    take_over(expected)
    return place().read_bytes()


def _write_public(public: str) -> None:
    path = public_place()
    if not path.exists() or path.read_text(encoding="utf-8").strip() != public:
        write_secret(path, public.encode() + b"\n")
