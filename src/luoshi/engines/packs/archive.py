"""A pack as a zip file: opened with suspicion, written so that the same is always the same."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from luoshi.core.packs.model import Pack, PackError
from luoshi.core.packs.read import FILE, LIST, SIGNATURE, read

MOST_BYTES = 2 * 1024 * 1024
_MOST_FILES = 64
_FILE_BYTES = 512 * 1024
_ALL_BYTES = 4 * 1024 * 1024
_SPOILT = "文件不完整或者被改动过，请重新取得"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    OverflowError, struct.error,
)  # fmt: skip


def load(path: Path) -> tuple[Pack, bytes]:
    """Return the pack in a file, with the file's bytes.

    Raises :class:`PackError` for whatever is no good pack, ``OSError`` as files do.
    """
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    return of_bytes(data), data


def of_bytes(data: bytes) -> Pack:
    """Return the pack that a file's bytes are; raises :class:`PackError`."""
    if len(data) > MOST_BYTES:
        raise PackError(["文件太大，不是资料包"])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            files = _files(opened)
    except _BROKEN as error:
        if isinstance(error, PackError):
            raise
        raise PackError([f"不是资料包，或者{_SPOILT}"]) from None
    return read(files)


def _files(opened: zipfile.ZipFile) -> dict[str, bytes]:
    if len(opened.infolist()) > _MOST_FILES:
        raise PackError(["里面的文件太多，不是资料包"])
    files: dict[str, bytes] = {}
    room = _ALL_BYTES
    for info in opened.infolist():
        name = info.filename
        mode = info.external_attr >> 16
        if name not in {LIST, SIGNATURE} and not FILE.fullmatch(name):
            raise PackError([f"里面有不应当有的文件：{ascii(name)[:80]}"])
        if name in files:
            raise PackError([f"里面有两个“{name}”"])
        if info.flag_bits & 0x1:
            raise PackError(["文件加了密码，请用没有密码的资料包"])
        if stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
            raise PackError([f"“{name}”是链接或特殊文件，不能用"])
        files[name] = _content(opened, info, min(_FILE_BYTES, room))
        room -= len(files[name])
    return files


def _content(opened: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> bytes:
    """Return a file's bytes; what it says of its own size is not believed."""
    with opened.open(info) as inside:
        data = inside.read(room + 1)
    if len(data) > room:
        raise PackError([f"“{info.filename}”太大，不能用"])
    return data


def to_bytes(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip file, the same whenever they are the same."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, _FIRST_DAY)
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return made.getvalue()
