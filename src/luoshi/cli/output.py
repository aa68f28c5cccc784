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
    errno.EEXIST: "已经有一个同名的文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENAMETOOLONG: "文件名太长",
}
_SUFFIXES = {"text": "txt", "json": "json", "xlsx": "xlsx"}


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


def form_of(form: str | None, output: Path | None) -> str:
    """Return text, json or xlsx: as said, else by the suffix of ``output``, else text.

    Raises a usage error where the two contradict each other, or xlsx has no file to go to.
    """
    suffix = output.suffix.lower() if output is not None else ""
    meant = {".xlsx": "xlsx", ".json": "json", ".txt": "text"}.get(suffix)
    chosen = form or meant or "text"
    if chosen == "xlsx" and output is None:
        raise click.UsageError("导出 Excel 请用 -o 写明文件名，例如：-o 三张清单.xlsx")
    if meant and chosen != meant and "xlsx" in (chosen, meant):
        raise click.UsageError(
            f"--format {chosen} 与文件名后缀 {suffix} 不一致。"
            f"请去掉 --format，或把文件名改成以 .{_SUFFIXES[chosen]} 结尾。"
        )
    return chosen


def say_written(path: Path, documents: int, replaced: bool) -> None:
    """Tell on the error stream that the result is in ``path``, and what was there before."""
    done = "已覆盖原有的" if replaced else "已写入"
    click.echo(f"{done} {path}（{documents} 份材料）。", err=True)


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


def write_file(path: Path, data: bytes) -> None:
    """Write a file that appears only when it is complete."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
