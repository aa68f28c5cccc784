"""What a worker does with a file that is compared with others: its text and its date."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from luoshi.core.text.days import printed_day
from luoshi.engines.files import load_bytes, read_data


def text_of(path: Path) -> dict[str, Any]:
    """Return ``text``, ``sha256`` and ``dated`` of a file. Raises :class:`ReadError`."""
    data = load_bytes(path)
    text = read_data(data, path.name).text
    found = printed_day(text)
    return {
        "text": text,
        "sha256": hashlib.sha256(data).hexdigest(),
        "dated": found.isoformat() if found else None,
    }
