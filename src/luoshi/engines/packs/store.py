"""The packs of a deployment: ``packs/<name>.zip``, the version before as ``<name>.zip.previous``.

``packs/imports.jsonl`` tells when each was imported, and by whom.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from luoshi.core import knowledge
from luoshi.core.packs.model import Pack, PackError
from luoshi.core.packs.read import between
from luoshi.core.packs.taken import clashes, tables_of
from luoshi.engines.packs.archive import load

FOLDER = "packs"
_ENDING, _BEFORE, _LOG = ".zip", ".previous", "imports.jsonl"


@dataclass(frozen=True, slots=True)
class Installed:
    """A pack in the folder: ``pack`` is None when it cannot be used, ``trouble`` says why then."""

    name: str
    path: Path
    pack: Pack | None
    trouble: str
    has_previous: bool


def installed(folder: Path) -> list[Installed]:
    """Return the packs in a folder, by name; none where there is no folder."""
    return [_one(path) for path in sorted(folder.glob(f"*{_ENDING}"))]


def good(folder: Path) -> list[Pack]:
    """Return the packs in a folder that can be used."""
    return [each.pack for each in installed(folder) if each.pack is not None]


def _one(path: Path) -> Installed:
    pack, trouble = None, ""
    try:
        pack, _ = load(path)
        if pack.name != path.stem:
            pack, trouble = None, "文件名与里面的名称不一致"
    except PackError as error:
        trouble = str(error)
    except OSError as error:
        trouble = f"打不开：{error.strerror}"
    return Installed(path.stem, path, pack, trouble, _before(path).exists())


def take_up(folder: Path) -> list[str]:
    """Let the packs of a folder be used in this process; return in Chinese which cannot be."""
    if not folder.is_dir():
        return []
    found = installed(folder)
    troubles = [
        f"资料包“{each.name}”不能用，没有采用：{each.trouble}" for each in found if each.trouble
    ]
    packs: list[Pack] = []
    for each in found:
        if each.pack is not None:
            clash = list(between([*packs, each.pack]))
            troubles += clash
            packs += [] if clash else [each.pack]
    knowledge.add(tables_of(packs))
    return troubles


def require_acceptable(folder: Path, pack: Pack, key: str) -> None:
    """Raise :class:`PackError` when a good pack may not be put beside those there are.

    ``key`` is the public key that must have signed it, empty when none is asked for.
    """
    reasons = []
    if key and pack.signer != key:
        reasons.append("不是用所写的公钥签名的" if pack.signer else "没有签名")
    before = next((each for each in good(folder) if each.name == pack.name), None)
    if before is not None:
        if pack.version <= before.version:
            same = "已经导入过" if pack == before else f"已经导入过版本 {before.version}"
            reasons.append(f"{same}，只能导入更新的版本")
        if before.signer and pack.signer != before.signer:
            reasons.append("上一版有签名，这一版不是同一个单位签名的。确实要换，请先删去上一版")
    others = [each for each in good(folder) if each.name != pack.name]
    reasons += between([*others, pack])
    reasons += clashes(pack)
    if reasons:
        raise PackError(reasons)


def stage(folder: Path, name: str, data: bytes) -> Path:
    """Write a pack's bytes to the disk beside its place; :func:`appear` gives it its name."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = folder / f".{name}.{os.getpid()}"
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        part.unlink(missing_ok=True)
        raise
    return part


def appear(part: Path, folder: Path, name: str) -> None:
    """Put a staged pack into use by one rename; the version before is kept."""
    path = folder / f"{name}{_ENDING}"
    if path.exists():
        kept = part.with_name(f"{part.name}{_BEFORE}")
        kept.unlink(missing_ok=True)
        os.link(path, kept)
        kept.replace(_before(path))
    part.replace(path)
    _settle(folder)


def require_removable(folder: Path, name: str, *, back: bool) -> Path:
    """Return where a pack is that is to be taken out of use.

    Raises :class:`PackError` when there is no such pack, or (``back``) no good version before.
    """
    found = next((each for each in installed(folder) if each.name == name), None)
    if found is None:
        raise PackError([f"没有“{name}”这个资料包，luoshi pack list 列出全部"])
    if back:
        if not found.has_previous:
            raise PackError([f"“{name}”没有保留上一版"])
        before, _ = load(_before(found.path))
        others = [each for each in good(folder) if each.name != name]
        if clash := list(between([*others, before])):
            raise PackError(clash)
    return found.path


def remove(folder: Path, name: str, *, back: bool) -> None:
    """Take a pack out of use; with ``back`` the version before is used again.

    Raises :class:`PackError` as :func:`require_removable` does.
    """
    path = require_removable(folder, name, back=back)
    if back:
        _before(path).replace(path)
    else:
        path.unlink()
        with suppress(FileNotFoundError):
            _before(path).unlink()
    _settle(folder)


def note(folder: Path, line: dict[str, str]) -> None:
    """Add to the record of imports."""
    with (folder / _LOG).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def notes(folder: Path) -> dict[str, dict[str, str]]:
    """Return the last note about each pack; a record that cannot be read tells nothing."""
    found: dict[str, dict[str, str]] = {}
    with suppress(OSError, ValueError):
        for line in (folder / _LOG).read_text(encoding="utf-8").splitlines():
            with suppress(ValueError, TypeError, KeyError):
                row = json.loads(line)
                found[str(row["name"])] = {str(k): str(v) for k, v in row.items()}
    return found


def _before(path: Path) -> Path:
    return path.with_name(path.name + _BEFORE)


def _settle(folder: Path) -> None:
    """See to it that the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
