"""Sealing a file with a passphrase: scrypt, then AES-256-GCM in chunks (the STREAM construction).

Sources: RFC 7914 (scrypt); Hoang, Reyhanitabar, Rogaway, Vizár 2015 (STREAM: each chunk's nonce
holds its number and whether it is the last, so that a chunk altered, moved, or cut off at the end
is found). Why not the age format: docs/adr/0009-sealed-packages.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from luoshi.engines.keeping.errors import KeepingError

MAGIC = b"luoshi-sealed-1\n"
SHORTEST = 12  # characters of a passphrase; default, unconfirmed
_CHUNK = 64 * 1024
_TAG = 16
_SALT, _PREFIX = 16, 7
_LOG_COST = 16  # 64 MiB of memory for each guess
_MOST_COST = 20
_HEAD = len(MAGIC) + 1 + _SALT + _PREFIX


def is_sealed(head: bytes) -> bool:
    """Tell from its first bytes whether a file is sealed."""
    return head.startswith(MAGIC)


def check_passphrase(passphrase: str) -> None:
    """Raise ``KeepingError`` for a passphrase that can be guessed by trying."""
    if len(passphrase) < SHORTEST:
        raise KeepingError(f"口令太短，至少要{SHORTEST}个字符。")


class Sealer:
    """A writable stream that seals what it is given into another one; `finish` ends it."""

    def __init__(self, target: IO[bytes], passphrase: str) -> None:
        check_passphrase(passphrase)
        self._target = target
        self._head = MAGIC + bytes([_LOG_COST]) + os.urandom(_SALT + _PREFIX)
        self._cipher = AESGCM(_key(passphrase, self._head))
        self._held = bytearray()
        self._number = 0
        target.write(self._head)

    def write(self, data: bytes) -> int:
        """Take bytes; whole chunks go out when more follows, for the last one is marked."""
        self._held += data
        while len(self._held) > _CHUNK:
            self._put(bytes(self._held[:_CHUNK]), last=False)
            del self._held[:_CHUNK]
        return len(data)

    def flush(self) -> None:
        """Flush what has gone out."""
        self._target.flush()

    def finish(self) -> None:
        """Write the last chunk; without it the file is not taken."""
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, chunk: bytes, *, last: bool) -> None:
        nonce = _nonce(self._head, self._number, last=last)
        self._target.write(self._cipher.encrypt(nonce, chunk, self._head))
        self._number += 1


def unseal(source: IO[bytes], passphrase: str) -> Iterator[bytes]:
    """Yield what a sealed file holds, each part only after it was found genuine.

    Raises ``KeepingError`` for a wrong passphrase and for a file that was altered or cut; what
    was yielded before is then genuine but not all of it, and is to be thrown away.
    """
    head = source.read(_HEAD)
    cost = head[len(MAGIC)] if len(head) == _HEAD else 0
    if not is_sealed(head) or not 1 <= cost <= _MOST_COST:
        raise KeepingError("这不是落实加密的文件，或者开头已经损坏。")
    cipher, number = AESGCM(_key(passphrase, head)), 0
    chunk = source.read(_CHUNK + _TAG)
    while True:
        following = source.read(_CHUNK + _TAG)
        try:
            yield cipher.decrypt(_nonce(head, number, last=not following), chunk, head)
        except InvalidTag as error:
            reason = (
                "口令不对，或者文件开头已经损坏。请核对口令和文件。"
                if number == 0
                else "文件不完整或者被改动过。请换一份备份。"
            )
            raise KeepingError(reason) from error
        if not following:
            return
        chunk, number = following, number + 1


def _key(passphrase: str, head: bytes) -> bytes:
    cost, salt = head[len(MAGIC)], head[len(MAGIC) + 1 :][:_SALT]
    return Scrypt(salt=salt, length=32, n=2**cost, r=8, p=1).derive(passphrase.encode())


def _nonce(head: bytes, number: int, *, last: bool) -> bytes:
    return head[-_PREFIX:] + number.to_bytes(4, "big") + bytes([last])
