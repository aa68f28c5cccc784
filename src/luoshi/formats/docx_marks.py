"""Putting the marks of comments into a document part."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from luoshi.formats.docx_runs import cut, text_of
from luoshi.formats.docx_spots import Spot

if TYPE_CHECKING:
    from lxml import etree


class Placed(NamedTuple):
    """A comment by its id, with where it begins and ends."""

    id: str
    start: Spot
    end: Spot


def mark(root: etree._Element, placed: Iterable[Placed], style: str) -> None:
    """Put the marks of comments into the part; ``style`` is the character style of the sign.

    Runs are cut where a comment begins or ends inside them, and nothing else is touched.
    """
    writer = _Writer(root, style)
    starts: dict[etree._Element, list[tuple[int, str]]] = defaultdict(list)
    ends: dict[etree._Element, list[tuple[int, str]]] = defaultdict(list)
    for each in placed:
        starts[each.start.node].append((each.start.offset, each.id))
        ends[each.end.node].append((each.end.offset, each.id))
    for node in dict.fromkeys((*starts, *ends)):
        if node.tag == writer.w + "p":
            writer.at_beginning(node, starts[node], ends[node])
        else:
            writer.around(node, starts[node], ends[node])


class _Writer:
    def __init__(self, root: etree._Element, style: str) -> None:
        self.w = str(root.tag).rpartition("}")[0] + "}"
        self._root = root
        self._style = style
        # Behind a node: what was put there last, so that comments keep their order.
        self._last: dict[etree._Element, etree._Element] = {}

    def around(
        self,
        node: etree._Element,
        starts: list[tuple[int, str]],
        ends: list[tuple[int, str]],
    ) -> None:
        """Mark beginnings and ends in and around a run or what is not cut."""
        text = text_of(node) if node.tag == self.w + "r" else None
        length = len(text or "")
        inside = {at for at, _ in (*starts, *ends) if 0 < at < length}
        pieces = cut(node, sorted(inside))
        begins = sorted(pieces)
        for at, comment in ends:
            self._end(pieces[begins[max(0, bisect_left(begins, at) - 1)]], comment)
        for at, comment in starts:
            pieces[at if at in pieces else 0].addprevious(self._made("commentRangeStart", comment))

    def at_beginning(
        self,
        paragraph: etree._Element,
        starts: list[tuple[int, str]],
        ends: list[tuple[int, str]],
    ) -> None:
        """Mark beginnings and ends before everything that a paragraph holds."""
        made = [self._made("commentRangeStart", comment) for _, comment in starts]
        for _, comment in ends:
            made += [self._made("commentRangeEnd", comment), self._sign(comment)]
        properties = paragraph.find(self.w + "pPr")
        index = 0 if properties is None else paragraph.index(properties) + 1
        for offset, each in enumerate(made):
            paragraph.insert(index + offset, each)

    def _end(self, piece: etree._Element, comment: str) -> None:
        end = self._made("commentRangeEnd", comment)
        self._behind(piece, end)
        # The sign is a run of the author's paragraph, not of a link, control or insertion in it.
        top = end
        while (parent := top.getparent()) is not None and parent.tag != self.w + "p":
            top = parent
        self._behind(piece if top is end else top, self._sign(comment))

    def _behind(self, node: etree._Element, made: etree._Element) -> None:
        self._last.get(node, node).addnext(made)
        self._last[node] = made

    def _made(self, name: str, comment: str) -> etree._Element:
        made = self._root.makeelement(self.w + name)
        made.set(self.w + "id", comment)
        return made

    def _sign(self, comment: str) -> etree._Element:
        run = self._root.makeelement(self.w + "r")
        if self._style:
            properties = run.makeelement(self.w + "rPr")
            style = run.makeelement(self.w + "rStyle")
            style.set(self.w + "val", self._style)
            properties.append(style)
            run.append(properties)
        run.append(self._made("commentReference", comment))
        return run
