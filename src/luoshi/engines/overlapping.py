"""What a worker does with a file that is compared with others: its text and its date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from luoshi.core.overlap.texts import dated
from luoshi.engines.files import load_bytes, read_data
from luoshi.formats.regions import is_whole_file


def text_of(path: Path) -> dict[str, Any]:
    """Return ``text``, ``sha256``, ``dated`` and ``whole`` of a file. Raises :class:`ReadError`.

    ``whole``: the file is the text itself, or has no lines that it could differ from.
    """
    data = load_bytes(path)
    document = read_data(data, path.name)
    text = document.text
    found = dated(text)
    in_lines = document.format in ("txt", "md")
    return {
        "text": text,
        "sha256": document.sha256,
        "dated": found.isoformat() if found else None,
        "whole": not in_lines or is_whole_file(text, document.encoding, document.sha256),
    }
