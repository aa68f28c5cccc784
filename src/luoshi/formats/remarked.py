"""A Word file made of a text that came in another form, with remarks as comments at their words."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from luoshi.core.reading.model import Document

Remark = dict[str, Any]
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIRST_LINE = 21  # points: two characters of 10.5


def remarked(document: Document, remarks: Sequence[Remark], author: str, when: datetime) -> bytes:
    """Return a docx of the document's paragraphs; each remark is a comment on its own words.

    A remark that runs over several paragraphs is anchored at all of them. ``when`` is written
    as the time of the comments.
    """
    import docx
    from docx.shared import Pt

    made = docx.Document()
    style = made.styles["Normal"]
    style.font.name = "宋体"
    style.element.rPr.rFonts.set(_east_asia(), "宋体")
    anchors: list[list[Any]] = [[] for _ in remarks]
    for block in document.blocks:
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(_FIRST_LINE)
        for start, end in _pieces(block.start, block.end, remarks):
            run = paragraph.add_run(_NOT_XML.sub("", document.text[start:end]).replace("\n", " "))
            for number, remark in enumerate(remarks):
                if remark["start"] <= start and end <= remark["end"]:
                    anchors[number].append(run)
    for remark, runs in zip(remarks, anchors, strict=True):
        place = runs or list(made.paragraphs[0].runs if made.paragraphs else ())
        if place:
            words = [f"【{remark['label']}】{remark['text']}", remark["why"]]
            text = "\n".join(_NOT_XML.sub("", line) for line in words if line)
            comment = made.add_comment(place, text=text, author=author, initials=author[:2])
            comment._comment_elm.set(_date(), when.strftime("%Y-%m-%dT%H:%M:%SZ"))
    held = io.BytesIO()
    made.core_properties.author = author
    made.save(held)
    return held.getvalue()


def _pieces(start: int, end: int, remarks: Sequence[Remark]) -> Iterator[tuple[int, int]]:
    """Yield a block's span cut where a remark begins or ends."""
    cuts = {start, end}
    cuts.update(at for r in remarks for at in (r["start"], r["end"]) if start < at < end)
    edges = sorted(cuts)
    yield from pairwise(edges)


def _east_asia() -> str:
    from docx.oxml.ns import qn

    return str(qn("w:eastAsia"))


def _date() -> str:
    from docx.oxml.ns import qn

    return str(qn("w:date"))
