"""What a worker does for the review desk with one untrusted file; plain values back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from luoshi.core.checks.model import Finding, Report
from luoshi.core.material import Examination, split
from luoshi.core.reading.model import Limits, Span
from luoshi.core.recurrence import compare
from luoshi.core.review.figures import figures
from luoshi.core.review.recurring import recurring
from luoshi.engines.files import read_data

Remark = dict[str, Any]


def packed(*files: tuple[str, str, bytes]) -> bytes:
    """Return files with their names and outlines (empty: guess) as the one item of a task."""
    head = json.dumps([[name, outline, len(data)] for name, outline, data in files])
    return b"".join([head.encode(), b"\n", *(data for _, _, data in files)])


def _unpacked(item: bytes, limits: Limits) -> Iterator[Examination]:
    head, _, rest = item.partition(b"\n")
    for name, outline, size in json.loads(head):
        yield split(read_data(rest[:size], name, limits), outline or None)
        rest = rest[size:]


def _hash(examination: Examination) -> str:
    return sha256(examination.document.text.encode()).hexdigest()


def figures_of(item: bytes, limits: Limits) -> dict[str, Any]:
    """Return the figures of a `packed` material, and the hash of its ``text``.

    Raises :class:`ReadError`.
    """
    (examination,) = _unpacked(item, limits)
    return {"text": _hash(examination), **figures(examination)}


def recurrence_of(item: bytes, limits: Limits) -> dict[str, Any]:
    """Return what became of the problems of the first of two `packed` materials in the second.

    Raises :class:`ReadError`.
    """
    before, after = _unpacked(item, limits)
    return {"before": _hash(before), "text": _hash(after), **recurring(compare(before, after))}


def commented(
    data: bytes, name: str, remarks: list[Remark], author: str, when: datetime, limits: Limits
) -> bytes:
    """Return a Word file with the remarks as comments: the author's own, or one made of its text.

    Raises :class:`ReadError`.
    """
    from luoshi.formats.docx_comments import annotate
    from luoshi.formats.remarked import remarked

    document = read_data(data, name, limits)
    if document.format != "docx":
        return remarked(document, remarks, author, when)
    held = tuple(
        Finding(
            r["label"], "text", r["severity"], (Span(r["start"], r["end"]),), r["text"], r["why"],
            "custom", "",
        )
        for r in remarks
    )  # fmt: skip
    examination = split(document)
    return annotate(data, Report(document, examination, held), author, when)
