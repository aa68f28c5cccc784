"""What a row claims of itself: that it is done, or closed. Noted as a claim, never believed."""

from __future__ import annotations

from luoshi.core.knowledge import table
from luoshi.core.sheets.grid import plain

_SHORT = 20


def claim(fields: dict[str, str]) -> str:
    """Return ``closed``, ``done`` or "" for the words of a row.

    ``fields`` holds what the columns ``closed``, ``status``, ``progress`` and ``deadline`` say. A
    column 销号 that holds a name or a day claims closing as well; long words claim what they begin
    or end with.
    """
    known = table("sheets/words")["claims"]
    closed = plain(fields.get("closed", ""))
    if closed and not _is_turned(closed, known["not"]):
        return "closed"
    for field in ("status", "progress", "deadline"):
        words = plain(fields.get(field, ""))
        if not words:
            continue
        if len(words) > _SHORT:
            words = words[:_SHORT] + "，" + words[-_SHORT:]
        if _is_turned(words, known["not"]):
            continue
        if any(word in words for word in known["closed"]):
            return "closed"
        if any(_says(word, words) for word in known["done"]):
            return "done"
    return ""


def _says(word: str, words: str) -> bool:
    """Tell whether words say it; a single mark or a figure has to be all that they say."""
    return word == words or (len(word) > 1 and not word.isdecimal() and word in words)


def _is_turned(words: str, negations: list[str]) -> bool:
    return words in {"/", "-", "无", "—"} or any(word in words for word in negations)
