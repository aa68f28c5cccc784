"""The Chinese names of what entries are about (data/journal/words.toml)."""

from __future__ import annotations

from luoshi.core.knowledge import table


def words() -> dict[str, dict[str, str]]:
    """Return the names: of ``things`` (models) and of ``facts``."""
    held: dict[str, dict[str, str]] = table("journal/words")
    return held


def thing(subject: str) -> str:
    """Return in Chinese what an entry is about: ``ledger.commitment:17`` → 整改事项第17号."""
    label, _, key = subject.rpartition(":")
    return f"{words()['things'].get(label, label)}第{key}号"


def row_of(table_name: str, key: str) -> str:
    """Return in Chinese which row was changed, from its table's name."""
    return thing(f"{table_name.replace('_', '.', 1)}:{key}")
