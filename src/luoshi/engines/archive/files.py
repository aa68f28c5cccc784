"""Files of an archive: written whole or not at all, read without loading, told by their sums."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]

_MAGIC = b"LUOSHI-1"
_ALIGNED = 64
_BLOCK = 1 << 22


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]], about: Any) -> dict[str, Any]:
    """Write arrays and what is said about them into a new file; return its name, size and sum."""
    places, at = {}, 0
    for name, array in arrays.items():
        places[name] = [array.dtype.str, at, len(array)]
        at += -(-array.nbytes // _ALIGNED) * _ALIGNED
    head = json.dumps({"arrays": places, "about": about}, ensure_ascii=False).encode()
    head += b" " * (-(len(_MAGIC) + 8 + len(head)) % _ALIGNED)
    digest = hashlib.sha256()
    new = path.with_suffix(".new")
    with new.open("wb") as file:
        for part in _parts(head, arrays):
            file.write(part)
            digest.update(part)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)
    return {"file": path.name, "size": path.stat().st_size, "sha256": digest.hexdigest()}


def _parts(head: bytes, arrays: Mapping[str, NDArray[Any]]) -> Iterator[bytes | memoryview]:
    yield _MAGIC + len(head).to_bytes(8, "little") + head
    for array in arrays.values():
        flat = np.ascontiguousarray(array).view(np.uint8)
        for at in range(0, len(flat), _BLOCK):
            yield flat[at : at + _BLOCK].data
        yield b"\0" * (-array.nbytes % _ALIGNED)


def read_arrays(path: Path) -> tuple[Arrays, Any]:
    """Return the arrays of a file, mapped into memory, and what is said about them.

    Raises ValueError where the file is none of these, OSError where it cannot be read.
    """
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise ValueError(path.name)
        size = int.from_bytes(file.read(8), "little")
        if size > path.stat().st_size:
            raise ValueError(path.name)
        head = json.loads(file.read(size))
    begin = len(_MAGIC) + 8 + size
    arrays: Arrays = {}
    for name, (kind, at, number) in head["arrays"].items():
        dtype = np.dtype(kind)
        arrays[name] = (
            np.asarray(np.memmap(path, dtype, "r", begin + at, (number,)))
            if number
            else np.empty(0, dtype)
        )
    return arrays, head["about"]


def sum_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_text(path: Path, text: str) -> None:
    """Put a text in the place of a file: whole, and on the disk when this returns."""
    new = path.with_suffix(".new")
    with new.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)
    settle(path.parent)


def settle(folder: Path) -> None:
    """Make the names in a folder last, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Hold a lock file: gives False where somebody else holds it."""
    try:
        import fcntl
    except ImportError:  # a system without it: one writer is the user's care
        yield True
        return
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
    finally:
        os.close(descriptor)
