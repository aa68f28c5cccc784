"""One way to write a value as bytes, so that equal values have equal hashes."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Value: TypeAlias = "str | int | bool | Sequence[Value] | Mapping[str, Value] | None"

SALT_BYTES = 32
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Value) -> bytes:
    """Return the canonical JSON of a value: UTF-8, sorted keys, no spaces.

    Raises ``TypeError`` for what has more than one spelling (floats, sets, dates): the
    caller says how such a value is written.
    """
    _refuse_ambiguous(value)
    return _JSON.encode(value).encode()


def _refuse_ambiguous(value: Value) -> None:
    if value is None or isinstance(value, (str, int)):
        return
    if isinstance(value, (dict, Mapping)):  # a dict is told at once, another mapping is not
        for key, held in value.items():
            if not isinstance(key, str):
                raise TypeError(f"key is no text: {key!r}")
            if type(held) is not str:
                _refuse_ambiguous(held)
    elif isinstance(value, (list, tuple)):
        for held in value:
            _refuse_ambiguous(held)
    else:
        raise TypeError(f"no canonical form for {type(value).__name__}")


def commitment(salt: bytes, value: Value) -> str:
    """Return the salted commitment to a value, as hex.

    Whoever holds salt and value can show that the value is what was committed to; without
    the salt nothing about the value can be guessed, not even by trying all names. Raises
    ``ValueError`` for a salt that is not 32 bytes long.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hmac.digest(salt, canonical(value), "sha256").hex()
