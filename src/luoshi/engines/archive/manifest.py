"""What an archive consists of: one small file, replaced as a whole, with a sum over itself."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from luoshi.engines.archive.errors import ArchiveError, broken
from luoshi.engines.archive.files import write_text

NAME = "archive.json"
_FORMAT = "luoshi-overlap-archive"
VERSION = 1


@dataclass
class Part:
    """A file of the archive: documents, or the basis; ``units`` in it, ``removed`` numbers."""

    file: str
    size: int
    sha256: str
    documents: int
    units: int
    removed: list[int] = field(default_factory=list)


@dataclass
class Manifest:
    """The files of an archive; ``last``: the highest number a file was ever given."""

    basis: Part | None = None
    segments: list[Part] = field(default_factory=list)
    last: int = 0

    def write(self, folder: Path) -> None:
        """Put this in the place of what stood there."""
        body = asdict(self)
        record = {"format": _FORMAT, "version": VERSION, "sum": _sum(body), "body": body}
        write_text(folder / NAME, json.dumps(record, ensure_ascii=False, indent=1) + "\n")


def _sum(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """Return what an archive consists of. Raises `ArchiveError` where the folder is none."""
    try:
        record = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ArchiveError(
            f"{folder} 不是比对库。请写比对库所在的文件夹；要新建一个，请用 luoshi archive add。"
        ) from None
    except (OSError, ValueError):
        raise broken(folder, f"{NAME} 读不出来") from None
    if not isinstance(record, dict) or record.get("format") != _FORMAT:
        raise ArchiveError(f"{folder} 里的 {NAME} 不是比对库的目录。请换一个文件夹。")
    if record.get("version") != VERSION:
        raise ArchiveError(
            f"比对库 {folder} 是用另一个版本的落实建立的。请用那个版本打开，"
            "或换一个新文件夹重新加入材料。"
        )
    body = record.get("body")
    if not isinstance(body, dict) or record.get("sum") != _sum(body):
        raise broken(folder, f"{NAME} 的校验和不对")
    basis = body["basis"]
    return Manifest(
        Part(**basis) if basis else None, [Part(**one) for one in body["segments"]], body["last"]
    )
