"""What goes wrong with an archive, in words for the person who asked."""

from __future__ import annotations

from pathlib import Path


class ArchiveError(Exception):
    """The archive cannot be used; ``message`` says why and what to do. Nothing in it was changed."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def broken(folder: Path, what: str) -> ArchiveError:
    """Return the error of a folder whose files are damaged."""
    return ArchiveError(
        f"比对库 {folder} 已损坏：{what}。请从备份恢复这个文件夹，或换一个新文件夹重新加入材料。"
    )
