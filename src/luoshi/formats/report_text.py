"""The document of an HTML report: its paragraphs and tables with findings marked in them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby, pairwise
from typing import NamedTuple

from luoshi.core.checks.model import Family, Severity
from luoshi.core.reading.model import Block, Document, Span

_EMPHASIS = re.compile(r"(?<!\*)\*{2,3}(?!\*)|(?<!_)__(?!_)")
_NOT_HTML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SHORT_HEADING = 60


class Mark(NamedTuple):
    """What is marked in the text: a span of finding ``number`` (from 1).

    ``part`` is 0 for the finding's main place, from 1 on for what it is compared with;
    ``words`` are shown when a mouse rests on it.
    """

    start: int
    end: int
    number: int
    part: int
    severity: Severity
    family: Family
    words: str

    @property
    def anchor(self) -> str:
        """The name of the place in the page."""
        return f"s{self.number}-{self.part}" if self.part else f"s{self.number}"


class Tag(NamedTuple):
    """A label before a point: the name of the place, the kind for its colour, the words."""

    anchor: str
    kind: str
    words: str


class Text(NamedTuple):
    """The finished document: its HTML, and the anchors that can be found in it."""

    html: str
    anchors: frozenset[str]


def safe(words: str) -> str:
    """Return ``words`` for HTML: nothing in it is markup, controls and half characters are ``\ufffd``."""
    return escape(_NOT_HTML.sub("\ufffd", words), quote=True)


def marked_text(
    document: Document, title: Span | None, marks: Iterable[Mark], tags: Iterable[tuple[int, Tag]]
) -> Text:
    """Return the document's blocks as HTML.

    ``title`` is set as the title, ``tags`` stand before the character at their position.
    Marks may overlap: each piece of text lies in one ``<mark>`` for every mark that covers
    it. A mark of which no character is shown (between two paragraphs) has no anchor.
    """
    return _Page(document, title, marks, tags).text()


class _Page:
    def __init__(
        self,
        document: Document,
        title: Span | None,
        marks: Iterable[Mark],
        tags: Iterable[tuple[int, Tag]],
    ) -> None:
        self._document = document
        self._title = title
        self._shown = [piece for block in document.blocks for piece in _pieces(document, block)]
        self._starts = [piece.start for piece in self._shown]
        clipped = (self._clipped(mark) for mark in marks)
        self._marks = sorted(mark for mark in clipped if mark is not None)
        self._next = 0
        self._open: list[Mark] = []
        self._anchors: set[str] = set()
        self._tags: dict[int, list[Tag]] = defaultdict(list)
        for position, tag in tags:
            index = bisect_right(self._starts, position) - 1
            if index < 0 or position >= self._shown[index].end:
                index += 1
            if index < len(self._shown):
                self._tags[max(position, self._starts[index])].append(tag)

    def _clipped(self, mark: Mark) -> Mark | None:
        """Return a mark from its first to its last shown character."""
        first = max(0, bisect_right(self._starts, mark.start) - 1)
        last = bisect_left(self._starts, mark.end) - 1
        if first < len(self._shown) and self._shown[first].end <= mark.start:
            first += 1
        if first > last or last < 0:
            return None
        start = max(mark.start, self._shown[first].start)
        end = min(mark.end, self._shown[last].end)
        return mark._replace(start=start, end=end) if start < end else None

    def text(self) -> Text:
        """Return the whole document."""
        found: list[str] = []
        for table, blocks in groupby(self._document.blocks, key=lambda block: block.table):
            if table < 0:
                found += [self._paragraph(block) for block in blocks]
            else:
                rows = "".join(self._row(block) for block in blocks)
                # A wide table is moved by itself on a phone, with the keyboard too.
                found.append(
                    '<div class="wide" tabindex="0" role="group" aria-label="表格">'
                    f"<table>{rows}</table></div>"
                )
        return Text("\n".join(found), frozenset(self._anchors))

    def _paragraph(self, block: Block) -> str:
        words = "".join(map(self._piece, _pieces(self._document, block)))
        title = self._title
        if title is not None and block.start < title.end and title.start < block.end:
            return f'<h2 class="title">{words}</h2>'
        if block.kind == "note":
            return f'<p class="footnote">{words}</p>'
        if block.contents:
            return f'<p class="contents">{words}</p>'
        if block.level > 0 and block.end - block.start <= _SHORT_HEADING:
            name = f"h{min(block.level + 1, 4)}"
            return f"<{name}>{words}</{name}>"
        if block.level:
            return f'<p class="bold">{words}</p>'
        # A docx keeps its indents in styles; other files often hold them as characters.
        name = "indent" if self._document.format in ("docx", "md") else "as-is"
        return f'<p class="{name}">{words}</p>'

    def _row(self, block: Block) -> str:
        cells = ("".join(map(self._piece, _visible(self._document, cell))) for cell in block.cells)
        return "<tr>" + "".join(f"<td>{words}</td>" for words in cells) + "</tr>"

    def _piece(self, piece: Span) -> str:
        marks = self._marks
        while self._next < len(marks) and marks[self._next].start < piece.end:
            self._open.append(marks[self._next])
            self._next += 1
        self._open = [mark for mark in self._open if mark.end > piece.start]
        cuts = {piece.start, piece.end}
        for mark in self._open:
            cuts |= {max(mark.start, piece.start), min(mark.end, piece.end)}
        cuts |= {at for at in self._tags if piece.start <= at < piece.end}
        return "".join(self._segments(sorted(cuts)))

    def _segments(self, cuts: list[int]) -> Iterator[str]:
        """Yield what stands between the cuts, each in the marks that cover it."""
        waiting, covering = iter(self._open), list[Mark]()
        following = next(waiting, None)
        for start, end in pairwise(cuts):
            while following is not None and following.start <= start:
                covering.append(following)
                following = next(waiting, None)
            covering = [mark for mark in covering if mark.end > start]
            yield self._segment(start, end, covering)

    def _segment(self, start: int, end: int, covering: list[Mark]) -> str:
        tags = self._tags.get(start, ())
        self._anchors.update(tag.anchor for tag in tags)
        found = [
            f'<span class="tag {tag.kind}" id="{tag.anchor}">{safe(tag.words)}</span>'
            for tag in tags
        ]
        found += [self._opened(mark, start) for mark in covering]
        found.append(safe(self._document.text[start:end]))
        found.append("</mark>" * len(covering))
        found += [
            f'<a class="ref {mark.severity} {mark.family}" href="#f{mark.number}"'
            f' aria-label="意见{mark.number}">{mark.number}</a>'
            for mark in sorted(covering, key=lambda mark: mark.number)
            if mark.end == end and not mark.part
        ]
        return "".join(found)

    def _opened(self, mark: Mark, start: int) -> str:
        named = ""
        if mark.start == start:
            named = f' id="{mark.anchor}"'
            self._anchors.add(mark.anchor)
        also = " also" if mark.part else ""
        classes = f"{mark.severity} {mark.family}{also}"
        return f'<mark class="{classes}"{named} title="{safe(mark.words)}">'


def _pieces(document: Document, block: Block) -> Iterator[Span]:
    """Return what of a block is shown: its cells or all of it, without marks of emphasis."""
    for span in block.cells or (Span(block.start, block.end),):
        yield from _visible(document, span)


def _visible(document: Document, span: Span) -> Iterator[Span]:
    start = span.start
    if document.format == "md":
        for match in _EMPHASIS.finditer(document.text, span.start, span.end):
            if start < match.start():
                yield Span(start, match.start())
            start = match.end()
    if start < span.end:
        yield Span(start, span.end)
