"""Where one deployment keeps its things: database, files, keys. Read from the environment.

``LUOSHI_HOME``: the folder (default ``luoshi-data`` in the current one). ``LUOSHI_DATABASE``:
``postgresql://…`` instead of the SQLite file in the folder. ``LUOSHI_HOSTS``: names under
which browsers reach the machine, separated by commas. ``LUOSHI_HTTPS=1``: cookies only over
https.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any


def home() -> Path:
    """Return the folder of this deployment."""
    return Path(os.environ.get("LUOSHI_HOME") or "luoshi-data").absolute()


def packs() -> Path:
    """Return the folder of the packs that were imported."""
    return home() / "packs"


def secret(name: str, size: int = 32) -> bytes:
    """Return a secret of this deployment; made on first use, readable by the owner only."""
    path = home() / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(f".{os.getpid()}")
        import secrets

        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(size))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)  # two processes that start together keep the same secret
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()


def database() -> dict[str, Any]:
    """Return Django's settings of the one database.

    Raises ``ValueError`` for an address that is not PostgreSQL's.
    """
    from urllib.parse import unquote, urlsplit

    address = os.environ.get("LUOSHI_DATABASE", "")
    if not address:
        return _sqlite(home() / "luoshi.sqlite3")
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError("LUOSHI_DATABASE 应当是 postgresql://用户名:密码@主机/数据库 的形式。")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


def _sqlite(path: Path) -> dict[str, Any]:
    # IMMEDIATE: two writers wait for each other instead of failing in the middle.
    # FULL: what was acknowledged survives a power cut.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA busy_timeout=20000; PRAGMA cache_size=-32000;"
            ),
        },
    }
