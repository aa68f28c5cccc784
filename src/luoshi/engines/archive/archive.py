"""Materials kept for comparison: add, remove, and ask what a new one shares with them.

What an anchor is depends on how frequent things were when the basis was counted; when the
archive has doubled since, it is counted again and all files are written anew. Between that new
documents go into small files, and eight of about one size become one.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from luoshi.core.overlap.asking import ask
from luoshi.core.overlap.basis import Basis
from luoshi.core.overlap.folding import fold, places
from luoshi.core.overlap.model import DEFAULTS, Tuning
from luoshi.core.overlap.texts import EXACT, widened
from luoshi.engines.archive.changing import Change
from luoshi.engines.archive.errors import ArchiveError, broken
from luoshi.engines.archive.files import alone, sum_of
from luoshi.engines.archive.manifest import NAME, Manifest, read_manifest
from luoshi.engines.archive.segments import Kept, Stored, read_basis, read_segment

_CHECKED = 1 << 20  # files up to this size are checked by their sum at each opening


@dataclass(frozen=True, slots=True)
class Document:
    """A document to be kept, under a name of its own; ``dated``: ISO date under the text."""

    id: str
    text: str
    dated: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that a text shares with a kept document: half-open spans of characters of both."""

    id: str
    dated: str | None
    kept_span: tuple[int, int]
    kept_text: str
    span: tuple[int, int]
    covered: float
    bits: float

    @property
    def is_exact(self) -> bool:
        """Tell whether nothing but marks and numbers was changed."""
        return self.covered >= EXACT


class Archive:
    """An open archive: sees what was there when it was opened, and its own changes."""

    def __init__(self, folder: Path, tuning: Tuning = DEFAULTS) -> None:
        """Open an archive. Raises `ArchiveError` where there is none or it is damaged."""
        self.folder, self.tuning = folder, tuning
        self._read()

    def _read(self) -> None:
        manifest = read_manifest(self.folder)
        while True:
            try:
                return self._read_files(manifest)
            except ArchiveError:
                # Files that another has just replaced: the list is a new one, too.
                before, manifest = manifest, read_manifest(self.folder)
                if before == manifest:
                    raise

    def _read_files(self, manifest: Manifest) -> None:
        self.manifest = manifest
        self.stored = [self._stored(number) for number in range(len(self.manifest.segments))]
        self.basis: Basis | None = None
        if self.manifest.basis is not None:
            self._sound(self.manifest.basis.file, self.manifest.basis.size)
            self.basis = read_basis(self.folder, self.manifest.basis)
        self._number()

    def _number(self) -> None:
        """Note where each document stands."""
        self._places = {
            about[0]: (s, n)
            for s, one in enumerate(self.stored)
            for n, about in enumerate(one.about)
            if n not in one.segment.removed
        }

    def _stored(self, number: int) -> Stored:
        part = self.manifest.segments[number]
        self._sound(part.file, part.size)
        if part.size <= _CHECKED and sum_of(self.folder / part.file) != part.sha256:
            raise broken(self.folder, f"{part.file} 的校验和不对")
        try:
            return read_segment(self.folder, part)
        except (OSError, ValueError, KeyError):
            raise broken(self.folder, f"{part.file} 读不出来") from None

    def _sound(self, name: str, size: int) -> None:
        try:
            found = (self.folder / name).stat().st_size
        except OSError:
            raise broken(self.folder, f"缺少文件 {name}") from None
        if found != size:
            raise broken(self.folder, f"{name} 的大小不对")

    def check(self) -> None:
        """Read every file and compare its sum. Raises `ArchiveError` at the first that differs."""
        parts = [*self.manifest.segments, *filter(None, [self.manifest.basis])]
        for part in parts:
            if sum_of(self.folder / part.file) != part.sha256:
                raise broken(self.folder, f"{part.file} 的校验和不对")

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self._places)

    def __contains__(self, name: str) -> bool:
        """Tell whether a document of this name is kept."""
        return name in self._places

    def documents(self) -> Iterator[tuple[str, str | None]]:
        """Give name and date of each document, in the order in which they came."""
        for name, (s, n) in self._places.items():
            yield name, self.stored[s].about[n][1]

    def add(self, documents: Iterable[Document]) -> int:
        """Keep documents, and return how many are new or changed.

        One whose name is kept already takes the place of that one; the same text under the same
        name changes nothing. All of them are kept or, where this raises, none.
        """
        wanted = {one.id: _kept(one) for one in documents}
        with self._changing() as change:
            fresh = []
            for kept in wanted.values():
                place = self._places.get(kept.id)
                if place and self.stored[place[0]].about[place[1]][1:] == [kept.dated, kept.sum]:
                    continue
                if place:
                    change.remove(*place)
                fresh.append(kept)
            change.append(fresh)
        return len(fresh)

    def remove(self, names: Iterable[str]) -> int:
        """Keep documents no longer, and return how many there were; their texts are erased too."""
        found = {name: self._places[name] for name in names if name in self._places}
        if found:
            with self._changing() as change:
                for place in found.values():
                    change.remove(*place)
                change.erase()
        return len(found)

    @contextmanager
    def _changing(self) -> Iterator[Change]:
        """Give the only change that is under way; it counts when this ends without an error."""
        try:
            with alone(self.folder / "lock") as mine:
                if not mine:
                    raise ArchiveError(
                        f"比对库 {self.folder} 正由另一个程序改动，请等它结束后再试。"
                    )
                if read_manifest(self.folder) != self.manifest:
                    self._read()  # another has changed it since it was opened
                change = Change(self.folder, self.manifest, self.stored, self.basis, self.tuning)
                yield change
                change.finish()
        except OSError as error:
            raise ArchiveError(
                f"比对库 {self.folder} 写不进去：{error.strerror}。里面原有的材料没有变；"
                "请腾出空间或检查权限后再试。"
            ) from None
        self.manifest, self.stored, self.basis = change.manifest, change.stored, change.basis
        self._number()

    def query(self, text: str, *, without: Iterable[str] = (), threads: int = 2) -> list[Match]:
        """Return the passages a text shares with kept documents, by place in the text.

        ``without``: names of documents that are not asked, such as the text's own earlier draft.
        """
        units = fold(text)
        if self.basis is None or not len(units):
            return []
        left_out = {self._places[name] for name in without if name in self._places}
        numbers = [(s, n) for s, one in enumerate(self.stored) for n in range(len(one.about))]
        segments = [one.segment for one in self.stored]
        of_text, found = places(text), []
        for one in ask(segments, self.basis, self.tuning, units, threads):
            s, n = numbers[one.a]
            if (s, n) in left_out:
                continue
            try:
                kept = self.stored[s].text(n)
            except (zlib.error, ValueError):
                raise broken(self.folder, f"{self.stored[s].part.file} 的内容不对") from None
            of_kept = places(kept)
            kept_span = widened(kept, int(of_kept[one.a_start]), int(of_kept[one.a_end - 1]) + 1)
            span = widened(text, int(of_text[one.b_start]), int(of_text[one.b_end - 1]) + 1)
            name, dated, _ = self.stored[s].about[n]
            found.append(
                Match(name, dated, kept_span, kept[slice(*kept_span)], span, one.covered, one.bits)
            )
        return sorted(found, key=lambda match: (match.span, match.id))


def _kept(one: Document) -> Kept:
    data = one.text.encode("utf-8", "surrogatepass")
    packed = np.frombuffer(zlib.compress(data, 1), np.uint8)
    return Kept(one.id, one.dated, hashlib.sha256(data).hexdigest(), packed, fold(one.text))


def open_archive(folder: Path, *, create: bool = False, tuning: Tuning = DEFAULTS) -> Archive:
    """Open an archive, or make an empty one in a new or empty folder where ``create``.

    Raises `ArchiveError` where the folder is something else or cannot be written.
    """
    if create and not (folder / NAME).exists():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            strangers = sorted(p.name for p in folder.iterdir() if p.name != "lock")
            if strangers:
                raise ArchiveError(
                    f"{folder} 里已有别的文件（{strangers[0]} 等），不能用作比对库。请写一个新文件夹。"
                )
            Manifest().write(folder)
        except OSError as error:
            raise ArchiveError(
                f"不能在 {folder} 建立比对库：{error.strerror}。请换一个文件夹。"
            ) from None
    return Archive(folder, tuning)
