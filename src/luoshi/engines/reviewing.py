"""What a worker does for the review desk with one untrusted file; plain values back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from luoshi.core.checks.model import Finding, Report
from luoshi.core.material import split
from luoshi.core.reading.model import Limits, Span
from luoshi.core.review.figures import figures
from luoshi.engines.files import read_data

Remark = dict[str, Any]


def figures_of(data: tuple[bytes, str, str], limits: Limits) -> dict[str, Any]:
    """Return the figures of a material from its bytes, name and outline. Raises :class:`ReadError`."""
    content, name, outline = data
    return figures(split(read_data(content, name, limits), outline or None))


def text_of(data: bytes, name: str, limits: Limits) -> str:
    """Return the text of a file. Raises :class:`ReadError`."""
    return read_data(data, name, limits).text


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
