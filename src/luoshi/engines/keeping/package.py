"""A package: one tar file, its last member a list with size and SHA-256 of every other one.

The list stands last, so a package that was cut has none and is refused. Everything is found
genuine while it is unpacked into a folder of its own; nothing else is touched.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from luoshi.engines.keeping.errors import KeepingError
from luoshi.engines.keeping.seal import Sealer, is_sealed, unseal

LIST = "manifest.json"
FORM = 1
_LIST_LIMIT = 512 * 1024 * 1024
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_PIECE = 1024 * 1024
_DAMAGED = "文件不完整或者被改动过（{}）。请换一份备份。"


class Writer:
    """Puts files into an open package and keeps account of them."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, path: Path) -> str:
        """Put a file into the package under a name and return its SHA-256.

        Raises ``ValueError`` for a name that no package has; ``OSError`` as files do.
        """
        if not _NAME.fullmatch(name) or name in self.members or name == LIST:
            raise ValueError(name)
        with path.open("rb") as file:
            info = tarfile.TarInfo(name)
            info.size, info.mode = os.fstat(file.fileno()).st_size, 0o600
            counted = _Counting(file)
            self._tar.addfile(info, counted)
        self.members[name] = {"size": info.size, "sha256": counted.digest.hexdigest()}
        return str(self.members[name]["sha256"])

    def close(self, facts: Mapping[str, Any]) -> None:
        """Write the list; ``facts`` tell what the package is of."""
        data = json.dumps(
            {"form": FORM, **facts, "members": self.members}, ensure_ascii=False, indent=1
        ).encode()
        info = tarfile.TarInfo(LIST)
        info.size, info.mode = len(data), 0o600
        self._tar.addfile(info, io.BytesIO(data))


class _Counting:
    """Hashes what is read through it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        return data


@contextmanager
def writing(target: Path, passphrase: str | None) -> Iterator[Writer]:
    """Open a package for writing; it has its name only when it is complete and on the disk.

    Raises ``KeepingError`` when the target is there already, and for a weak passphrase.
    """
    part = target.with_name(target.name + ".part")
    if target.exists():
        raise KeepingError(f"“{target}”已经有了，请换一个名字。")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            sealer = Sealer(file, passphrase) if passphrase is not None else None
            with tarfile.open(fileobj=sealer or file, mode="w|", bufsize=_PIECE) as tar:  # type: ignore[call-overload]  # writes, and no more
                yield Writer(tar)
            if sealer is not None:
                sealer.finish()
            file.flush()
            os.fsync(file.fileno())
        os.link(part, target)  # unlike a rename, never over another file
        settle(target.parent)
    finally:
        part.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """See to it that the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def unpack(source: Path, folder: Path, ask: Callable[[], str]) -> dict[str, Any]:
    """Unpack a package into an empty folder and return its list, everything found genuine.

    ``ask`` is asked for the passphrase of a sealed one. Raises ``KeepingError`` for a file that
    is none of ours, was cut or altered, or has another passphrase.
    """
    return _looked_through(source, folder, ask)


def inspect(source: Path, ask: Callable[[], str]) -> dict[str, Any]:
    """Return a package's list, everything found genuine, and write nothing.

    ``ask`` and ``KeepingError`` as with :func:`unpack`; ``OSError`` as files do.
    """
    return _looked_through(source, None, ask)


def _looked_through(source: Path, folder: Path | None, ask: Callable[[], str]) -> dict[str, Any]:
    try:
        with source.open("rb") as file:
            sealed = is_sealed(file.read(32))
            file.seek(0)
            stream = _Unsealed(unseal(file, ask())) if sealed else file
            with tarfile.open(fileobj=stream, mode="r|", bufsize=_PIECE) as tar:  # type: ignore[call-overload]  # reads, and no more
                found, listed = _members(tar, folder)
            while stream.read(_PIECE):  # the end of a sealed file is proved by reading it
                pass
    except tarfile.TarError as error:
        raise KeepingError(_DAMAGED.format("不是完整的备份")) from error
    return _agree(found, listed)


class _Unsealed:
    """A readable stream over the parts that `unseal` yields."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._held = b""

    def read(self, size: int) -> bytes:
        while len(self._held) < size:
            part = next(self._parts, None)
            if part is None:
                break
            self._held += part
        data, self._held = self._held[:size], self._held[size:]
        return data


def _members(tar: tarfile.TarFile, folder: Path | None) -> tuple[dict[str, Any], bytes]:
    found: dict[str, Any] = {}
    listed = b""
    for info in tar:
        inside = tar.extractfile(info) if info.isreg() else None
        if listed or inside is None or not _NAME.fullmatch(info.name) or info.name in found:
            raise KeepingError(_DAMAGED.format("有不应当有的内容"))
        if info.name == LIST:
            if info.size > _LIST_LIMIT:
                raise KeepingError(_DAMAGED.format("清单太大"))
            listed = inside.read()
        else:
            found[info.name] = _take(inside, folder / info.name) if folder else _digest(inside)
    return found, listed


def _take(inside: IO[bytes], path: Path) -> dict[str, Any]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while data := inside.read(_PIECE):
            digest.update(data)
            size += len(data)
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return {"size": size, "sha256": digest.hexdigest()}


def _digest(inside: IO[bytes]) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    while data := inside.read(_PIECE):
        digest.update(data)
        size += len(data)
    return {"size": size, "sha256": digest.hexdigest()}


def _agree(found: Mapping[str, Any], listed: bytes) -> dict[str, Any]:
    try:
        held: dict[str, Any] = json.loads(listed)
        form, members = held["form"], held["members"]
    except (ValueError, KeyError, TypeError) as error:
        raise KeepingError(_DAMAGED.format("没有清单")) from error
    if form != FORM:
        raise KeepingError("这份文件是别的版本的落实生成的，请用同一版本或更新的版本恢复。")
    if members != found:
        names = sorted(n for n in {*found, *members} if found.get(n) != members.get(n))
        raise KeepingError(_DAMAGED.format(f"与清单不符：{names[0]}"))
    return held
