"""Blocks → numbering tree, tolerant of the mess of real texts.

The levels are not fixed beforehand: the first time a scheme of marks appears it opens a
level below the current one, and when it appears again it closes everything below it.
Missing levels, mixed brackets and headings without a number therefore need no rules of
their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from luoshi.core.material.frame import pattern
from luoshi.core.material.outline import Outline, PartKind
from luoshi.core.reading.model import Block
from luoshi.core.text.marks import InlineMark, Mark, inline_marks, mark_at
from luoshi.core.text.sentences import first_sentence_end, trim

# The order GB/T 9704-2012, 7.3.3 gives to the marks; used only where a text breaks it.
_RANK = {"part": 0, "cn": 1, "cnp": 2, "ar": 3, "arp": 4, "circ": 5, "shi": 6}
# Marks that differ by a bracket that a typist forgets.
_TWINS = {"cnr": "cnp", "arr": "arp", "arp": "arr", "cnp": "cnr"}
# How many numbers a careless list may leave out.
_SKIPPED = 6
_INLINE_SCHEMES = frozenset({"shi", "di", "qi", "circ", "arp", "arr", "cnp", "ar"})
HEADING_LINE = 40
_GROUP = 20


class Node:
    """A numbered item, an unnumbered heading or a table row, with what stands below it.

    ``[start, end)`` is its own first paragraph, ``words`` where its words begin after the
    mark. ``paragraphs`` are the unnumbered paragraphs before its first child (or all, if
    it has no child), ``tail`` those after its last one. ``scheme`` is ``line`` for an
    unnumbered heading, ``label`` for a paragraph that names its part before a colon
    (原因分析：…), ``row`` for a table row. ``of_outline`` marks the headings that the
    outline asks for, and their siblings.
    """

    __slots__ = (
        "aspect", "block", "children", "end", "inline", "label", "level", "of_outline", "paragraphs", "part",
        "scheme", "start", "tail", "value", "words",
    )  # fmt: skip

    def __init__(
        self, start: int, end: int, scheme: str, label: str, value: int, words: int, level: int = 0
    ) -> None:
        self.start, self.end, self.words = start, end, words
        self.scheme, self.label, self.value, self.level = scheme, label, value, level
        self.children: list[Node] = []
        self.paragraphs: list[tuple[int, int]] = []
        self.tail: list[tuple[int, int]] = []
        self.part: PartKind | None = None
        self.aspect = -1
        self.of_outline = False
        self.inline = False
        self.block: Block | None = None

    def shorten(self, end: int) -> None:
        """Let its own paragraph end at ``end``; it may keep its mark and no words."""
        self.end = end
        self.words = min(self.words, end)

    def last_character(self) -> int:
        """Return the end of everything that stands below this node."""
        ends = [self.end, *(p[1] for p in self.paragraphs), *(p[1] for p in self.tail)]
        if self.children:
            ends.append(self.children[-1].last_character())
        return max(ends)


def is_heading_line(text: str, start: int, end: int) -> bool:
    """Tell whether ``[start, end)`` looks like a heading: short, and no full sentence."""
    return end - start <= HEADING_LINE and not any(
        mark in text[start : end - 1] for mark in "。；;！"
    )


def unnumbered_heading(text: str, block: Block, outline: Outline) -> bool:
    """Tell whether a block without a mark is a heading of a part or of an aspect."""
    if block.kind != "paragraph":
        return False
    if block.level:
        return True
    size = block.end - block.start
    if size > 30 or "。" in text[block.start : block.end] or "，" in text[block.end - 1]:
        return False
    words = text[block.start : block.end]
    if pattern("table_caption").fullmatch(words):
        return False
    if words[0] in "【〔〖" and words[-1] in "】〕〗":
        return outline.part_of(words, exact=True) is not None
    if words[-1] in "：:":
        return outline.part_of(words, exact=True) is not None
    if words[-1] in "；;、！？" or "：" in words or ":" in words:
        return False
    part = outline.part_of(words, exact=size > 16)
    return (part is not None and part != "opening") or (
        outline.aspect_of(words) >= 0 and words.endswith(("方面", "情况", "问题"))
    )


_LABEL = re.compile(
    r"[【\[〔〖]?([^：:。，；【】〔〕〖〗\n]{2,14}?)(?:[】\]〕〗][：:]?|[：:])[ \t\u3000]*"
)


class Label(NamedTuple):
    """A label before a colon (原因分析：…): the part it names and where its words begin."""

    part: PartKind
    end: int


def label_at(text: str, start: int, end: int, outline: Outline) -> Label | None:
    """Return the label that opens ``[start, end)``, or None where words and no label stand."""
    match = _LABEL.match(text, start, end)
    part = outline.part_of(match[1], exact=True) if match and match.end() < end else None
    return Label(part, match.end()) if match and part else None


def _last_index(stack: Sequence[Node], scheme: str) -> int:
    """Return where ``scheme`` stands in the stack, or -1."""
    return next((i for i, entry in enumerate(stack) if entry.scheme == scheme), -1)


class _Builder:
    def __init__(self, text: str, outline: Outline) -> None:
        self.text, self.outline = text, outline
        self.root = Node(0, 0, "root", "", 0, 0)
        self.stack = [self.root]
        self.decimals: set[str] = set()
        self.parent_scheme: dict[str, str] = {}
        self.last: dict[str, int] = {}

    def add(self, block: Block, following: Block | None) -> None:
        """Put a block in its place; ``following`` is the one after it, if any."""
        text = self.text
        if block.kind == "row":
            filled = [cell for cell in block.cells if cell.start < cell.end]
            if len(filled) != 1 or filled[0] != block.cells[0]:
                self._row(block)
                return
            # One cell across the table is a heading over the rows below it.
            block = Block(filled[0].start, filled[0].end)
        mark = mark_at(text, block.start, block.end)
        whole = mark is not None and mark.scheme == "named"
        if mark and (mark.end < block.end or whole) and self._plausible(mark):
            self._item(block, mark)
        elif unnumbered_heading(text, block, self.outline):
            level = max(block.level, 0)
            node = Node(block.start, block.end, "line", "", 0, block.start, level)
            self._push(node)
        elif label := label_at(text, block.start, block.end, self.outline):
            node = Node(block.start, block.end, "label", "", 0, label.end)
            node.part = label.part
            self._push(node)
        elif self._heads_items(block, following):
            self._push(Node(block.start, block.end, "line", "", 0, block.start))
        else:
            node = self.stack[-1]
            (node.tail if node.children else node.paragraphs).append((block.start, block.end))

    def _heads_items(self, block: Block, following: Block | None) -> bool:
        """Tell a short line between numbered items (限期整改类) that heads the next ones.

        It closes the items before it: they go on counting below the new heading.
        """
        text = self.text
        if following is None or block.end - block.start > _GROUP or len(self.stack) < 3:
            return False
        if not "\u4e00" <= text[block.end - 1] <= "\u9fff":
            return False
        mark = mark_at(text, following.start, following.end)
        depth = _last_index(self.stack, mark.scheme) if mark else -1
        if depth < 2 or any(char in text[block.start : block.end] for char in "，。；：:"):
            return False
        del self.stack[depth:]
        return True

    def _plausible(self, mark: Mark) -> bool:
        """Tell a decimal item number (1.2.1) from a figure that begins a paragraph."""
        if not mark.scheme.startswith("dec"):
            return True
        prefix = mark.label.replace("．", ".").rpartition(".")[0]
        if mark.value == 1 or prefix in self.decimals:
            self.decimals.add(prefix)
            return True
        return False

    def _item(self, block: Block, mark: Mark) -> None:
        start = block.start
        while self.text[start] in " \t\u3000":
            start += 1
        node = Node(start, block.end, mark.scheme, mark.label, mark.value, mark.end, block.level)
        parent = self._push(node)
        if mark.value == 2 and mark.scheme in _INLINE_SCHEMES:
            self._recover_first(parent, node)
        self._part_label(node)

    def _part_label(self, node: Node) -> None:
        """Part a heading from the labelled text that follows it in the same paragraph."""
        high = heading_span(self.text, node)[1]
        if high >= node.end:
            return
        label = label_at(self.text, high, node.end, self.outline)
        if label:
            below = Node(high, node.end, "label", "", 0, label.end)
            below.part = label.part
            node.end = high
            self._push(below)

    def _push(self, node: Node) -> Node:
        """Attach ``node`` where its scheme belongs; return its parent."""
        stack = self.stack
        self._mend_mark(node)
        if node.scheme == "named" and stack[-1].scheme == "label":
            # 直接原因：… and 间接原因之一：… stand side by side.
            stack.pop()
        for depth in range(1, len(stack)):
            entry = stack[depth]
            same = entry.scheme == node.scheme and (
                node.scheme != "line" or not (node.level or entry.level)
            )
            # Levels of styles order headings without numbers; between numbers the marks do.
            plain = "line" in (node.scheme, entry.scheme)
            higher = plain and node.level and entry.level >= node.level
            if same or higher:
                del stack[depth:]
                break
        else:
            self._back_to_known_level(node)
            self._close_items(node)
        parent = stack[-1]
        self.last[node.scheme] = node.value
        self.parent_scheme.setdefault(node.scheme, parent.scheme)
        parent.children.append(node)
        stack.append(node)
        return parent

    def _mend_mark(self, node: Node) -> None:
        """Take a misprinted mark for the one it stands for.

        五） after （四） has lost a bracket; a mark of another scheme that goes on counting
        (1. 2. ③) belongs to the list before it, and so does one that skips (1. 2. （8）):
        no list of its own begins there.
        """
        stack = self.stack[1:]
        schemes = {entry.scheme for entry in stack}
        twin = _TWINS.get(node.scheme)
        if twin in schemes and node.scheme not in schemes:
            node.scheme = twin or node.scheme
            return
        if node.value < 3 or self.last.get(node.scheme, 0) == node.value - 1:
            return
        heading = is_heading_line(self.text, node.start, node.end)
        if heading and self.outline.part_of(self.text[node.words : node.end]):
            return
        own = _last_index(stack, node.scheme)
        if own >= 0 and node.value - stack[own].value <= _SKIPPED // 2:
            return
        deeper = stack[own + 1 :]
        items = [entry for entry in reversed(deeper) if entry.scheme in _INLINE_SCHEMES]
        before = next((entry for entry in items if entry.value == node.value - 1), None)
        if before is None and node.scheme not in schemes and items:
            skipped = node.value - items[0].value
            before = items[0] if 0 < skipped <= _SKIPPED else None
        if before is not None:
            node.scheme = before.scheme

    def _close_items(self, node: Node) -> None:
        """A heading set by ``#`` or a style closes the items that are no headings."""
        if node.scheme != "line" or not node.level:
            return
        for depth in range(len(self.stack) - 1, 0, -1):
            if self.stack[depth].level:
                del self.stack[depth + 1 :]
                return

    def _back_to_known_level(self, node: Node) -> None:
        """Close a level that stands out of order: （一） after 1. where （一） held 1. before."""
        top = self.stack[-1].scheme
        if _RANK.get(node.scheme, 9) >= _RANK.get(top, 0):
            return
        known = self.parent_scheme.get(node.scheme)
        if known is None and _RANK[node.scheme] <= _RANK["cn"]:
            # An excerpt that begins below its first 一、: nothing ranks above that mark.
            known = "root"
        for depth, entry in enumerate(self.stack[:-1]):
            if entry.scheme == known:
                del self.stack[depth + 1 :]
                return

    def _recover_first(self, parent: Node, second: Node) -> None:
        """Find 一是 inside the paragraph before, when 二是 opens a paragraph of its own."""
        if any(c.scheme == second.scheme for c in parent.children[:-1]):
            return
        places = [*parent.paragraphs[-1:], (parent.words, parent.end)]
        for index, (low, high) in enumerate(places):
            first = _single_mark(self.text, low, high, second.scheme)
            if first is None:
                continue
            child = Node(first.start, high, first.scheme, first.label, 1, first.end)
            child.inline = True
            lead = trim(self.text, low, first.start)
            if index == 0 and parent.paragraphs:
                parent.paragraphs[-1:] = [lead] if lead[0] < lead[1] else []
            else:
                parent.shorten(lead[1])
            parent.children.insert(len(parent.children) - 1, child)
            return

    def _row(self, block: Block) -> None:
        stack = self.stack
        while stack[-1].scheme == "row":
            stack.pop()
        first = self.text[block.cells[0].start : block.cells[0].end] if block.cells else ""
        label = first if first.isalnum() and len(first) <= 4 else ""
        node = Node(block.start, block.end, "row", label, len(stack[-1].children) + 1, block.start)
        node.block = block
        stack[-1].children.append(node)


def _single_mark(text: str, start: int, end: int, scheme: str) -> InlineMark | None:
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


def _split_inline(text: str, node: Node) -> None:
    """Give a leaf the children that an enumeration inside its paragraphs makes."""
    if node.scheme in ("row", "root") or node.children:
        return
    marks = inline_marks(text, node.words, node.end)
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
        marks = inline_marks(text, low, high)
        if marks:
            rest = node.paragraphs[index + 1 :]
            lead = trim(text, low, marks[0].start)
            node.paragraphs[index:] = [lead] if lead[0] < lead[1] else []
            node.children += _inline_nodes(text, marks, high)
            for begin, stop in rest:
                more = inline_marks(text, begin, stop)
                if more:
                    node.children += _inline_nodes(text, more, stop)
                else:
                    node.tail.append((begin, stop))
            return


def _inline_nodes(text: str, marks: Sequence[InlineMark], stop: int) -> list[Node]:
    nodes: list[Node] = []
    ends = [mark.start for mark in marks[1:]] + [stop]
    for mark, end in zip(marks, ends, strict=True):
        low, high = trim(text, mark.start, end)
        node = Node(low, high, mark.scheme, mark.label, mark.value, mark.end)
        node.inline = True
        nodes.append(node)
    return nodes


def _unfold(text: str, parent: Node) -> None:
    """Split enumerations inside paragraphs, everywhere below ``parent``."""
    position = 0
    while position < len(parent.children):
        node = parent.children[position]
        if node.scheme in _INLINE_SCHEMES and not node.children and not node.inline:
            marks = _own_run(text, node)
            if marks:
                siblings = _inline_nodes(text, marks, node.end)
                siblings[-1].paragraphs = node.paragraphs
                siblings[0].level = node.level
                parent.children[position : position + 1] = siblings
                position += len(siblings)
                continue
        _split_inline(text, node)
        _unfold(text, node)
        position += 1


def _own_run(text: str, node: Node) -> list[InlineMark]:
    """Return the enumeration that goes on inside the paragraph which this item opens."""
    if node.scheme not in _INLINE_SCHEMES:
        return []
    marks = inline_marks(text, node.start, node.end, node.value)
    return marks if marks and marks[0].start == node.start else []


def heading_span(text: str, node: Node) -> tuple[int, int]:
    """Return the heading sentence of a node, mark included."""
    return node.start, min(first_sentence_end(text, node.words, node.end), node.end)


def build_tree(text: str, chosen: Sequence[Block], outline: Outline) -> Node:
    """Return the root of the numbering tree over ``chosen`` blocks (paragraphs and rows)."""
    builder = _Builder(text, outline)
    for block, following in zip_longest(chosen, chosen[1:]):
        builder.add(block, following)
    _unfold(text, builder.root)
    return builder.root
