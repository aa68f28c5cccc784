"""Who made a pack: its list signed with Ed25519, the key in the form of a checkpoint's."""

from __future__ import annotations

import base64
import json

from luoshi.core.journal.checkpoint import CheckpointError, parse_verifier_key
from luoshi.core.packs.model import PackError

_CONTEXT = b"luoshi pack 1\n"


def sign(listed: bytes, key: str, private_key: bytes) -> bytes:
    """Return the signature over a list; ``key`` is the public key as it is handed out."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    signed = Ed25519PrivateKey.from_private_bytes(private_key).sign(_CONTEXT + listed)
    return json.dumps({"key": key, "signature": base64.b64encode(signed).decode()}).encode()


def signer(listed: bytes, signature: bytes | None) -> str:
    """Return the public key that signed a list, empty when there is no signature.

    Raises :class:`PackError` for a signature that is not genuine.
    """
    if signature is None:
        return ""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        held = json.loads(signature)
        key = str(held["key"])
        _, public = parse_verifier_key(key)
        blob = base64.b64decode(held["signature"], validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(blob, _CONTEXT + listed)
    except (ValueError, KeyError, TypeError, RecursionError, CheckpointError, InvalidSignature):
        raise PackError(["签名不对，被改动过，请重新取得"]) from None
    return key
