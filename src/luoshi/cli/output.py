"""Results on the screen or in a file that appears only when it is complete."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

_REASONS = {
    errno.ENOENT: "文件夹不存在",
    errno.EACCES: "没有写入的权限",
    errno.EPERM: "没有写入的权限",
    errno.EROFS: "这个位置只能读不能写",
    errno.ENOSPC: "磁盘满了",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENAMETOOLONG: "文件名太长",
}


class CannotWriteError(click.ClickException):
    """The result could not be written; nothing that stood there before is lost. Exit code 2."""

    exit_code = 2

    def __init__(self, path: Path | None, error: OSError) -> None:
        reason = _REASONS.get(error.errno or 0, "系统没有说明原因")
        super().__init__(f"结果写不进 {path or '屏幕'}：{reason}。请换一个位置再试。")


def refuse_overwriting(output: Path | None, inputs: list[Path]) -> None:
    """Raise a usage error when the result would replace one of the materials."""
    if output is not None and output.exists() and any(output.samefile(p) for p in inputs):
        raise click.UsageError(f"{output} 是要读的材料，结果不能写在上面。请换一个文件名。")


@contextmanager
def writing(path: Path | None) -> Iterator[TextIO]:
    """Yield a text stream to ``path`` (or the screen); the file appears when all is written."""
    if path is None:
        yield sys.stdout
        return
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
