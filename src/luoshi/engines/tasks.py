"""What a worker does with one file: functions of a path that return plain values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from luoshi.engines.interface import check
from luoshi.formats.record import document_record


def split_record(
    path: Path, *, outline: str | None = None, details: bool = False, with_text: bool = False
) -> dict[str, Any]:
    """Return the contract's record of the file at ``path``; raises :class:`ReadError`."""
    report = check(path, outline)
    return document_record(report, str(path), details=details, with_text=with_text)
