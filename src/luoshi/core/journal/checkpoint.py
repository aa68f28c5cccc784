"""Signed tree heads: C2SP tlog-checkpoint on a C2SP signed note, Ed25519.

A checkpoint says: at this size the tree had this root. A body outside the office that
keeps one can prove that nothing before it was changed, whatever happens in the office.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from luoshi.core.journal.merkle import HASH_BYTES

_ED25519 = b"\x01"
_DASH = "\u2014"


class CheckpointError(ValueError):
    """A checkpoint is malformed, or not signed by the key given."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head: the log's ``origin``, its ``size``, its ``root``, and when (RFC 3339, UTC)."""

    origin: str
    size: int
    root: bytes
    time: str

    def text(self) -> str:
        """Return the lines that are signed; the time is an extension line."""
        head = base64.b64encode(self.root).decode()
        return f"{self.origin}\n{self.size}\n{head}\ntime {self.time}\n"


def sign(checkpoint: Checkpoint, private_key: bytes) -> str:
    """Return the signed note; ``private_key`` is 32 bytes. The key's name is the origin."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(private_key)
    text = checkpoint.text()
    public = key.public_key().public_bytes_raw()
    blob = key_id(checkpoint.origin, public) + key.sign(text.encode())
    return f"{text}\n{_DASH} {checkpoint.origin} {base64.b64encode(blob).decode()}\n"


def key_id(name: str, public_key: bytes) -> bytes:
    """Return the four bytes that tell the keys of signed notes apart."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public_key).digest()[:4]


def verifier_key(name: str, public_key: bytes) -> str:
    """Return the public key in the form in which it is handed out (``name+id+key``)."""
    blob = base64.b64encode(_ED25519 + public_key).decode()
    return f"{name}+{key_id(name, public_key).hex()}+{blob}"


def parse_verifier_key(text: str) -> tuple[str, bytes]:
    """Return name and public key; raises ``CheckpointError`` for a malformed one."""
    try:
        name, number, blob = text.strip().split("+", 2)
        data = base64.b64decode(blob, validate=True)
    except ValueError as error:
        raise CheckpointError("the public key is malformed") from error
    public = data[1:]
    if data[:1] != _ED25519 or len(public) != 32 or key_id(name, public).hex() != number:
        raise CheckpointError("the public key is malformed")
    return name, public


def parse(note: str) -> Checkpoint:
    """Return what a note says, signed or not; raises ``CheckpointError`` if malformed."""
    text, blank, _ = note.partition("\n\n")
    lines = text.split("\n")
    try:
        if not blank or len(lines) < 3 or not lines[0] or not lines[1].isascii():
            raise ValueError
        size, head = int(lines[1]), base64.b64decode(lines[2], validate=True)
        if len(head) != HASH_BYTES or size < 0 or str(size) != lines[1]:
            raise ValueError
    except ValueError as error:
        raise CheckpointError("the checkpoint is malformed") from error
    times = [line.removeprefix("time ") for line in lines[3:] if line.startswith("time ")]
    return Checkpoint(lines[0], size, head, times[0] if times else "")


def verify(note: str, verifier: str) -> Checkpoint:
    """Return what a note says; raises ``CheckpointError`` unless this key has signed it."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    name, public = parse_verifier_key(verifier)
    checkpoint = parse(note)
    text, _, signatures = note.partition("\n\n")
    if checkpoint.origin != name:
        raise CheckpointError("the checkpoint is of another log")
    wanted = key_id(name, public)
    for line in signatures.splitlines():
        blob = _signature(line, name)
        if blob[:4] == wanted:
            try:
                key = Ed25519PublicKey.from_public_bytes(public)
                key.verify(blob[4:], (text + "\n").encode())
            except InvalidSignature as error:
                raise CheckpointError("the signature is wrong") from error
            return checkpoint
    raise CheckpointError("no signature by this key")


def _signature(line: str, name: str) -> bytes:
    prefix = f"{_DASH} {name} "
    if not line.startswith(prefix):
        return b""
    try:
        return base64.b64decode(line.removeprefix(prefix), validate=True)
    except ValueError:  # no base64, or not even ASCII
        return b""
