"""Making a pack out of TOML files: what would not be taken is not made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from luoshi.core.packs import fields
from luoshi.core.packs.model import DOCUMENTS, Pack, PackError
from luoshi.core.packs.read import LIST, SIGNATURE, head_trouble, kind_of, listing, parsed, read
from luoshi.core.packs.signature import sign
from luoshi.engines.packs.archive import of_bytes, to_bytes

_LARGEST = 512 * 1024


@dataclass(frozen=True, slots=True)
class Made:
    """A pack and the bytes of its file."""

    pack: Pack
    data: bytes


def make(
    paths: Sequence[Path], *, name: str, title: str, source: str, version: int,
    key: tuple[str, bytes] | None = None,
) -> Made:  # fmt: skip
    """Return a pack of files; its day is the latest that they bear.

    ``key``: public key (as handed out) and private key to sign with. Raises :class:`PackError`
    with everything that is wrong, ``OSError`` for a file that cannot be read.
    """
    files: dict[str, bytes] = {}
    days: list[date] = []
    for path in paths:
        data = _content(path)
        table = parsed(path.name, data)
        place = _place(path, table)
        if place in files:
            raise PackError([f"有两个文件都是 {place}"])
        files[place] = data
        days += filter(fields.is_day, (table.get("date"), table.get("dated")))
    head: dict[str, Any] = {
        "name": name, "title": title, "version": version, "source": source,
        "date": max(days, default=date.min).isoformat(),
    }  # fmt: skip
    reasons = list(head_trouble(head))
    if reasons:
        raise PackError(reasons)
    plain = Pack(name, title, version, max(days, default=date.min), source, {})
    whole = files | {LIST: listing(plain, files)}
    read(whole)
    if key is not None:
        whole[SIGNATURE] = sign(whole[LIST], *key)
    data = to_bytes(whole)
    return Made(of_bytes(data), data)


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise PackError([f"“{path.name}”太大，不能用"])
    return data


def _place(path: Path, table: dict[str, Any]) -> str:
    """Return the name that a file has in a pack, by what is in it."""
    kind = kind_of(table)
    if kind == DOCUMENTS:
        stem = re.sub(r"[^A-Za-z0-9-]+", "-", path.stem).strip("-")
        kind = f"{DOCUMENTS}/{stem or DOCUMENTS}"
    if kind is None:
        raise PackError([f"“{path.name}”不是放假安排、提纲或文件发布日期，认不出来"])
    return f"{kind}.toml"
