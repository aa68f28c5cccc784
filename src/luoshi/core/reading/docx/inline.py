"""What stands inside one paragraph: runs, changes, fields, marks, text boxes.

A tab is one space (the tab character separates table cells), a line break is a line end
within the block, page and column breaks are nothing, ruby gives its base text, a formula
the text of its ``m:t`` (which belongs to no run). The second half of this module is the
table of which element is handled how.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from luoshi.core.reading.docx import names as q
from luoshi.core.reading.docx.draft import LONG, Change, Draft, change_of
from luoshi.core.reading.docx.fragments import (
    chosen_branch,
    drawn,
    flat,
    is_contents_code,
    own_runs,
    ringed,
    visible_text,
)
from luoshi.core.reading.docx.line import Piece
from luoshi.core.reading.docx.package import too_deep
from luoshi.core.reading.docx.styles import PLAIN, ParagraphStyle, Styles, switched_on
from luoshi.core.reading.docx.symbols import UNKNOWN, character, symbol

MAX_DEPTH = 60
_T = q.W + "t"
_RSTYLE = q.W + "rStyle"
_VANISH = q.W + "vanish"
_FIELD_TYPE = q.W + "fldCharType"


@dataclass(slots=True)
class _Field:
    """A complex field; until ``result`` everything in it is instruction."""

    result: bool = False
    code: str = ""
    contents: bool = False


_NOBODY = Change("", "")


class InlineReader:
    """Reads the inside of paragraphs of one story; fields may span paragraphs."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._style: ParagraphStyle = PLAIN
        self._style_hides = False
        self._paragraph = 0
        self._next_run = 0
        self._run = -1
        self._used = 0
        self._hidden = False
        self._gone: Change | None = None
        self._fields: list[_Field] = []
        self._codes = 0
        self.contents_depth = 0
        self.draft = Draft()
        self.boxes: list[etree._Element] = []

    @property
    def open_fields(self) -> bool:
        """Whether a field was begun and never reached its result."""
        return self._codes > 0

    def read(
        self, element: etree._Element, draft: Draft, paragraph: int, style: ParagraphStyle
    ) -> list[etree._Element]:
        """Add the contents of a ``w:p`` to ``draft``; return its text boxes in order."""
        self.draft = draft
        self._paragraph = paragraph
        self._style = style
        self._style_hides = self._styles.hides(style, None)
        self._next_run = 0
        self.boxes = []
        self._content(element, 0)
        return self.boxes

    def _content(self, parent: etree._Element, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise too_deep()
        for child in parent:
            tag = child.tag
            if tag == q.R_RUN:
                self._read_run(child, depth)
            else:
                handler = _IN_PARAGRAPH.get(tag)
                if handler is not None:
                    handler(self, child, depth + 1)

    def _read_run(self, element: etree._Element, depth: int) -> None:
        before = (self._run, self._used, self._hidden)
        self._run, self._used = self._next_run, 0
        self._next_run += 1
        self._hidden = self._style_hides
        self._run_content(element, depth)
        self._run, self._used, self._hidden = before

    def _run_content(self, element: etree._Element, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise too_deep()
        for child in element:
            tag = child.tag
            if tag == _T:
                self._put(visible_text(child))
            elif tag == q.RPR:
                self._hidden = self._is_hidden(child)
            else:
                handler = _IN_RUN.get(tag)
                if handler is not None:
                    handler(self, child, depth + 1)

    def _is_hidden(self, properties: etree._Element) -> bool:
        style: str | None = None
        for child in properties.iterchildren(_VANISH, _RSTYLE):
            if child.tag == _VANISH:
                return switched_on(child) is True
            style = child.get(q.VAL)
        return self._styles.hides(self._style, style)

    def _put(self, text: str, located: bool = True) -> None:
        """Add text of the current run where it belongs: text, a note, or nowhere."""
        if not text or self._codes:
            return
        draft = self.draft
        if self._gone is not None:
            draft.note("deletion", text, self._gone)
            return
        if self._hidden:
            draft.note("hidden", text, _NOBODY)
            return
        if self.contents_depth:
            draft.contents = True
        start = draft.length
        end = draft.length = start + len(text)
        draft.parts.append(text)
        if not located:
            return
        last = draft.pieces[-1] if draft.pieces else None
        if last is not None and last.run == self._run and last[1:3] == (start, self._paragraph):
            draft.pieces[-1] = last._replace(end=end)
        else:
            draft.pieces.append(Piece(start, end, self._paragraph, self._run, self._used))
        self._used += len(text)

    def _into(self, element: etree._Element, depth: int) -> None:
        self._content(element, depth)

    def _control(self, element: etree._Element, depth: int) -> None:
        content = element.find(q.SDT_CONTENT)
        if content is not None:
            self._content(content, depth)

    def _dropped(self, element: etree._Element, depth: int) -> None:
        before = self._gone
        self._gone = change_of(element)
        self._content(element, depth)
        self._gone = before

    def _simple_field(self, element: etree._Element, depth: int) -> None:
        contents = is_contents_code(element.get(q.W + "instr") or "")
        self.contents_depth += contents
        self._content(element, depth)
        self.contents_depth -= contents

    def _alternate(self, element: etree._Element, depth: int) -> None:
        chosen = chosen_branch(element)
        for branch in element:
            if branch is chosen:
                self._content(branch, depth)
            else:
                self._next_run += own_runs(branch)

    def _alternate_in_run(self, element: etree._Element, depth: int) -> None:
        chosen = chosen_branch(element)
        if chosen is not None:
            self._run_content(chosen, depth)

    def _math(self, element: etree._Element, depth: int) -> None:
        self._hidden = self._style_hides
        text = "".join(piece.text or "" for piece in element.iter(q.M + "t"))
        self._put(flat(text), located=False)
        self._next_run += own_runs(element)

    def _ruby(self, element: etree._Element, depth: int) -> None:
        for part in element:
            if part.tag == q.W + "rubyBase":
                self._content(part, depth)
            else:
                self._next_run += own_runs(part)

    def _field_char(self, element: etree._Element, depth: int) -> None:
        kind = element.get(_FIELD_TYPE)
        if kind == "begin":
            self._fields.append(_Field())
            self._codes += 1
        elif not self._fields:
            return
        elif kind == "separate" and not self._fields[-1].result:
            current = self._fields[-1]
            current.result = True
            current.contents = is_contents_code(current.code)
            self._codes -= 1
            self.contents_depth += current.contents
        elif kind == "end":
            current = self._fields.pop()
            self._codes -= not current.result
            self.contents_depth -= current.contents
            if not current.result:
                self._put(ringed(current.code))

    def _field_code(self, element: etree._Element, depth: int) -> None:
        current = self._fields[-1] if self._fields else None
        if current is not None and not current.result and len(current.code) < LONG:
            current.code += element.text or ""

    def _symbol(self, element: etree._Element, depth: int) -> None:
        self._put_symbol(symbol(element))

    def _emoji(self, element: etree._Element, depth: int) -> None:
        try:
            code = int(element.get(q.W16SE + "char") or "", 16)
        except ValueError:
            code = -1
        self._put_symbol(character(code))

    def _put_symbol(self, text: str) -> None:
        if text == UNKNOWN and not self._codes and self._gone is None and not self._hidden:
            self.draft.note("skipped", "symbol")
        self._put(text)

    def _break(self, element: etree._Element, depth: int) -> None:
        if element.get(q.TYPE) in (None, "textWrapping"):
            self._put("\n")

    def _reference(self, element: etree._Element, depth: int) -> None:
        if self._gone is None and not self._codes:
            kind = _REFERENCES[str(element.tag)]
            self.draft.note(kind, element.get(q.ID) or "")

    def _drawing(self, element: etree._Element, depth: int) -> None:
        boxes, skipped = drawn(element)
        if self._gone is None and not self._hidden:
            self.boxes.extend(boxes)
            if skipped:
                self.draft.note("skipped", skipped)
            return
        for box in boxes:
            self._put("".join(visible_text(text) for text in box.iter(_T)))


_REFERENCES = {
    q.W + "footnoteReference": "footnote",
    q.W + "endnoteReference": "endnote",
    q.W + "commentReference": "comment",
    q.W + "commentRangeStart": "comment-start",
    q.W + "commentRangeEnd": "comment-end",
}
_Handler = Callable[[InlineReader, etree._Element, int], None]
_EITHER: dict[object, _Handler] = {
    q.W + "ruby": InlineReader._ruby,
    **dict.fromkeys(_REFERENCES, InlineReader._reference),
}
_IN_PARAGRAPH: dict[object, _Handler] = {
    **_EITHER,
    **dict.fromkeys(
        (q.W + name for name in ("hyperlink", "smartTag", "customXml", "ins", "moveTo")),
        InlineReader._into,
    ),
    q.W + "bdo": InlineReader._into,
    q.W + "dir": InlineReader._into,
    q.W + "fldSimple": InlineReader._simple_field,
    q.W + "del": InlineReader._dropped,
    q.W + "moveFrom": InlineReader._dropped,
    q.SDT: InlineReader._control,
    q.ALTERNATE: InlineReader._alternate,
    q.M + "oMath": InlineReader._math,
    q.M + "oMathPara": InlineReader._math,
}
_IN_RUN: dict[object, _Handler] = {
    **_EITHER,
    q.W + "delText": lambda self, element, depth: self._put(flat(element.text or "")),
    q.W + "tab": lambda self, element, depth: self._put(" "),
    q.W + "ptab": lambda self, element, depth: self._put(" "),
    q.W + "br": InlineReader._break,
    q.W + "cr": InlineReader._break,
    q.W + "noBreakHyphen": lambda self, element, depth: self._put("-"),
    q.W + "sym": InlineReader._symbol,
    q.W16SE + "symEx": InlineReader._emoji,
    q.W + "fldChar": InlineReader._field_char,
    q.W + "instrText": InlineReader._field_code,
    q.W + "drawing": InlineReader._drawing,
    q.W + "pict": InlineReader._drawing,
    q.W + "object": InlineReader._drawing,
    q.ALTERNATE: InlineReader._alternate_in_run,
}
