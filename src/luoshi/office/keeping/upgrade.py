"""Bringing the tables to this version: a backup first, and back to it when the change fails."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from luoshi.engines.keeping.errors import KeepingError
from luoshi.engines.keeping.package import unpack
from luoshi.engines.keeping.staging import NAMES, SQLITE
from luoshi.office.home import home
from luoshi.office.keeping import database
from luoshi.office.keeping.backup import Made, make

BEFORE = "before-upgrade"


def behind() -> list[str]:
    """Return the changes of the tables that are still to be made, in their order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def upgrade() -> Made | None:
    """Bring the tables to this version; return the backup made before, None if nothing was to do.

    A database without tables is only filled. Raises ``KeepingError`` when the backup cannot be
    made (nothing is changed then), and when a change fails: the database is then as it was.
    """
    if not behind():
        return None
    if database.is_empty():
        _migrate()
        return None
    made = make(home() / BEFORE)
    try:
        _migrate()
    except Exception as error:
        _back(made)
        raise KeepingError(
            f"更新数据库没有成功（{type(error).__name__}），已经退回更新以前的样子，数据没有丢失。"
            f"请装回原来的版本继续使用；更新前的备份在 {made.path}。"
        ) from error
    return made


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def _back(made: Made) -> None:
    """Put the database of a backup in the place of the one that a change has spoilt."""
    connection.close()
    with tempfile.TemporaryDirectory(dir=made.path.parent, prefix=".back-") as name:
        held = unpack(made.path, Path(name), _no_passphrase)
        copied = Path(name) / NAMES[held["database"]]
        if held["database"] == SQLITE:
            _replace_sqlite(copied)
        else:
            database.clear()
            database.bring_back(copied)


def _replace_sqlite(copied: Path) -> None:
    place = Path(str(connection.settings_dict["NAME"]))
    # The old log must never be read into the new file: first it goes, then the file is replaced.
    for companion in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            os.unlink(f"{place}{companion}")
    shutil.move(copied, place)


_no_passphrase: Callable[[], str] = str
