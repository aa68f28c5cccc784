"""Bringing a backup back: before it appears the erased are erased again and the journal verified."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from luoshi.core.journal.checkpoint import Checkpoint, CheckpointError
from luoshi.core.journal.succession import Change, Keyring
from luoshi.engines.keeping.errors import KeepingError
from luoshi.office.journal import erasure
from luoshi.office.keeping import beside


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back: when the backup was made (UTC), its entries, and what it lacks.

    ``lodged_size``: entries under the last checkpoint known to be lodged outside, with whom.
    ``lost``: how many entries are known to have been made after the backup, at the least.
    """

    time: str
    size: int
    lodged_size: int
    lodged_with: str
    lost: int
    erased: int
    verified: int


def require_known(schema: Iterable[str]) -> None:
    """Raise ``KeepingError`` when a backup is of a newer program than this one."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    known = {f"{app}.{name}" for app, name in MigrationLoader(connection).disk_migrations}
    if set(schema) - known:
        raise KeepingError("这份备份是更新版本的落实生成的。请先安装那个版本，再恢复。")


def known_after(held: dict[str, Any], files: Sequence[Path]) -> beside.Known:
    """Return what is known to have happened after a backup; one file at least is needed.

    Raises ``KeepingError`` when there is none, or all are older than the backup.
    """
    if not files:
        raise KeepingError(
            f"备份旁边没有删除登记（{beside.NAME}）。没有它，已经依法删除的个人信息会重新出现。"
            "请把它和备份放在一起，或用 --erasures 写明它在哪里。"
        )
    known = beside.merged([beside.read(path) for path in files])
    if known.time < held["time"][:19] or known.size < held["journal"]["size"]:
        raise KeepingError(
            "删除登记比备份还旧，不能说明备份之后删除过什么。请取最新的一份，用 --erasures 写明。"
        )
    return known


def complete(held: dict[str, Any], known: beside.Known, notes: Sequence[Checkpoint]) -> Restored:
    """Erase again, record the restore, end all sessions, and verify the journal.

    Django stands on the restored database. Raises ``KeepingError`` when it does not verify.
    """
    from django.contrib.sessions.models import Session

    from luoshi.office.journal.act import SYSTEM
    from luoshi.office.journal.verification import verify_database
    from luoshi.office.keeping.actions.restored import record_restore

    size = held["journal"]["size"]
    lodged = [note.size for note in notes]
    latest = max([known.lodged_size, *lodged])
    lost = max(known.size, latest) - size
    Session.objects.all().delete()
    erased = sum(_erase_again(row) for row in sorted(known.erased))
    record_restore(by=SYSTEM, made=held["time"], size=size, lost=lost, erased=erased)
    verdict = verify_database([note for note in notes if note.size <= size])
    if not verdict.is_good:
        trouble = verdict.troubles[0]
        raise KeepingError(f"恢复出来的留痕校验不通过：{trouble.words}请换一份备份。")
    with_whom = known.lodged_with if latest == known.lodged_size else ""
    return Restored(held["time"], size, latest, with_whom, lost, erased, verdict.size)


def _erase_again(row: beside.Erased) -> bool:
    kind = erasure.KINDS.get(row.table)
    if kind is None:
        raise KeepingError("删除登记里有这个版本不认识的内容。请安装更新的版本，再恢复。")
    if beside.made_by(row.table, row.key) != (row.entry, row.leaf) or row.key in set(kind.erased()):
        return False
    kind.again(row.key)
    return True


def lodged_notes(
    paths: Iterable[Path], key: str, changes: Iterable[Change] = ()
) -> list[Checkpoint]:
    """Return the checkpoints in files that a body outside the office kept.

    Raises ``KeepingError`` for one that neither the restored key nor one connected with it by
    ``changes`` has signed.
    """
    found = []
    ring = Keyring(key, changes)
    for path in paths:
        try:
            found.append(ring.verify(path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            raise KeepingError(f"校验点文件“{path}”打不开。请核对文件。") from error
        except CheckpointError as error:
            raise KeepingError(
                f"校验点文件“{path}”不能用：内容不完整，或不是本系统签名的。"
            ) from error
    return found
