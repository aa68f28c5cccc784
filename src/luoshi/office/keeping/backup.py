"""Making a backup: database, files, keys and packs in one package, while people go on working."""

from __future__ import annotations

import errno
import tempfile
from dataclasses import dataclass
from pathlib import Path

from luoshi import __version__
from luoshi.core.journal.merkle import Frontier
from luoshi.engines.keeping.errors import KeepingError
from luoshi.engines.keeping.package import Writer, writing
from luoshi.engines.keeping.staging import NAMES
from luoshi.office.home import home
from luoshi.office.journal import clock
from luoshi.office.journal.checkpoints import origin, verifier_key
from luoshi.office.keeping import beside, database, places

SUFFIX, SEALED = ".tar", ".tar.sealed"
_FULL = "磁盘空间不够，没有生成备份。请清理磁盘，或用 --to 换一个地方。"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup: the file, its size, the journal's size and root in it, what was wrong with files.

    ``missing`` are files that the database names and the disk does not have, ``damaged`` those
    whose content is not what it was when they came.
    """

    path: Path
    bytes: int
    size: int
    root: str
    files: int
    missing: tuple[str, ...]
    damaged: tuple[str, ...]


def make(folder: Path | None = None, passphrase: str | None = None) -> Made:
    """Make a backup in a folder (default ``backups`` in the deployment's own).

    Raises ``KeepingError`` when there is no room, a tool is missing or the folder cannot be used;
    no half-made file is left behind.
    """
    folder = (folder or home() / "backups").absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside.write_beside(folder, beside.now())
        made = _make(folder, passphrase)
        places.remember(made.path, clock.now())
        beside.publish()
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise KeepingError(_FULL) from error
        raise KeepingError(
            f"备份没有成功：{error.strerror}（{error.filename or folder}）。"
        ) from error
    return made


def _make(folder: Path, passphrase: str | None) -> Made:
    time = clock.now()
    stamp = time.astimezone(clock.zone()).strftime("%Y%m%d-%H%M%S")
    suffix = SEALED if passphrase is not None else SUFFIX
    names = (f"luoshi-{stamp}{again}{suffix}" for again in ("", *(f"-{n}" for n in range(2, 100))))
    target = next(path for path in (folder / name for name in names) if not path.exists())
    with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as made:
        copied = Path(made) / "database"
        # The database first: a file lies on the disk before its row does, and is never removed.
        held = database.copy(copied)
        root = Frontier.from_bytes(held.size, held.nodes).root().hex()
        with writing(target, passphrase) as writer:
            writer.add(NAMES[held.kind], copied)
            files, damaged = _add_files(writer)
            for name in ("keys", "packs"):
                _add_folder(writer, name)
            writer.close(
                {
                    "program": __version__, "time": time.isoformat(timespec="microseconds"),
                    "origin": origin(), "key": verifier_key(), "database": held.kind,
                    "schema": held.schema, "journal": {"size": held.size, "root": root},
                }
            )  # fmt: skip
    missing = tuple(sorted(held.files - files))
    return Made(target, target.stat().st_size, held.size, root, len(files), missing, damaged)


def _add_files(writer: Writer) -> tuple[set[str], tuple[str, ...]]:
    found, damaged = set(), []
    for path in sorted((home() / "files").glob("??/*")):
        if writer.add(f"files/{path.parent.name}/{path.name}", path) != path.name:
            damaged.append(path.name)
        found.add(path.name)
    return found, tuple(damaged)


def _add_folder(writer: Writer, name: str) -> None:
    for path in sorted((home() / name).rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            writer.add(f"{name}/{path.relative_to(home() / name).as_posix()}", path)
