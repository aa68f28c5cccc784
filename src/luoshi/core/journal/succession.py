"""One signing key takes over from another: who trusts one of them can verify what any has signed.

A change of keys is signed by both: the old key names its successor, the new one its predecessor.
It stands in the journal as an entry's facts, so an export carries it. A checkpoint of an old key
counts only up to the size at which the key was given up: what is signed with it later, by whoever
has found it, does not.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from luoshi.core.journal.canonical import canonical
from luoshi.core.journal.checkpoint import (
    Checkpoint,
    CheckpointError,
    parse_verifier_key,
    verifier_key,
    verify,
)

VERB = "journal.key"
_CONTEXT = b"luoshi key change 1\n"


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A change of keys: both public keys (as handed out), the journal's size and the time then.

    ``by_old`` and ``by_new`` are the two signatures (base64).
    """

    old: str
    new: str
    size: int
    time: str
    by_old: str
    by_new: str

    def facts(self) -> dict[str, str | int]:
        """Return the change as an entry's facts."""
        return asdict(self)


def change(name: str, old: bytes, new: bytes, size: int, time: str) -> Change:
    """Return the signed change from one private key (32 bytes) to another of the log ``name``."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    keys = [Ed25519PrivateKey.from_private_bytes(key) for key in (old, new)]
    public = [verifier_key(name, key.public_key().public_bytes_raw()) for key in keys]
    text = _text(public[0], public[1], size, time)
    signed = [base64.b64encode(key.sign(text)).decode() for key in keys]
    return Change(public[0], public[1], size, time, signed[0], signed[1])


def parse(facts: Any) -> Change:
    """Return the change that facts tell; raises ``CheckpointError`` unless both keys signed it."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        found = Change(**facts)
        text = _text(found.old, found.new, found.size, found.time)
        names = []
        for key, signature in ((found.old, found.by_old), (found.new, found.by_new)):
            name, public = parse_verifier_key(key)
            names.append(name)
            blob = base64.b64decode(signature, validate=True)
            Ed25519PublicKey.from_public_bytes(public).verify(blob, text)
    except (TypeError, ValueError, AttributeError, InvalidSignature) as error:
        raise CheckpointError("the change of keys is not genuine") from error
    if names[0] != names[1] or type(found.size) is not int or found.size < 0:
        raise CheckpointError("the change of keys is not genuine")
    return found


def genuine(many: Iterable[Any]) -> Iterator[Change]:
    """Yield the changes among facts that are genuine; others tell nothing."""
    for facts in many:
        try:
            yield parse(facts)
        except CheckpointError:
            continue


class Keyring:
    """The keys that follow from one that is trusted, each with the size up to which it counts."""

    def __init__(self, trusted: str, changes: Iterable[Change] = ()) -> None:
        """Raise ``CheckpointError`` when the trusted key is malformed."""
        parse_verifier_key(trusted)
        self.keys = [trusted.strip()]
        self._until: dict[str, int] = {}
        rows = list(changes)
        for key in self.keys:  # grows while it is walked
            for row in rows:
                if key not in (row.old, row.new):
                    continue
                self._until[row.old] = max(row.size, self._until.get(row.old, 0))
                for other in (row.old, row.new):
                    if other not in self.keys:
                        self.keys.append(other)

    def verify(self, note: str) -> Checkpoint:
        """Return what a signed note says.

        Raises ``CheckpointError`` unless one of the keys signed it while it was in use.
        """
        first: CheckpointError | None = None
        for key in self.keys:
            try:
                found = verify(note, key)
            except CheckpointError as error:
                first = first or error
                continue
            if found.size <= self._until.get(key, found.size):
                return found
            first = CheckpointError("the key was no longer in use")
        assert first is not None
        raise first


def _text(old: str, new: str, size: int, time: str) -> bytes:
    held: Mapping[str, str | int] = {"old": old, "new": new, "size": size, "time": time}
    return _CONTEXT + canonical(held)
