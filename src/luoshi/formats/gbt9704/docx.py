"""A paper → docx, with the fonts of GB/T 9704-2012 named in it.

python-docx makes the package; the parts it does not know (footnotes, the grid of the page) are
added here. Words of people are put into text nodes and nowhere else: none becomes a field.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from luoshi.core.knowledge import table
from luoshi.core.paper.model import Heading, Note, Paper, Paragraph, Table, Words
from luoshi.core.paper.wording import day
from luoshi.formats.gbt9704 import docx_page, layout
from luoshi.formats.gbt9704.docx_xml import E, Xml, exact, run

if TYPE_CHECKING:
    from docx.document import Document

_ROOM = (("top", 40), ("left", 60), ("bottom", 40), ("right", 60))  # twentieths of a point
_ROLE = {1: "hei", 2: "kai", 3: "body", 4: "body"}


def docx(paper: Paper, made: datetime) -> bytes:
    """Return a paper as docx; ``made`` is the time written into the file."""
    import docx as library

    document = library.Document()
    docx_page.prepare(document)
    _properties(document, paper, made)
    writer = _Writer(document)
    writer.paper(paper)
    docx_page.add_footnotes(document, writer.notes)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def _properties(document: Document, paper: Paper, made: datetime) -> None:
    core = document.core_properties
    core.title = "".join(paper.title)[:255]
    core.author = core.last_modified_by = paper.signature[:255]
    core.comments = ""
    core.language = "zh-CN"
    core.created = core.modified = made
    core.revision = 1


class _Writer:
    """Appends a paper to the body of a document, collecting its footnotes."""

    def __init__(self, document: Document) -> None:
        self.notes: list[str] = []
        self._body: Any = document.element.body
        self._end = self._body[-1]  # the section's properties stay last
        self._named = {role: held["named"] for role, held in _roles().items()}

    def paper(self, paper: Paper) -> None:
        """Append everything, in order."""
        for line in paper.title:
            for part in layout.balanced(line):
                self._paragraph(
                    (part,), "title", layout.TITLE, line=layout.TITLE_LINE, align="center", indent=0
                )
        self._paragraph((), "body", indent=0)
        if paper.to:
            self._paragraph((f"{paper.to}：",), "body", indent=0)
        for block in paper.body:
            if isinstance(block, Heading):
                self._paragraph(block.parts, _ROLE[block.level], outline=block.level, keep=True)
            elif isinstance(block, Paragraph):
                last = block is paper.body[-1] and layout.stays(block)
                self._paragraph(block.parts, "body", keep=last)
            else:
                self._table(block)
        self._signature(paper)

    def _signature(self, paper: Paper) -> None:
        signature, dated = layout.indents(paper.signature, paper.day)
        self._paragraph((), "body", indent=0, keep=True)
        self._paragraph(
            (paper.signature,), "body", align="right", right=signature, indent=0, keep=True
        )
        self._paragraph((day(paper.day),), "body", align="right", right=dated, indent=0)

    def _paragraph(
        self, parts: Words, role: str, points: float = layout.BODY, *, line: float | None = None,
        align: str = "both", indent: float = 2, right: float = 0, outline: int = 0,
        keep: bool = False,
    ) -> None:  # fmt: skip
        where = E("w:pPr")
        if keep:
            where.append(E("w:keepNext"))
        if line:  # of another distance than the grid's
            where.append(E("w:snapToGrid", val="0"))
        where.append(exact(line or layout.HEIGHT * layout.POINTS / layout.LINES))
        where.append(_indents(indent, right))
        where.append(E("w:jc", val=align))
        if outline:
            where.append(E("w:outlineLvl", val=outline - 1))
        self._end.addprevious(E("w:p", where, *self._runs(parts, role, points)))

    def _runs(self, parts: Words, role: str, points: float) -> list[Xml]:
        name = self._named[role]
        return [
            self._note(part) if isinstance(part, Note) else run(part, name, points)
            for part in parts
        ]

    def _note(self, note: Note) -> Xml:
        """Return the mark of a footnote; its number is its place among all of them."""
        self.notes.append(note.text)
        mark = E("w:footnoteReference", id=len(self.notes))
        return E("w:r", E("w:rPr", E("w:rStyle", val="FootnoteReference")), mark)

    def _table(self, held: Table) -> None:
        whole = round(layout.WIDTH * layout.POINTS * 20)
        share = whole / sum(column.width for column in held.columns)
        widths = [round(column.width * share) for column in held.columns]
        edges = E("w:tblBorders", *(
            E(f"w:{side}", val="single", sz=4, space=0, color="000000")
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        ))  # fmt: skip
        rows = [self._row([c.title for c in held.columns], widths, head=True)]
        rows += [self._row(row, widths) for row in held.rows]
        made = E(
            "w:tbl",
            E("w:tblPr", E("w:tblW", w=whole, type="dxa"), E("w:jc", val="center"), edges, E("w:tblLayout", type="fixed"),
              E("w:tblCellMar", *(E(f"w:{side}", w=room, type="dxa") for side, room in _ROOM))),
            E("w:tblGrid", *(E("w:gridCol", w=one) for one in widths)),
            *rows,
        )  # fmt: skip
        self._end.addprevious(made)

    def _row(
        self, cells: tuple[str, ...] | list[str], widths: list[int], head: bool = False
    ) -> Xml:
        marks = [E("w:cantSplit")] + ([E("w:tblHeader")] if head else [])
        return E("w:tr", E("w:trPr", *marks), *(
            self._cell(words, width, head) for words, width in zip(cells, widths, strict=True)
        ))  # fmt: skip

    def _cell(self, words: str, width: int, head: bool) -> Xml:
        role, align = ("hei", "center") if head else ("body", "left")
        where = E(
            "w:pPr", E("w:snapToGrid", val="0"), exact(layout.TABLE * 1.5), E("w:jc", val=align)
        )
        inside = E("w:tcPr", E("w:tcW", w=width, type="dxa"), E("w:vAlign", val="center"))
        return E("w:tc", inside, E("w:p", where, run(words, self._named[role], layout.TABLE)))


def _indents(first: float, right: float) -> Xml:
    """Return indents in characters, and in twentieths of a point for who does not know those."""
    pitch = layout.WIDTH * layout.POINTS * 20 / layout.CHARACTERS
    return E(
        "w:ind", rightChars=round(right * 100), right=round(right * pitch),
        firstLineChars=round(first * 100), firstLine=round(first * pitch),
    )  # fmt: skip


def _roles() -> dict[str, Any]:
    known = table("templates/fonts")
    return {role: held for role, held in known.items() if isinstance(held, dict)}
