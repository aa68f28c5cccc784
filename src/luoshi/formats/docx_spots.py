"""Where in a document part a comment on a span begins and ends, and cutting runs there."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from luoshi.core.reading.model import Document, Place, RunPlace, Span

if TYPE_CHECKING:
    from lxml import etree

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
END = 1 << 40
"""An offset behind everything that a node holds."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ONE_CHARACTER = frozenset(("tab", "ptab", "cr", "noBreakHyphen"))
# What a run may hold without being text; with anything else in it a run is not cut.
_NO_CHARACTER = frozenset(
    ("rPr", "fldChar", "instrText", "lastRenderedPageBreak", "drawing", "pict", "object",
     "footnoteReference", "endnoteReference", "commentReference", "annotationRef")
)  # fmt: skip


class Spot(NamedTuple):
    """A place between characters: ``offset`` characters into the text of the run ``node``.

    Where ``node`` is not cut (a text box in a paragraph), 0 is before and :data:`END` after
    it; where it is a paragraph, the place is its beginning.
    """

    node: etree._Element
    offset: int


class Spots:
    """Finds spots in one document part.

    ``reference`` returns for a place in another part (a footnote) the run that refers to
    it, or None.
    """

    def __init__(
        self,
        root: etree._Element,
        part: str,
        document: Document,
        reference: Callable[[RunPlace], etree._Element | None],
    ) -> None:
        self._part = part
        self._document = document
        self._reference = reference
        self.w = str(root.tag).rpartition("}")[0] + "}"
        self._paragraphs = list(root.iter(self.w + "p"))
        self._order = {node: index for index, node in enumerate(root.iter())}
        self._runs: dict[int, list[etree._Element]] = {}

    def of(self, span: Span | None) -> tuple[Spot, Spot]:
        """Return where a comment on ``span`` begins and ends; without one, at the beginning."""
        places = self._places(span) if span is not None else []
        here = [place for place in places if place.part == self._part]
        if here:
            start, end = self._spot(here[0], at_end=False), self._spot(here[-1], at_end=True)
            if self._rank(end) < self._rank(start):
                end = Spot(start.node, END)
            return start, end
        run = self._reference(places[0]) if places else None
        if run is not None:
            node = self._outermost(run)
            return Spot(node, 0), Spot(node, END)
        first = self._paragraphs[0]
        return Spot(first, 0), Spot(first, 0)

    def _places(self, span: Span) -> list[RunPlace]:
        """Return the places of a span; of its whole block where it has none itself."""
        found = _run_places(self._document.locate(*span))
        if not found:
            around = [b for b in self._document.blocks if b.start <= span.start <= b.end]
            found = [p for b in around for p in _run_places(self._document.locate(b.start, b.end))]
        return found

    def _rank(self, spot: Spot) -> tuple[int, int]:
        return self._order[spot.node], spot.offset

    def _runs_of(self, paragraph: int) -> list[etree._Element]:
        if paragraph not in self._runs:
            element = self._paragraphs[paragraph]
            self._runs[paragraph] = [
                run
                for run in element.iter(self.w + "r")
                if next(run.iterancestors(self.w + "p")) is element
            ]
        return self._runs[paragraph]

    def _spot(self, place: RunPlace, *, at_end: bool) -> Spot:
        whole = END if at_end else 0
        runs = self._runs_of(place.paragraph)
        if place.run < 0:
            written = [run for run in runs if text_of(run)]
            node = self._outermost((written or [self._paragraphs[place.paragraph]])[0])
            return Spot(node, whole)
        run = runs[place.run]
        node = self._outermost(run)
        if node is not run or not self._reads(run, place):
            return Spot(node, whole)
        return Spot(run, place.offset + (place.end - place.start if at_end else 0))

    def _reads(self, run: etree._Element, place: RunPlace) -> bool:
        """Tell whether characters of the run count as the reader counted them."""
        words = self._document.text[place.start : place.end].replace("\n", " ")
        text = text_of(run)
        return text is not None and text[place.offset :].startswith(words)

    def _outermost(self, node: etree._Element) -> etree._Element:
        """Return what of the text's own paragraph holds ``node``: a run, or all versions of it.

        Comments cannot stand in text boxes, nor in ruby; and a comment in one of several
        versions would be lost to programs that show another.
        """
        above = [node, *node.iterancestors()]
        top = max(index for index, each in enumerate(above) if each.tag == self.w + "p")
        holders = (self.w + "r", MC + "AlternateContent")
        return next((each for each in reversed(above[:top]) if each.tag in holders), node)


def _run_places(places: tuple[Place, ...]) -> list[RunPlace]:
    return [place for place in places if isinstance(place, RunPlace)]


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
    left = offset
    index = 0
    for index, child in enumerate(run):  # noqa: B007 - used after the loop
        length = len(_piece(child) or "")
        if length > left:
            break
        left -= length
    after = copy.copy(run)
    after.tail = None
    for child in list(after)[: index + 1]:
        if child.tag != _sibling(run, "rPr"):
            after.remove(child)
    divided = run[index]
    moved = list(run)[index + 1 :]
    second = copy.copy(divided)
    after.insert(1 if len(after) and after[0].tag == _sibling(run, "rPr") else 0, second)
    if left:
        words = _words(divided)
        _write(divided, words[:left])
        _write(second, words[left:])
    else:
        moved.append(divided)
    for child in moved:
        run.remove(child)
    run.addnext(after)
    return after


def _sibling(node: etree._Element, name: str) -> str:
    return str(node.tag).rpartition("}")[0] + "}" + name


def _words(text: etree._Element) -> str:
    words = text.text or ""
    return words if text.get(_SPACE) == "preserve" else words.strip(" \t\r\n")


def _write(text: etree._Element, words: str) -> None:
    text.text = words
    if words != words.strip(" \t\r\n"):
        text.set(_SPACE, "preserve")
