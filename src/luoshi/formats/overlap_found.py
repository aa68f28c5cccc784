"""Documents that were read → all that a comparison finds in them."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.core.overlap.common import common_texts
from luoshi.core.overlap.consensus import MOST_CHARACTERS, slips
from luoshi.core.overlap.texts import identical, shared_passages
from luoshi.formats.overlap import Compared, Overlap


def overlap_of(
    documents: Sequence[Compared],
    references: int = 0,
    failures: Sequence[str] = (),
    threads: int = 2,
) -> Overlap:
    """Return what the documents share; the first ``references`` are only compared with.

    ``failures``: names of files that could not be read.
    """
    texts = [one.text for one in documents]
    alike = identical(texts)
    found = shared_passages(texts, references=references, alike=alike, threads=threads)
    spans = Overlap(documents, found).spans
    together = sum(map(len, texts))
    return Overlap(
        documents, found, alike, references, common_texts(texts, spans),
        slips(texts, references) if together <= MOST_CHARACTERS else None, failures,
    )  # fmt: skip
