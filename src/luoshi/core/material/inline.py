"""Enumerations inside paragraphs (一是…二是…) become children of their item."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.core.material.nodes import ITEM_SCHEMES, Node
from luoshi.core.text.marks import Enumerations, InlineMark
from luoshi.core.text.sentences import trim


def single_mark(text: str, start: int, end: int, scheme: str) -> InlineMark | None:
    """Return the first mark of a scheme (一是) inside a paragraph, at a clause boundary."""
    words = {
        "shi": ("一是", "一要"),
        "di": ("第一，", "第一、", "第一："),
        "qi": ("其一，", "其一、"),
    }
    for word in words.get(scheme, ()):
        place = text.find(word, start, end)
        if place > start and text[place - 1] in "。；：，:;, \n":
            return InlineMark(scheme, 1, word.rstrip("，、："), place, place + len(word))
    return None


def _split_inline(found: Enumerations, node: Node, last: int) -> None:
    """Give a leaf the children that an enumeration inside its paragraphs makes.

    Numbers may go on from those inside the leaf before, which ended with ``last``: 1. to 3. below
    （一） and 4. to 6. below （二）.
    """
    if node.scheme in ("row", "root") or node.children:
        return
    text = found.text
    marks = found.within(node.words, node.end) or _going_on(found, node, last)
    if marks:
        low, high = trim(text, node.start, marks[0].start)
        stop = node.end
        node.shorten(high)
        node.children = _inline_nodes(text, marks, stop)
        if node.paragraphs:
            # What follows the enumeration belongs to its last member.
            node.children[-1].paragraphs, node.paragraphs = node.paragraphs, []
        return
    for index, (low, high) in enumerate(node.paragraphs):
        marks = found.within(low, high)
        if marks:
            rest = node.paragraphs[index + 1 :]
            lead = trim(text, low, marks[0].start)
            node.paragraphs[index:] = [lead] if lead[0] < lead[1] else []
            node.children += _inline_nodes(text, marks, high)
            for begin, stop in rest:
                more = found.within(begin, stop)
                if more:
                    node.children += _inline_nodes(text, more, stop)
                else:
                    node.tail.append((begin, stop))
            return


def _going_on(found: Enumerations, node: Node, last: int) -> list[InlineMark]:
    marks = found.within(node.words, node.end, last + 1) if last else []
    return marks if marks and marks[0].scheme == "ar" else []


def _last_number(node: Node) -> int:
    """Return the last 1.-like number inside a leaf that was split, or 0."""
    child = node.children[-1] if node.children else None
    return child.value if child is not None and child.inline and child.scheme == "ar" else 0


def _inline_nodes(text: str, marks: Sequence[InlineMark], stop: int) -> list[Node]:
    nodes: list[Node] = []
    ends = [mark.start for mark in marks[1:]] + [stop]
    for mark, end in zip(marks, ends, strict=True):
        low, high = trim(text, mark.start, end)
        node = Node(low, high, mark.scheme, mark.label, mark.value, mark.end)
        node.inline = True
        nodes.append(node)
    return nodes


def unfold(text: str, root: Node) -> None:
    """Split enumerations inside paragraphs, everywhere below ``root``."""
    _unfold(Enumerations(text), root)


def _unfold(found: Enumerations, parent: Node) -> None:
    position, last = 0, 0
    while position < len(parent.children):
        node = parent.children[position]
        if node.scheme in ITEM_SCHEMES and not node.children and not node.inline:
            marks = _own_run(found, node)
            if marks:
                siblings = _inline_nodes(found.text, marks, node.end)
                siblings[-1].paragraphs = node.paragraphs
                siblings[0].level = node.level
                parent.children[position : position + 1] = siblings
                position += len(siblings)
                continue
        _split_inline(found, node, last)
        last = _last_number(node) or last
        _unfold(found, node)
        position += 1


def _own_run(found: Enumerations, node: Node) -> list[InlineMark]:
    """Return the enumeration that goes on inside the paragraph which this item opens."""
    marks = found.within(node.start, node.end, node.value)
    return marks if marks and marks[0].start == node.start else []
