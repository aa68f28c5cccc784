"""Uploaded files: checked by content, kept under their hash, given out as downloads only."""

from __future__ import annotations

import hashlib
import os
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpResponseBase

from luoshi.core.knowledge import table
from luoshi.office.examinations.models import StoredFile
from luoshi.office.journal.errors import NotFound, Refused
from luoshi.office.pages import as_download

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MACROS = ("vbaproject.bin", "activex", "oleobject")
_MARKUP = (b"<html", b"<!doctype", b"<script", b"<svg", b"<?xml", b"<iframe", b"<body")


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that lies safely on the disk: what its row in the database will say."""

    sha256: str
    size: int
    media: str
    name: str

    def row(self, office: int) -> StoredFile:
        """Return the row, to be saved by an action."""
        return StoredFile(
            office_id=office, sha256=self.sha256, size=self.size, media=self.media, name=self.name
        )


def clean_name(name: str) -> str:
    """Return a file's name without folders, control and direction characters, at most 200 long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in _BIDI).strip()
    if len(kept) > 200:
        stem, dot, suffix = kept.rpartition(".")
        kept = stem[: 199 - len(suffix)] + dot + suffix if dot and len(suffix) < 10 else kept[:200]
    return kept.strip(". ") or "未命名"


def store(chunks: Iterable[bytes], name: str, *, evidence: bool) -> Stored:
    """Write a file under its hash and return what it is.

    The file is on the disk before its row is: a row never points at nothing. Raises ``Refused``
    for an empty or too large file, for a kind that is not taken, and when the disk is full.
    """
    shown = clean_name(name)
    folder = Path(settings.FILES) / "incoming"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            path = Path(file.name)
            try:
                digest, size = _copy(chunks, file)
                file.flush()
                os.fsync(file.fileno())
                media = _media(path, shown) if evidence else "application/octet-stream"
                _keep(path, digest)
            finally:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise Refused(
            "文件没有保存成功，可能是服务器磁盘已满。请稍后再试，或与管理员联系。"
        ) from error
    return Stored(digest, size, media, shown)


def _copy(chunks: Iterable[bytes], file: object) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > settings.UPLOAD_LIMIT:
            limit = settings.UPLOAD_LIMIT // (1024 * 1024)
            raise Refused(f"文件太大，最多{limit} MB。请压缩图片或拆分后再上传。")
        digest.update(chunk)
        file.write(chunk)  # type: ignore[attr-defined]  # a binary file
    if size == 0:
        raise Refused("文件是空的（0 字节）。请检查是否选错了文件。")
    return digest.hexdigest(), size


def _keep(path: Path, digest: str) -> None:
    place = path_of(digest)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not place.exists():
        os.link(path, place)
        descriptor = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def path_of(digest: str) -> Path:
    """Return where the file with a hash lies."""
    return Path(settings.FILES) / digest[:2] / digest


def _media(path: Path, name: str) -> str:
    with path.open("rb") as file:
        head = file.read(4096)
    for kind in table("files/evidence")["kinds"]:
        if _is_kind(kind, head, path):
            suffix = Path(name).suffix.lower()
            if suffix not in kind["suffixes"]:
                raise Refused(
                    f"“{name}”的内容和后缀对不上（应当是 {'、'.join(kind['suffixes'])}）。"
                    "请核对是否选错了文件。"
                )
            return str(kind["media"])
    raise Refused("这种文件不能作为佐证。可以上传照片（jpg、png、webp）、pdf、docx、xlsx 或 txt。")


def _is_kind(kind: dict[str, object], head: bytes, path: Path) -> bool:
    if kind.get("text"):
        return _is_text(head)
    starts: list[str] = kind["starts"]  # type: ignore[assignment]  # the file's own format
    holds: list[dict[str, object]] = kind.get("holds", [])  # type: ignore[assignment]
    if not any(head.startswith(bytes.fromhex(hex_)) for hex_ in starts):
        return False
    if not all(head[int(str(h["at"])) :].startswith(bytes.fromhex(str(h["hex"]))) for h in holds):
        return False
    part = kind.get("part")
    return part is None or _is_office_file(path, str(part))


def _is_text(head: bytes) -> bool:
    if b"\x00" in head or any(mark in head.lower() for mark in _MARKUP):
        return False
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            head.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start >= len(head) - 4:  # a character cut at the end of what was read
                return True
            continue
        return True
    return False


def _is_office_file(path: Path, part: str) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    if any(mark in name.lower() for name in names for mark in _MACROS):
        raise Refused("文件里带有宏或嵌入的程序，不能上传。请另存为不带宏的文件后再试。")
    return part in names


def response(row: StoredFile) -> HttpResponseBase:
    """Return a stored file as a download; the caller has made sure that the person may have it.

    Raises ``NotFound`` when the file is not on the disk.
    """
    path = path_of(row.sha256)
    try:
        answer = FileResponse(path.open("rb"), content_type="application/octet-stream")
    except FileNotFoundError as error:
        raise NotFound("服务器上没有找到这个文件，请与管理员联系。") from error
    return as_download(answer, row.name, row.size)


def orphans() -> Iterator[Path]:
    """Yield files that no row points at: harmless, left by uploads that were refused later."""
    known = set(StoredFile.objects.values_list("sha256", flat=True))
    for path in Path(settings.FILES).glob("??/*"):
        if path.name not in known:
            yield path


def missing() -> Iterator[StoredFile]:
    """Yield rows whose file is not on the disk or has another size."""
    for row in StoredFile.objects.order_by("pk").iterator():
        path = path_of(row.sha256)
        if not path.is_file() or path.stat().st_size != row.size:
            yield row
