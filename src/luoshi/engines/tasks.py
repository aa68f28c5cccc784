"""What a worker does with one file: functions of a path that return plain values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from luoshi.core.checks import LINK_RULES, Report, rule, run
from luoshi.core.material import split
from luoshi.engines.files import read_path
from luoshi.formats.record import document_record


def split_record(
    path: Path, *, outline: str | None = None, details: bool = False, with_text: bool = False
) -> dict[str, Any]:
    """Return the contract's record of the file at ``path``; raises :class:`ReadError`."""
    document = read_path(path)
    examination = split(document, outline)
    report = Report(document, examination, run(examination, map(rule, LINK_RULES)))
    return document_record(report, str(path), details=details, with_text=with_text)
