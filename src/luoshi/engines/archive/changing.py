"""A change of an archive: new files first, then the list of files, then the old files go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from luoshi.core.overlap.asking import MOST_UNITS
from luoshi.core.overlap.basis import Basis
from luoshi.core.overlap.model import Corpus, Tuning
from luoshi.core.overlap.texts import boilerplate
from luoshi.engines.archive.files import settle
from luoshi.engines.archive.manifest import Manifest, Part
from luoshi.engines.archive.segments import Kept, Stored, read_segment, write_basis, write_segment

_MANY = 8  # files of about one size that become one
_SMALL = 1 << 12  # units: sizes below this are one size
LARGEST = 1 << 26  # units of a file: keeps what is worked on at a time in memory
_GROWN = 2  # times the units of the basis, from which a new one is counted


class Change:
    """Collects what is to change; nothing counts before `finish`."""

    def __init__(
        self, folder: Path, manifest: Manifest, stored: Sequence[Stored], basis: Basis | None,
        tuning: Tuning,
    ) -> None:  # fmt: skip
        self.folder, self.tuning, self.basis = folder, tuning, basis
        self.manifest = Manifest(
            manifest.basis, [_copy(p) for p in manifest.segments], manifest.last
        )
        self.stored = list(stored)
        self.fresh: list[Kept] = []

    def remove(self, segment: int, number: int) -> None:
        """Let a document count no more."""
        part = self.manifest.segments[segment]
        part.removed = sorted({*part.removed, number})
        self.stored[segment] = _without(self.stored[segment], part)

    def append(self, documents: list[Kept]) -> None:
        """Put documents behind the others."""
        self.fresh += documents

    def erase(self) -> None:
        """Write files anew that have removed documents, without them."""
        for number in reversed(range(len(self.manifest.segments))):
            if self.manifest.segments[number].removed:
                self._replace([number], self.stored[number].kept())

    def finish(self) -> None:
        """Write what is new, make it count, and delete what nothing refers to any more."""
        units = sum(len(one.units) + 1 for one in self.fresh)
        units += sum(part.units for part in self.manifest.segments)
        if units and (self.basis is None or units > _GROWN * self.basis.units):
            self._anew()
        elif self.fresh:
            assert self.basis is not None
            for documents in _files(self.fresh):
                self._write(documents, self.basis)
            self._merge()
        self.manifest.write(self.folder)
        self._tidy()

    def _next(self, kind: str) -> Path:
        self.manifest.last += 1
        return self.folder / f"{self.manifest.last:08d}.{kind}"

    def _write(self, documents: Sequence[Kept], basis: Basis) -> None:
        part = write_segment(self._next("documents"), documents, basis, self.tuning)
        settle(self.folder)
        self.manifest.segments.append(part)
        self.stored.append(read_segment(self.folder, part))

    def _replace(self, numbers: Sequence[int], documents: Sequence[Kept]) -> None:
        """Put documents into the place of some files."""
        assert self.basis is not None
        for number in reversed(numbers):
            del self.manifest.segments[number], self.stored[number]
        if documents:
            part = write_segment(self._next("documents"), documents, self.basis, self.tuning)
            settle(self.folder)
            self.manifest.segments.insert(numbers[0], part)
            self.stored.insert(numbers[0], read_segment(self.folder, part))

    def _merge(self) -> None:
        """Make one of many small files of about one size that follow each other."""
        while True:
            sizes = [_size_of(part.units) for part in self.manifest.segments]
            tail = [n for n, size in enumerate(sizes) if size == sizes[-1]]
            first = len(sizes) - len(tail)
            whole = sum(self.manifest.segments[n].units for n in tail)
            if len(tail) < _MANY or tail[0] != first or whole > LARGEST:
                return
            self._replace(tail, [kept for n in tail for kept in self.stored[n].kept()])

    def _anew(self) -> None:
        """Count how frequent things are now, and write all files on this basis."""
        kept = [kept for one in self.stored for kept in one.kept()]
        files = _files([*kept, *self.fresh])
        corpora = (Corpus.of([one.units for one in documents]) for documents in files)
        units = sum(len(one.units) + 1 for documents in files for one in documents)
        basis = Basis.of_many(corpora, units, boilerplate())
        self.basis = basis
        self.manifest.basis = write_basis(self._next("basis"), basis)
        self.manifest.segments, self.stored = [], []
        for documents in files:
            self._write(documents, basis)

    def _tidy(self) -> None:
        wanted = {part.file for part in self.manifest.segments}
        if self.manifest.basis is not None:
            wanted.add(self.manifest.basis.file)
        for path in self.folder.iterdir():
            if path.suffix in {".documents", ".basis", ".new"} and path.name not in wanted:
                with suppress(OSError):  # some systems keep what another still reads
                    path.unlink()


def _copy(part: Part) -> Part:
    return replace(part, removed=list(part.removed))


def _without(stored: Stored, part: Part) -> Stored:
    segment = replace(stored.segment, removed=frozenset(part.removed))
    return replace(stored, segment=segment)


def _size_of(units: int) -> int:
    return int(np.log2(max(_SMALL, units) / _SMALL) // np.log2(_MANY))


def _files(documents: Iterable[Kept]) -> list[list[Kept]]:
    """Return documents in the order given, parted so that no file becomes too large."""
    assert LARGEST < MOST_UNITS
    out: list[list[Kept]] = []
    units = 0
    for one in documents:
        if not out or units + len(one.units) > LARGEST:
            out.append([])
            units = 0
        out[-1].append(one)
        units += len(one.units) + 1
    return out
