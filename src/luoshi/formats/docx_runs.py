"""The runs of a Word paragraph: their text as the reader counts it, and cutting them."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ONE_CHARACTER = frozenset(("tab", "ptab", "cr", "noBreakHyphen"))
# What a run may hold without being text; with anything else in it a run is not cut.
_NO_CHARACTER = frozenset(
    ("rPr", "fldChar", "instrText", "lastRenderedPageBreak", "drawing", "pict", "object",
     "footnoteReference", "endnoteReference", "commentReference", "annotationRef")
)  # fmt: skip


def text_of(run: etree._Element) -> str | None:
    """Return the characters of a run with every blank as a space; None if it cannot be cut."""
    pieces = [_piece(child) for child in run]
    return None if None in pieces else "".join(piece or "" for piece in pieces)


def _piece(child: etree._Element) -> str | None:
    """Return the text of one child of a run as the reader reads it, in spaces and letters."""
    from luoshi.core.reading.docx.fragments import visible_text
    from luoshi.core.reading.docx.symbols import symbol

    name = str(child.tag).rpartition("}")[2]
    if name == "t":
        return None if len(child) else visible_text(child)
    if name in _ONE_CHARACTER:
        return "-" if name == "noBreakHyphen" else " "
    if name == "br":
        kinds = [value for key, value in child.attrib.items() if str(key).endswith("}type")]
        return " " if kinds in ([], ["textWrapping"]) else ""
    if name == "sym":
        return symbol(child)
    return "" if name in _NO_CHARACTER else None


def cut(run: etree._Element, offsets: list[int]) -> dict[int, etree._Element]:
    """Cut a run before each of the characters ``offsets`` (sorted, within its text).

    Returns the pieces by where they begin, 0 for the run itself; each has the run's
    formatting, and together they hold what the run held.
    """
    pieces = {0: run}
    done = 0
    last = run
    for offset in offsets:
        last = _cut_once(last, offset - done)
        pieces[offset] = last
        done = offset
    return pieces


def _cut_once(run: etree._Element, offset: int) -> etree._Element:
    """Move what follows the first ``offset`` characters into a new run; return that."""
    w = str(run.tag).rpartition("}")[0] + "}"
    after = copy.copy(run)
    after[:] = []
    moved = [copy.deepcopy(properties) for properties in run.findall(w + "rPr")]
    rest = False
    for child in run:
        length = len(_piece(child) or "")
        if not rest and length <= offset:
            offset -= length
            continue
        if not rest and offset:
            second = copy.copy(child)
            _write(second, _words(child)[offset:])
            _write(child, _words(child)[:offset])
            moved.append(second)
        else:
            moved.append(child)
        rest = True
    after.extend(moved)
    run.addnext(after)
    return after


def _words(text: etree._Element) -> str:
    words = text.text or ""
    return words if text.get(_SPACE) == "preserve" else words.strip(" \t\r\n")


def _write(text: etree._Element, words: str) -> None:
    text.text = words
    if words != words.strip(" \t\r\n"):
        text.set(_SPACE, "preserve")
