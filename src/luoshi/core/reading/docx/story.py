"""Block-level reading of one part: paragraphs, tables, controls, and what joins them."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from luoshi.core.reading.docx import names as q
from luoshi.core.reading.docx.draft import Change, Draft, change_of
from luoshi.core.reading.docx.fragments import chosen_branch, visible_text
from luoshi.core.reading.docx.inline import MAX_DEPTH, InlineReader
from luoshi.core.reading.docx.line import Item, Line, Mark, Row, cut, flattened, labelled
from luoshi.core.reading.docx.numbering import Counters, Numbering
from luoshi.core.reading.docx.package import too_deep, too_long
from luoshi.core.reading.docx.styles import (
    NumRef,
    ParagraphStyle,
    Styles,
    heading_level,
    integer,
    num_ref,
    switched_on,
)
from luoshi.core.reading.model import Limits

_TRANSPARENT = frozenset(
    q.W + name for name in ("customXml", "smartTag", "ins", "moveTo", "sdtContent")
)
_MARKS = {q.W + "commentRangeStart": "comment-start", q.W + "commentRangeEnd": "comment-end"}
_TEXT_TAGS = (q.W + "t", q.W + "delText")
_PSTYLE = q.W + "pStyle"
_OUTLINE = q.W + "outlineLvl"
_NUM_PR = q.W + "numPr"
_VANISH = q.W + "vanish"
_GONE = frozenset((q.W + "del", q.W + "moveFrom"))
_GALLERY = f"{q.W}sdtPr/{q.W}docPartObj/{q.W}docPartGallery"
MARK_ONLY = "（删除了一个段落标记，前后两段已合并）"


@dataclass(slots=True)
class _Properties:
    """What a paragraph mark decides about its paragraph."""

    paragraph: int
    style: ParagraphStyle
    numbering: tuple[int, int] | None
    level: int
    deleted: Change | None
    hidden: bool


@dataclass(slots=True)
class _Flow:
    """The items of one container so far; ``draft`` waits for the paragraph it joins."""

    items: list[Item] = field(default_factory=list)
    draft: Draft | None = None
    keep: _Properties | None = None
    last: _Properties | None = None
    loose: list[Mark] = field(default_factory=list)


class Story:
    """Reads the lines and rows of one part (the body, or all footnotes, or a header)."""

    def __init__(
        self, root: etree._Element, styles: Styles, numbering: Numbering, limits: Limits
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._inline = InlineReader(styles)
        # Most paragraphs of a document ask for one of a few.
        self._forms: dict[
            tuple[str | None, NumRef | None, int | None],
            tuple[ParagraphStyle, tuple[int, int] | None, int],
        ] = {}
        self._index = {paragraph: i for i, paragraph in enumerate(root.iter(q.P))}
        self._counters = Counters(numbering)
        # Word numbers text boxes apart from the text they float in.
        self._box_counters = Counters(numbering)
        self._in_box = 0
        self._in_cell = 0
        self._tables = 0
        self._room = limits.characters

    @property
    def open_fields(self) -> bool:
        """Whether a field without an end may have swallowed text."""
        return self._inline.open_fields

    def read(self, container: etree._Element, depth: int = 0) -> list[Item]:
        """Return the lines and rows of a container in order.

        Raises ``too_deep`` when containers are nested beyond any real document.
        """
        flow = _Flow()
        self._blocks(container, flow, depth)
        self._close(flow)
        if flow.loose:
            flow.items.append(Line(marks=tuple(flow.loose)))
        return flow.items

    def _blocks(self, container: etree._Element, flow: _Flow, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise too_deep()
        for child in container:
            tag = child.tag
            if tag == q.P:
                self._paragraph(child, flow, depth)
            elif tag == q.TBL:
                self._close(flow)
                self._table(child, flow, depth)
            elif tag == q.SDT:
                self._control(child, flow, depth)
            elif tag in _TRANSPARENT:
                self._blocks(child, flow, depth + 1)
            elif tag == q.ALTERNATE:
                branch = chosen_branch(child)
                if branch is not None:
                    self._blocks(branch, flow, depth + 1)
            elif tag in _MARKS:
                flow.loose.append(Mark(0, _MARKS[str(tag)], child.get(q.ID) or ""))
            elif tag in (q.W + "altChunk", q.W + "subDoc"):
                flow.loose.append(Mark(0, "skipped", "file"))

    def _control(self, element: etree._Element, flow: _Flow, depth: int) -> None:
        content = element.find(q.SDT_CONTENT)
        if content is None:
            return
        gallery = element.find(_GALLERY)
        contents = gallery is not None and gallery.get(q.VAL) == "Table of Contents"
        self._inline.contents_depth += contents
        self._blocks(content, flow, depth + 1)
        self._inline.contents_depth -= contents

    def _paragraph(self, element: etree._Element, flow: _Flow, depth: int) -> None:
        properties = self._properties(element)
        draft = flow.draft if flow.draft is not None else Draft()
        draft.marks.extend(mark._replace(offset=draft.length) for mark in flow.loose)
        flow.loose.clear()
        boxes = self._inline.read(element, draft, properties.paragraph, properties.style)
        flow.draft, flow.last = draft, properties
        if properties.deleted is not None:
            _note_mark(draft, properties.deleted)
        elif not properties.hidden:
            self._close(flow)
        elif not draft.length:
            # A paragraph hidden with its mark is not printed and not counted.
            flow.items.append(Line(marks=tuple(draft.marks)))
            flow.draft = None
        elif flow.keep is None:
            flow.keep = properties
        if boxes:
            self._close(flow)
            self._boxes(boxes, flow, depth)

    def _boxes(self, boxes: list[etree._Element], flow: _Flow, depth: int) -> None:
        self._in_box += 1
        for box in boxes:
            flow.items.extend(self.read(box, depth + 1))
        self._in_box -= 1

    def _properties(self, element: etree._Element) -> _Properties:
        style_id: str | None = None
        direct: NumRef | None = None
        outline: int | None = None
        deleted: Change | None = None
        hidden = False
        for child in _paragraph_properties(element):
            tag = child.tag
            if tag == _PSTYLE:
                style_id = child.get(q.VAL)
            elif tag == _NUM_PR:
                direct = num_ref(child)
            elif tag == _OUTLINE:
                outline = integer(child, 0, 9)
            elif tag == q.RPR:
                deleted, hidden = _mark_of(child)
        key = (style_id, direct, outline)
        form = self._forms.get(key)
        if form is None:
            form = self._forms[key] = self._form(*key)
        return _Properties(self._index[element], *form, deleted, hidden)

    def _form(
        self, style_id: str | None, direct: NumRef | None, outline: int | None
    ) -> tuple[ParagraphStyle, tuple[int, int] | None, int]:
        """Return style, numbering and level of a paragraph that asks for these."""
        style = self._styles.paragraph(style_id)
        level = style.level if outline is None else heading_level(outline)
        return style, self._numbering.resolve(direct, style), level

    def _close(self, flow: _Flow) -> None:
        """Finish the paragraph that is being put together, if there is one."""
        draft, properties = flow.draft, flow.keep or flow.last
        flow.draft = flow.keep = None
        if draft is None or properties is None:
            return
        if properties.deleted is not None and not draft.length:
            flow.items.append(Line(marks=tuple(draft.marks)))
            return
        flow.items.append(self._finish(draft, properties))

    def _finish(self, draft: Draft, properties: _Properties) -> Line:
        text = "".join(draft.parts)
        contents = draft.contents or properties.style.contents
        level = properties.level
        line = Line(text, tuple(draft.pieces), tuple(draft.marks), 0, level, contents)
        if text[:1] == "\n" or text[-1:] == "\n":
            lead = len(text) - len(text.lstrip("\n"))
            line = cut(line, lead, max(lead, len(text.rstrip("\n"))))
        if properties.numbering is None:
            return line
        counters = self._box_counters if self._in_box else self._counters
        label = counters.advance(*properties.numbering)
        if label is None or (line.blank and not self._in_cell):
            return line
        # Labels are text that costs the file nothing: they are counted as they arise.
        self._room -= len(label.text)
        if self._room < 0:
            raise too_long()
        return labelled(line, label.text, label.suffix, properties.paragraph)

    def _table(self, table: etree._Element, flow: _Flow, depth: int) -> None:
        number = self._tables
        if not self._in_cell:
            self._tables += 1
        for row in _flat(table, q.TR, depth):
            deleted = row.find(f"{q.W}trPr/{q.W}del")
            if deleted is not None:
                words = "\t".join(_words(cell) for cell in _flat(row, q.TC, depth))
                flow.items.append(_dropped(words, deleted))
                continue
            self._in_cell += 1
            cells = tuple(self._cell(cell, depth) for cell in _flat(row, q.TC, depth))
            self._in_cell -= 1
            flow.items.append(Row(cells, number))

    def _cell(self, cell: etree._Element, depth: int) -> Line:
        deleted = cell.find(f"{q.W}tcPr/{q.W}cellDel")
        if deleted is not None:
            return _dropped(_words(cell), deleted)
        return flattened(self.read(cell, depth + 1))


def _paragraph_properties(element: etree._Element) -> etree._Element | tuple[()]:
    """Return the ``w:pPr`` of a paragraph; it is the first child when there is one."""
    for child in element:
        if child.tag == q.PPR:
            return child
        if child.tag == q.R_RUN:
            break
    return ()


def _mark_of(properties: etree._Element) -> tuple[Change | None, bool]:
    """Return who deleted a paragraph mark, if anyone, and whether it is hidden."""
    deleted: Change | None = None
    hidden = False
    for child in properties:
        if child.tag in _GONE:
            deleted = change_of(child)
        elif child.tag == _VANISH:
            hidden = switched_on(child) is True
    return deleted, hidden


def _note_mark(draft: Draft, change: Change) -> None:
    last = draft.marks[-1] if draft.marks else None
    if last is None or (last.kind, last.offset) != ("deletion", draft.length):
        draft.marks.append(Mark(draft.length, "deletion", MARK_ONLY, change.author, change.date))


def _dropped(words: str, element: etree._Element) -> Line:
    change = change_of(element)
    return Line(marks=(Mark(0, "deletion", words, change.author, change.date),))


def _words(element: etree._Element) -> str:
    return "".join(visible_text(text) for text in element.iter(*_TEXT_TAGS))


def _flat(parent: etree._Element, wanted: str, depth: int) -> list[etree._Element]:
    """Return rows of a table or cells of a row, looking through content controls."""
    if depth > MAX_DEPTH:
        raise too_deep()
    found: list[etree._Element] = []
    for child in parent:
        tag = child.tag
        if tag == wanted:
            found.append(child)
        elif tag in (q.SDT, q.SDT_CONTENT) or tag in _TRANSPARENT:
            found.extend(_flat(child, wanted, depth + 1))
    return found
