"""Old backups go: only those found whole, of this deployment, and after the ones that stay.

A file that is no backup, or cannot be found good (damaged, or sealed with a passphrase that is not
known), neither counts nor goes: it is named, and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from luoshi.core.keeping.retention import Retention, kept
from luoshi.engines.keeping.errors import KeepingError
from luoshi.engines.keeping.package import inspect
from luoshi.engines.keeping.staging import NAMES
from luoshi.office.journal import clock
from luoshi.office.journal.checkpoints import origin

_NAME = re.compile(r"luoshi-\d{8}-\d{6}(-\d{1,2})?\.tar(\.sealed)?")


@dataclass(slots=True)
class Pruned:
    """What became of a folder of backups: those that went, those that stay, those nobody knows."""

    gone: list[Path] = field(default_factory=list)
    stay: list[Path] = field(default_factory=list)
    unknown: list[tuple[Path, str]] = field(default_factory=list)


def backups(folder: Path) -> list[Path]:
    """Return the files in a folder that are called as backups are; links are none."""
    return sorted(
        path
        for path in folder.glob("luoshi-*")
        if _NAME.fullmatch(path.name) and path.is_file() and not path.is_symlink()
    )


def prune(new: Path, wanted: Retention, passphrase: str | None) -> Pruned:
    """Find the backups beside a new one good, and remove those that are not wanted any more.

    Raises ``KeepingError`` when the new one is not good, ``OSError`` as files do; nothing has been
    removed then, or only what was to go.
    """
    done = Pruned()
    known = {new: _time(new, passphrase)}
    for path in backups(new.parent):
        if path == new:
            continue
        try:
            known[path] = _time(path, passphrase)
        except KeepingError as error:
            done.unknown.append((path, str(error)))
    stay = kept(known.values(), wanted)
    for path, time in sorted(known.items()):
        # A clock that was set back must not make the one that was made just now the oldest.
        if path == new or time in stay:
            done.stay.append(path)
        else:
            path.unlink()
            done.gone.append(path)
    return done


def _time(path: Path, passphrase: str | None) -> datetime:
    """Return when a backup was made; raises ``KeepingError`` unless it is whole and ours."""
    held = inspect(path, _asked(passphrase))
    if held.get("database") not in NAMES:
        raise KeepingError("不是整套系统的备份。")
    if held.get("origin") != origin():
        raise KeepingError("是另一套系统的备份。")
    try:
        return datetime.fromisoformat(held["time"]).astimezone(clock.zone())
    except (KeyError, TypeError, ValueError) as error:
        raise KeepingError("没有写明备份时间。") from error


def _asked(passphrase: str | None) -> Callable[[], str]:
    def ask() -> str:
        if passphrase is None:
            raise KeepingError("是加密的，这次没有口令，不能核对。")
        return passphrase

    return ask
