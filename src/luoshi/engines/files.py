"""From paths to Documents: finding the files a user means, and loading them without surprises."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from luoshi.core.reading import DEFAULT_LIMITS, Document, Limits, ReadError, read_bytes
from luoshi.core.reading.model import Note
from luoshi.formats import libreoffice

READABLE = frozenset({".txt", ".md", ".docx", ".pdf", ".doc", ".wps"})
"""The suffixes, in lower case, that a folder or a pattern is searched for."""

_KINDS = "能读 .docx、.pdf、.txt、.md、.doc、.wps"
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_CONVERTED = "这是旧版格式的文件，已经用 LibreOffice 转换后读取，段落位置以转换后的文件为准。"


def load_bytes(path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Return the content of a regular file.

    Raises :class:`ReadError`: ``missing`` when there is no such file, it may not be opened, or it
    is a folder or a device; ``too_large`` (unread) when it has more than ``limits.file_bytes``.
    """
    try:
        _require_regular(os.stat(path).st_mode)
        # A path may turn into a FIFO or a terminal after the check: never wait for it.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
    except (OSError, ValueError) as error:
        raise _unopened(error) from error
    with open(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        _require_regular(found.st_mode)
        if found.st_size > limits.file_bytes:
            raise _too_large(found.st_size, limits)
        try:
            data = file.read(found.st_size + 1)
            if len(data) > found.st_size:
                # The size is a promise only: a log grows, and files under /proc claim to be
                # empty. To ask for as much at once would make room for it each time.
                data += file.read(limits.file_bytes + 1 - len(data))
        except OSError as error:
            raise _unopened(error) from error
    if len(data) > limits.file_bytes:
        raise _too_large(len(data), limits)
    return data


def _require_regular(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise ReadError("missing", "这是文件夹，或者没有权限打开这个文件夹。请选择里面的文件。")
    if not stat.S_ISREG(mode):
        raise ReadError("missing", "这不是普通文件（是设备或管道）。请检查是否选错了文件。")


def _unopened(error: Exception) -> ReadError:
    if isinstance(error, PermissionError):
        return ReadError("missing", "没有权限打开这个文件。请在文件属性里开放读取权限后再试。")
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return ReadError("missing", "没有找到这个文件。请核对文件名和所在的文件夹。")
    return ReadError(
        "missing", "这个文件打不开。请检查磁盘或网络位置是否正常，或复制到本机后再试。"
    )


def _too_large(size: int, limits: Limits) -> ReadError:
    mebibyte = 1024 * 1024
    return ReadError(
        "too_large",
        f"文件太大（{size / mebibyte:.0f} MB，最多 {limits.file_bytes / mebibyte:.0f} MB）。"
        "请删去图片或拆分后再试。",
    )


def read_path(path: Path, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a file; .doc and .wps through LibreOffice when it is installed.

    Raises :class:`ReadError` as :func:`load_bytes` and :func:`read_data`.
    """
    return read_data(load_bytes(path, limits), path.name, limits)


def read_data(data: bytes, name: str = "", limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a file's bytes as :func:`read_bytes` does, old formats through LibreOffice.

    The hash of the Document is that of ``data``, also when a converted copy was read; a note
    then says so. Raises :class:`ReadError`, ``legacy`` when LibreOffice would be needed.
    """
    try:
        return read_bytes(data, name, limits)
    except ReadError as error:
        if error.code != "legacy":
            raise
    if _WORD_STREAM not in data:
        raise ReadError(
            "unknown_type",
            "这不是 Word 文件，可能是旧版表格、演示文稿或安装程序。请检查是否选错了文件，"
            "或用 Word、WPS 打开后另存为 .docx 再试。",
        )
    if libreoffice.available() is None:
        raise ReadError(
            "legacy",
            "这是旧版 .doc 或 .wps 文件，本机没有安装 LibreOffice，不能直接读取。"
            "请用 Word 或 WPS 打开后另存为 .docx 再试，或请管理员安装 LibreOffice。",
        )
    document = read_bytes(libreoffice.convert_to_docx(data, ".doc"), name, limits)
    return replace(
        document,
        sha256=hashlib.sha256(data).hexdigest(),
        notes=(*document.notes, Note("skipped", _CONVERTED)),
    )


class Chosen(NamedTuple):
    """The ``files`` that arguments mean, and per argument that means none (``nothing``) why."""

    files: list[Path]
    nothing: list[tuple[str, ReadError]]


def expand(arguments: Iterable[str]) -> Chosen:
    """Return the files meant by names of files, folders and patterns, sorted, each file once.

    A file is taken whatever its suffix. Folders are searched with their subfolders, and patterns
    (``材料/**/*.docx``) are matched, for :data:`READABLE` files that are neither hidden nor lock
    files of Word; links to folders inside are not followed. A subfolder that may not be opened is
    returned itself, so that its reading says so. An argument that leads to no file does not keep
    the others from being found: it is returned with a ``missing`` that says what is the matter.
    """
    found: dict[str, Path] = {}
    nothing: dict[str, ReadError] = {}
    for argument in arguments:
        paths = sorted(_meant_by(argument))
        for path in paths:
            found.setdefault(os.path.realpath(path), path)
        if not paths:
            shown = os.fsencode(argument).decode(errors="replace")
            nothing[shown] = ReadError("missing", _why_nothing(argument))
    return Chosen(sorted(found.values()), list(nothing.items()))


def _why_nothing(argument: str) -> str:
    if "\0" not in argument and os.path.isdir(argument):
        return f"文件夹里没有能读的材料（{_KINDS}）。请核对是不是选错了文件夹。"
    if "\0" in argument or not glob.has_magic(argument):
        return "没有找到这个文件或文件夹。请核对名称和位置。"
    if any(os.path.isfile(match) for match in glob.iglob(argument, recursive=True)):
        return f"符合的文件都不是能读的类型（{_KINDS}）。请另存为其中一种再试。"
    return "没有符合这个写法的文件。请核对名称和位置。"


def _meant_by(argument: str) -> Iterator[Path]:
    """Yield the files for one argument; an existing name wins over reading it as a pattern."""
    if "\0" in argument:
        return
    if os.path.isdir(argument):
        yield from _walk(argument)
    elif argument and os.path.lexists(argument):
        yield Path(argument)
    else:
        for match in glob.iglob(argument, recursive=True):
            if os.path.isdir(match):
                yield from _walk(match)
            elif _is_material(match):
                yield Path(match)


def _walk(folder: str) -> Iterator[Path]:
    closed: list[Path] = []
    for parent, folders, names in os.walk(
        folder, onerror=lambda error: closed.append(Path(error.filename))
    ):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = os.path.join(parent, name)
            if _is_material(path):
                yield Path(path)
    yield from closed


def _is_material(path: str) -> bool:
    name = os.path.basename(path)
    return (
        not name.startswith((".", "~$"))
        and os.path.splitext(name)[1].lower() in READABLE
        and os.path.isfile(path)
    )
