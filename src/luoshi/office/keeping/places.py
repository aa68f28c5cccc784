"""Where backups of this deployment were put, and when the last one was made."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from luoshi.office.home import home

_MOST = 100


def _path() -> Path:
    return home() / "backups.json"


def _rows() -> list[dict[str, Any]]:
    try:
        rows: list[dict[str, Any]] = json.loads(_path().read_text(encoding="utf-8"))
        return [row for row in rows if {"path", "time"} <= set(row)]
    except (OSError, ValueError, TypeError):
        return []  # only a reminder: it must never keep anybody from making a backup


def folders() -> list[Path]:
    """Return the folders that backups were put into, each once."""
    return list(dict.fromkeys(Path(row["path"]).parent for row in _rows()))


def last() -> tuple[Path, datetime] | None:
    """Return the last backup and when it was made."""
    rows = _rows()
    return (Path(rows[-1]["path"]), datetime.fromisoformat(rows[-1]["time"])) if rows else None


def remember(path: Path, time: datetime) -> None:
    """Note that a backup was made."""
    rows = [*_rows(), {"path": str(path), "time": time.isoformat(timespec="seconds")}][-_MOST:]
    part = _path().with_name(f"backups.{os.getpid()}")
    part.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(_path())
