"""From the bytes of a docx file to :class:`Parsed`: which parts are read, in which order."""

from __future__ import annotations

from lxml import etree

from luoshi.core.reading.docx import names as q
from luoshi.core.reading.docx.line import Item, Line, cut, flattened
from luoshi.core.reading.docx.numbering import Numbering
from luoshi.core.reading.docx.output import Output
from luoshi.core.reading.docx.package import Package, Relation, damaged
from luoshi.core.reading.docx.story import Story
from luoshi.core.reading.docx.styles import Styles
from luoshi.core.reading.model import (
    DEFAULT_LIMITS,
    Limits,
    Note,
    NoteKind,
    Parsed,
    ReadError,
    SegmentMap,
    Span,
)

_OTHER_ROOTS = {"workbook": "Excel 表格（.xlsx）", "presentation": "演示文稿（.pptx）"}


def read_docx(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Parsed:
    """Read a docx file as Word prints it.

    The text has one line per paragraph (empty ones are left out) and per table row
    (cells separated by a tab; paragraphs in a cell by a space; nested tables flattened).
    An automatic number is text at the start of its block, with its length in
    ``Block.label``; Word's tab after it becomes a space only between characters that
    are neither Chinese nor full width. A manual line break is a line end *within* a
    block; a tab in a paragraph is a space. Text boxes follow the paragraph that anchors
    them, footnotes and endnotes the body (kind "note"). Tracked insertions count as
    text; deletions, hidden text, comments, headers and footers become notes.

    Raises only :class:`ReadError`: ``empty``, ``too_large``, ``unknown_type``,
    ``encrypted``, ``damaged``, ``bomb``, ``too_deep``, ``no_text``.
    """
    package = Package(data, limits)
    main = package.main_part()
    root = package.xml(main)
    body = _body(root)
    relations = package.relations(main)
    reader = _Reader(package, relations, limits)
    story = reader.story(root)
    output = reader.output
    output.add(story.read(body), main)
    if story.open_fields:
        output.skip("field")
    for kind in ("footnote", "endnote"):
        reader.notes(kind)
    text = output.text
    reader.comments(text)
    reader.running("header")
    reader.running("footer")
    output.report_skipped()
    if not text:
        raise ReadError(
            "no_text",
            "文件里没有可读的正文。如果内容是扫描图片，请先做文字识别，再把文字放进 Word 文档。",
        )
    return Parsed(text, tuple(output.blocks), SegmentMap(tuple(output.places)), tuple(output.notes))


def _body(root: etree._Element) -> etree._Element:
    local = str(root.tag).rpartition("}")[2]
    if local in _OTHER_ROOTS:
        raise ReadError(
            "unknown_type",
            f"这是{_OTHER_ROOTS[local]}，不是 Word 文档。请把文字复制到 Word 文档后再试。",
        )
    body = root.find(q.W + "body") if root.tag == q.W + "document" else None
    if body is None:
        raise damaged("缺少正文内容")
    return body


class _Reader:
    """The parts that the document part refers to, read into one output."""

    def __init__(self, package: Package, relations: dict[str, Relation], limits: Limits) -> None:
        self._package = package
        self._parts: dict[str, list[str]] = {}
        for relation in relations.values():
            parts = self._parts.setdefault(relation.kind, [])
            if relation.target not in parts:
                parts.append(relation.target)
        styles, numbering = self._first("styles"), self._first("numbering")
        self._styles = Styles(package.styles(styles) if styles else None)
        self._numbering = Numbering(package.xml(numbering) if numbering else None, self._styles)
        self._limits = limits
        self.output = Output(limits)

    def _first(self, kind: str) -> str | None:
        parts = self._parts.get(kind)
        return parts[0] if parts else None

    def story(self, root: etree._Element) -> Story:
        """Return a reader for one part with counters of its own."""
        return Story(root, self._styles, self._numbering, self._limits)

    def notes(self, kind: str) -> None:
        """Append the footnotes or endnotes that the text refers to, in that order.

        Notes that nothing refers to any more are not printed by Word; they are
        reported as hidden.
        """
        for part in self._parts.get(kind + "s", ()):
            root = self._package.xml(part)
            story = self.story(root)
            found: dict[str, list[Item]] = {}
            for element in root.iterchildren(q.W + kind):
                if element.get(q.TYPE) in (None, "normal"):
                    found[element.get(q.ID) or ""] = story.read(element)
            for note_id in dict.fromkeys(self.output.references[kind]):
                self.output.add(map(_note_line, found.pop(note_id, ())), part, "note")
            for items in found.values():
                words = flattened(items).text
                if words.strip():
                    self.output.notes.append(Note("hidden", words))

    def comments(self, text: str) -> None:
        """Report comments with what they are about; ``text`` is the finished text."""
        for part in self._parts.get("comments", ()):
            root = self._package.xml(part)
            story = self.story(root)
            found: list[Note] = []
            for element in root.iterchildren(q.W + "comment"):
                span = self.output.comment_span(element.get(q.ID) or "", text)
                words = _lines(story.read(element))
                author, date = element.get(q.AUTHOR) or "", element.get(q.DATE) or ""
                found.append(Note("comment", words, span, author, date))
            found.sort(key=lambda note: note.span or Span(len(text), len(text)))
            self.output.notes.extend(found)

    def running(self, kind: NoteKind) -> None:
        """Report headers or footers, each wording once."""
        seen: set[str] = set()
        for part in self._parts.get(kind, ()):
            root = self._package.xml(part)
            words = _lines(self.story(root).read(root))
            if words and words not in seen:
                seen.add(words)
                self.output.notes.append(Note(kind, words))


def _note_line(item: Item) -> Line:
    """Return a footnote's line without the space after its own mark."""
    line = flattened((item,))
    lead = len(line.text) - len(line.text.lstrip(" "))
    return line if line.label else cut(line, lead, len(line.text))


def _lines(items: list[Item]) -> str:
    words = (flattened((item,)).text.strip() for item in items)
    return "\n".join(word for word in words if word)
