"""What a worker does when an office imports a material: read, split, check; plain values back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luoshi.core.checks import run
from luoshi.core.material import split
from luoshi.core.material.dated import held_for, written_on
from luoshi.core.reading.model import DEFAULT_LIMITS, Document, Limits
from luoshi.engines.bounded import GIB, BoundedPool
from luoshi.engines.files import read_data

Record = dict[str, Any]


def examine(data: bytes, name: str, outline: str | None, limits: Limits) -> Record:
    """Return a material as plain values; spans are of ``text``. Raises :class:`ReadError`."""
    document = read_data(data, name, limits)
    examination = split(document, outline)
    points = [
        {
            "id": point.id, "kind": point.kind, "path": point.path, "start": point.start,
            "words": point.words, "heading_end": examination.heading_of(point).end,
            "end": point.end,
        }
        for point in examination.points
    ]  # fmt: skip
    links = [
        {
            "from": link.source, "to": link.target, "kind": link.kind,
            "strength": link.strength, "score": round(link.score * 1000),
        }
        for link in examination.links
    ]  # fmt: skip
    return {
        "text": document.text,
        "title": examination.profile.title,
        "outline": examination.outline,
        "written_on": day.isoformat() if (day := written_on(examination)) else None,
        "year": held_for(examination),
        "blocks": _blocks(document),
        "points": points,
        "links": links,
        "findings": [
            {
                "code": f.code, "severity": f.severity, "message": f.message, "why": f.why,
                "fix": f.fix, "spans": [[s.start, s.end] for s in f.spans],
            }
            for f in run(examination)
        ],
        "notes": [note.text for note in document.notes],
    }  # fmt: skip


def _blocks(document: Document) -> list[list[int]]:
    return [[b.start, b.end] for b in document.blocks if b.end > b.start]


def examine_bounded(
    data: bytes, name: str, outline: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Mapping[str, Any]:
    """Examine one untrusted file in a process of its own.

    Raises :class:`ReadError`; as :class:`FaultError` when the file brought the reader down.
    """
    options = {"name": name, "outline": outline, "limits": limits}
    with BoundedPool(1, GIB, 60.0) as pool:
        result = next(pool.map("luoshi.engines.importing:examine", [data], options))
    if result.error is not None:
        raise result.error
    record: Mapping[str, Any] = result.value
    return record
