"""Paragraphs and rows → the canonical text with its blocks and places."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.core.reading.model import Block, BoxPlace, Parsed, SegmentMap, Span
from luoshi.core.reading.pdf.characters import SOFT_HYPHEN, glue
from luoshi.core.reading.pdf.paragraphs import Paragraph
from luoshi.core.reading.pdf.shapes import Line, Row


class _Writer:
    """Text under construction; every line written leaves a place."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.places: list[BoxPlace] = []

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def put_lines(self, lines: Sequence[Line]) -> Span:
        """Write the lines of one paragraph or cell, joined as its words demand."""
        start = self.length
        for index, line in enumerate(lines):
            following = lines[index + 1].text if index + 1 < len(lines) else ""
            text = line.text
            if following:
                cut, between = glue(text, following)
                text = text[: len(text) - cut]
            else:
                text, between = text.rstrip(SOFT_HYPHEN), ""
            begin = self.length
            self.put(text)
            if text:
                self.places.append(BoxPlace(begin, self.length, line.page, *line.box))
            self.put(between)
        return Span(start, self.length)


def compose(paragraphs: Sequence[Paragraph | Row]) -> Parsed:
    """Return the text of paragraphs and rows, one line each, without notes."""
    writer = _Writer()
    blocks: list[Block] = []
    table = -1
    last: Paragraph | Row | None = None
    for paragraph in paragraphs:
        if writer.length:
            writer.put("\n")
        if isinstance(paragraph, Row):
            table += not _same_table(last, paragraph)
            blocks.append(_put_row(writer, paragraph, table))
        else:
            span = writer.put_lines(paragraph)
            blocks.append(Block(span.start, span.end))
        last = paragraph
    return Parsed("".join(writer.parts), tuple(blocks), SegmentMap(tuple(writer.places)))


def _same_table(last: Paragraph | Row | None, row: Row) -> bool:
    """Say whether ``row`` goes on with the table of the row before, also over a page."""
    if not isinstance(last, Row):
        return False
    if last.page == row.page:
        return last.table == row.table
    return len(last.edges) == len(row.edges) and all(
        abs(one - other) <= 3 for one, other in zip(last.edges, row.edges, strict=True)
    )


def _put_row(writer: _Writer, row: Row, table: int) -> Block:
    start = writer.length
    cells: list[Span] = []
    for index, lines in enumerate(row.cells):
        if index:
            writer.put("\t")
        cells.append(writer.put_lines(lines))
    return Block(start, writer.length, kind="row", cells=tuple(cells), table=table)
