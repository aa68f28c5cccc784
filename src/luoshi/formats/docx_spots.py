"""Where in a document part a comment on a span begins and ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from luoshi.core.reading.model import Document, Place, RunPlace, Span
from luoshi.formats.docx_runs import text_of

if TYPE_CHECKING:
    from lxml import etree

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
END = 1 << 40
"""An offset behind everything that a node holds."""


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
        kinds = (self.w + "p", self.w + "r", MC + "AlternateContent")
        self._order = {node: index for index, node in enumerate(root.iter(*kinds))}
        self._runs: dict[int, list[etree._Element]] = {}
        self._texts: dict[etree._Element, str | None] = {}

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
        if run not in self._texts:
            self._texts[run] = text_of(run)
        text = self._texts[run]
        return text is not None and text.startswith(words, place.offset)

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
