"""Block-level reading of one part: paragraphs, tables, controls, and what joins them."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from luoshi.core.reading.docx import names as q
from luoshi.core.reading.docx.fragments import chosen_branch, visible_text
from luoshi.core.reading.docx.inline import MAX_DEPTH, Change, Draft, InlineReader, change_of
from luoshi.core.reading.docx.line import Item, Line, Mark, Piece, Row, cut, flattened, shifted
from luoshi.core.reading.docx.numbering import Counters, Label, Numbering
from luoshi.core.reading.docx.package import too_deep
from luoshi.core.reading.docx.styles import (
    ParagraphStyle,
    Styles,
    heading_level,
    integer,
    num_ref,
    switched_on,
)
from luoshi.core.reading.docx.symbols import is_wide

_TRANSPARENT = frozenset(
    q.W + name for name in ("customXml", "smartTag", "ins", "moveTo", "sdtContent")
)
_MARKS = {q.W + "commentRangeStart": "comment-start", q.W + "commentRangeEnd": "comment-end"}
_TEXT_TAGS = (q.W + "t", q.W + "delText")
_PSTYLE = q.W + "pStyle"
_OUTLINE = q.W + "outlineLvl"
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

    def __init__(self, root: etree._Element, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._inline = InlineReader(styles)
        self._index = {paragraph: i for i, paragraph in enumerate(root.iter(q.P))}
        self._counters = Counters(numbering)
        # Word numbers text boxes apart from the text they float in.
        self._box_counters = Counters(numbering)
        self._in_box = 0
        self._in_cell = 0
        self._tables = 0

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
        elif not any(part.strip() for part in draft.parts):
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
        paragraph = self._index[element]
        found = element.find(q.PPR)
        if found is None:
            style = self._styles.paragraph(None)
            numbered = self._numbering.resolve(None, style)
            return _Properties(paragraph, style, numbered, style.level, None, False)
        name = found.find(_PSTYLE)
        style = self._styles.paragraph(name.get(q.VAL) if name is not None else None)
        outline = integer(found.find(_OUTLINE), 0, 9)
        mark = found.find(q.RPR)
        deleted: Change | None = None
        hidden = False
        if mark is not None:
            change = mark.find(q.W + "del")
            change = change if change is not None else mark.find(q.W + "moveFrom")
            deleted = change_of(change) if change is not None else None
            hidden = switched_on(mark.find(q.W + "vanish")) is True
        return _Properties(
            paragraph,
            style,
            self._numbering.resolve(num_ref(found), style),
            style.level if outline is None else heading_level(outline),
            deleted,
            hidden,
        )

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
        line = Line(text, tuple(draft.pieces), tuple(draft.marks))
        lead = len(text) - len(text.lstrip("\n"))
        line = cut(line, lead, max(lead, len(text.rstrip("\n"))))
        line = line._replace(
            level=properties.level, contents=draft.contents or properties.style.contents
        )
        if properties.numbering is None:
            return line
        counters = self._box_counters if self._in_box else self._counters
        label = counters.advance(*properties.numbering)
        if label is None or (line.blank and not self._in_cell):
            return line
        return _labelled(line, label, properties.paragraph)

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


def _labelled(line: Line, label: Label, paragraph: int) -> Line:
    """Put an automatic number before a line.

    After it Word prints a tab (by default), a space or nothing. A tab is layout, not a
    character: it becomes a space only where number and text would run together, that is
    when neither the number ends nor the text begins in a Chinese or full-width
    character, so that "1." and "5 cases" do not become "1.5 cases".
    """
    text = label.text.translate({9: " ", 10: " ", 13: " "})
    after = line.text[:1]
    if after and label.suffix == "space":
        text += " "
    elif after and label.suffix != "nothing" and not (is_wide(text[-1]) or is_wide(after)):
        text += "" if after.isspace() else " "
    width = len(text)
    return line._replace(
        text=text + line.text,
        pieces=(Piece(0, width, paragraph, -1, 0), *shifted(line.pieces, width)),
        marks=tuple(mark._replace(offset=mark.offset + width) for mark in line.marks),
        label=width,
    )
