"""Documents of an archive in one file, and how frequent things are in all: written and read."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap.asking import Segment
from luoshi.core.overlap.basis import Basis
from luoshi.core.overlap.folding import Units
from luoshi.core.overlap.loops import block_table
from luoshi.core.overlap.model import Corpus, Tuning
from luoshi.engines.archive.files import Arrays, read_arrays, write_arrays
from luoshi.engines.archive.manifest import Part

Packed = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as it is kept: ``text`` compressed, ``units`` folded."""

    id: str
    dated: str | None
    sum: str
    text: Packed
    units: Units


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of documents, mapped into memory."""

    part: Part
    segment: Segment
    about: list[list[Any]]
    texts: Packed
    ends: NDArray[np.int64]

    def packed(self, number: int) -> Packed:
        """Return the compressed text of a document."""
        begin = int(self.ends[number - 1]) if number else 0
        return self.texts[begin : int(self.ends[number])]

    def text(self, number: int) -> str:
        """Return the text of a document. Raises ``zlib.error`` where it is damaged."""
        return zlib.decompress(self.packed(number).tobytes()).decode("utf-8", "surrogatepass")

    def kept(self) -> list[Kept]:
        """Return the documents that were not removed."""
        corpus, gone = self.segment.corpus, self.segment.removed
        return [
            Kept(
                name, dated, sum_, self.packed(n),
                corpus.units[corpus.starts[n] : corpus.starts[n + 1] - 1],
            )
            for n, (name, dated, sum_) in enumerate(self.about)
            if n not in gone
        ]  # fmt: skip


def write_segment(path: Path, documents: Sequence[Kept], basis: Basis, tuning: Tuning) -> Part:
    """Find the anchors of documents and write them into a new file."""
    corpus = Corpus.of([one.units for one in documents])
    segment = Segment.of(corpus, basis, tuning)
    arrays: Arrays = {
        "units": corpus.units,
        "starts": corpus.starts,
        "weights": segment.weights,
        "keys": segment.keys,
        "texts": np.concatenate([one.text for one in documents]),
        "ends": np.cumsum([len(one.text) for one in documents], dtype=np.int64),
    }
    about = [[one.id, one.dated, one.sum] for one in documents]
    made = write_arrays(path, arrays, about)
    return Part(**made, documents=len(documents), units=len(corpus.units))


def read_segment(folder: Path, part: Part) -> Stored:
    """Return documents. Raises ValueError, KeyError or OSError where the file is damaged."""
    arrays, about = read_arrays(folder / part.file)
    corpus = Corpus(arrays["units"], arrays["starts"])
    segment = Segment(
        corpus,
        arrays["weights"],
        arrays["keys"],
        block_table(corpus.starts),
        frozenset(part.removed),
    )
    return Stored(part, segment, about, arrays["texts"], arrays["ends"])


def write_basis(path: Path, basis: Basis) -> Part:
    """Write how frequent things are."""
    made = write_arrays(path, {"three": basis.three, "four": basis.four}, None)
    return Part(**made, documents=basis.documents, units=basis.units)


def read_basis(folder: Path, part: Part) -> Basis:
    """Return how frequent things were. Raises as `read_segment`."""
    arrays, _ = read_arrays(folder / part.file)
    return Basis(part.documents, part.units, arrays["three"], arrays["four"])
