"""The runs of a Word paragraph: their text as the reader counts it, and cutting them."""

from __future__ import annotations

import copy
from bisect import bisect_left
from itertools import pairwise
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
    last = run
    start, waiting = 0, offsets
    for child in list(run):
        end = start + len(_piece(child) or "")
        here = [at for at in waiting[: bisect_left(waiting, end)] if at >= start]
        waiting = waiting[len(here) :]
        if here and here[0] == start:
            last = pieces[start] = _behind(last, run)
            here = here[1:]
        if last is not run:
            last.append(child)
        if here:
            words = _words(child)
            _write(child, words[: here[0] - start])
            for at, stop in pairwise((*here, end)):
                last = pieces[at] = _behind(last, run)
                piece = _like(child)
                last.append(piece)
                _write(piece, words[at - start : stop - start])
        start = end
    return pieces


def _behind(last: etree._Element, run: etree._Element) -> etree._Element:
    """Return a new run after ``last`` that looks like ``run`` and is empty."""
    made = _like(run)
    last.addnext(made)
    for properties in run.findall(str(run.tag)[:-1] + "rPr"):
        made.append(copy.deepcopy(properties))
    return made


def _like(element: etree._Element) -> etree._Element:
    """Return an empty element with the same name and attributes."""
    made = element.makeelement(element.tag)
    for key, value in element.items():
        made.set(key, value)
    return made


def _words(text: etree._Element) -> str:
    words = text.text or ""
    return words if text.get(_SPACE) == "preserve" else words.strip(" \t\r\n")


def _write(text: etree._Element, words: str) -> None:
    text.text = words
    if words != words.strip(" \t\r\n"):
        text.set(_SPACE, "preserve")
