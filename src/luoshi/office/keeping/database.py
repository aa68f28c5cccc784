"""A consistent copy of the database while people go on working, and its way back.

SQLite: the backup interface of the library, in one step. PostgreSQL: its own `pg_dump` over an
exported snapshot, so that what the list says of the journal is of the very same moment.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection, transaction

from luoshi.engines.keeping.errors import KeepingError
from luoshi.engines.keeping.staging import (
    ASK_FILES,
    ASK_HEAD,
    ASK_SCHEMA,
    POSTGRESQL,
    SQLITE,
    Snapshot,
    look,
)


def kind() -> str:
    """Return which database this deployment has."""
    return SQLITE if connection.vendor == "sqlite" else POSTGRESQL


def copy(target: Path) -> Snapshot:
    """Write a consistent copy of the database to a new file, and return what it holds.

    Raises ``KeepingError`` when it cannot be made, ``OSError`` as files do.
    """
    return _copy_sqlite(target) if kind() == SQLITE else _copy_postgresql(target)


def _copy_sqlite(target: Path) -> Snapshot:
    source = str(connection.settings_dict["NAME"])
    try:
        with (
            closing(sqlite3.connect(source, timeout=60)) as live,
            closing(sqlite3.connect(target)) as copied,
        ):
            live.backup(copied)
            # A copy has no companions: it must be whole in one file.
            copied.execute("PRAGMA journal_mode=DELETE")
        target.chmod(0o600)
        return look(target)
    except sqlite3.Error as error:
        raise KeepingError(
            f"数据库没有复制成功（{error}）。请检查磁盘空间和数据库文件，再试一次。"
        ) from error


def _copy_postgresql(target: Path) -> Snapshot:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        exported = cursor.fetchone()[0]
        cursor.execute(ASK_HEAD)
        size, nodes = cursor.fetchone()
        cursor.execute(ASK_SCHEMA)
        schema = [f"{app}.{name}" for app, name in cursor.fetchall()]
        cursor.execute(ASK_FILES)
        files = frozenset(row[0] for row in cursor.fetchall())
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges",
             f"--snapshot={exported}", f"--file={target}")  # fmt: skip
    target.chmod(0o600)
    return Snapshot(POSTGRESQL, size, bytes(nodes), schema, files)


def is_empty() -> bool:
    """Tell whether the database has no table."""
    return not connection.introspection.table_names()


def bring_back(dump: Path) -> None:
    """Load a dump into the empty PostgreSQL database, wholly or not at all.

    Raises ``KeepingError`` when it cannot be loaded.
    """
    connection.close()
    _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges",
         f"--dbname={connection.settings_dict['NAME']}", str(dump))  # fmt: skip


def clear() -> None:
    """Remove every table of the PostgreSQL database: for one that was empty before, or is replaced."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()


def _run(tool: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own tools on the database; ``LUOSHI_PG_BIN`` names their folder."""
    path = shutil.which(tool, path=os.environ.get("LUOSHI_PG_BIN") or None)
    if path is None:
        raise KeepingError(
            f"没有找到 {tool}。请安装与数据库同版本的 PostgreSQL 客户端，"
            "或用环境变量 LUOSHI_PG_BIN 写明它所在的文件夹。"
        )
    held = connection.settings_dict
    given = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD",
             "PGDATABASE": "NAME"}  # fmt: skip
    environment = os.environ | {k: str(held[v]) for k, v in given.items() if held.get(v)}
    done = subprocess.run(  # noqa: S603  # a tool of the database, on our own arguments
        [path, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        if "version mismatch" in done.stderr:
            raise KeepingError(
                f"{tool} 比数据库的版本旧。请安装与数据库同版本的 PostgreSQL 客户端，"
                "用环境变量 LUOSHI_PG_BIN 写明它所在的文件夹。"
            )
        said = (done.stderr.strip().splitlines() or ["没有说明"])[0]
        raise KeepingError(f"{tool} 没有成功：{said[:300]}")
