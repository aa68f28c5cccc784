"""A backup on its way back: unpacked into a folder beside, and named only when all is well."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from luoshi.core.journal.merkle import Frontier
from luoshi.engines.keeping.errors import KeepingError
from luoshi.engines.keeping.package import settle, unpack

SQLITE, POSTGRESQL = "sqlite", "postgresql"
NAMES = {SQLITE: "database/luoshi.sqlite3", POSTGRESQL: "database/luoshi.dump"}
ASK_HEAD = "SELECT size, nodes FROM journal_head"
ASK_SCHEMA = "SELECT app, name FROM django_migrations ORDER BY app, name"
ASK_FILES = "SELECT DISTINCT sha256 FROM examinations_storedfile"
_KEYS = ("keys/journal", "keys/django")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a copy holds: where the journal stands, its tables' version, the files it names."""

    kind: str
    size: int
    nodes: bytes
    schema: list[str]
    files: frozenset[str]


def look(path: Path) -> Snapshot:
    """Return what a copied SQLite file holds; raises ``KeepingError`` for a damaged one."""
    try:
        with closing(sqlite3.connect(path)) as copied:
            found = copied.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok":
                raise KeepingError("备份里的数据库已经损坏。请换一份备份。")
            size, nodes = copied.execute(ASK_HEAD).fetchone()
            schema = [f"{app}.{name}" for app, name in copied.execute(ASK_SCHEMA)]
            files = frozenset(row[0] for row in copied.execute(ASK_FILES))
    except (sqlite3.Error, TypeError) as error:
        raise KeepingError("备份里的数据库不能用。请换一份备份。") from error
    return Snapshot(SQLITE, size, bytes(nodes), schema, files)


def unpacked(source: Path, folder: Path, ask: Callable[[], str]) -> dict[str, Any]:
    """Unpack a backup into an empty folder and return its list, everything in it found genuine.

    Raises ``KeepingError`` for whatever is no whole backup of a deployment.
    """
    held = unpack(source, folder, ask)
    members: dict[str, dict[str, Any]] = held["members"]
    kind = held.get("database")
    if kind not in NAMES or not {NAMES[kind], *_KEYS} <= set(members):
        raise KeepingError("这不是整套系统的备份，不能恢复。")
    if kind == SQLITE:
        found = look(folder / NAMES[kind])
        root = Frontier.from_bytes(found.size, found.nodes).root().hex()
        if {"size": found.size, "root": root} != held["journal"]:
            raise KeepingError("备份里的留痕与清单不符。请换一份备份。")
    for name, facts in members.items():
        place, _, rest = name.partition("/")
        if place == "files" and rest.rpartition("/")[2] != facts["sha256"]:
            # Not refused: a file spoilt long ago must not cost the office everything else.
            held.setdefault("damaged", []).append(rest)
    return held


def arrange(folder: Path, kind: str) -> Path:
    """Lay out an unpacked backup as a deployment's folder; return where the database's copy is."""
    copied = folder / NAMES[kind]
    if kind == SQLITE:
        copied = copied.rename(folder / "luoshi.sqlite3")
        (folder / "database").rmdir()
    for name in ("files", "static", "keys"):
        (folder / name).mkdir(exist_ok=True, mode=0o700)
    return copied


def appear(folder: Path, target: Path) -> None:
    """Give the finished folder its name, by one rename.

    Raises ``KeepingError`` when something has taken the name in the meantime.
    """
    try:
        if target.is_dir():
            target.rmdir()  # an empty folder, made ready by the administrator
        folder.rename(target)
    except OSError as error:
        raise KeepingError(f"“{target}”里已经有内容，没有恢复，原有内容没有动。") from error
    settle(target.parent)


def require_free(target: Path) -> None:
    """Raise ``KeepingError`` when there is a deployment, or anything else, under a name."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        aside = target.with_name(target.name + ".旧")
        raise KeepingError(
            f"“{target}”里已经有内容，不能覆盖。请先停止服务，把它移开（mv {target} {aside}），"
            "或用 --home 恢复到别的文件夹。"
        )


def require_room(source: Path, target: Path) -> None:
    """Raise ``KeepingError`` when the disk clearly has no room for what is in a backup."""
    place = next(parent for parent in target.parents if parent.exists())
    if shutil.disk_usage(place).free < source.stat().st_size * 1.1:
        raise KeepingError(f"“{place}”所在磁盘的空间不够，没有恢复。请清理磁盘再试。")
