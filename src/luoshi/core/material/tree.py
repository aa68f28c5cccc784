"""Blocks → numbering tree, tolerant of the mess of real texts.

The levels are not fixed beforehand: the first time a scheme of marks appears it opens a
level below the current one, and when it appears again it closes everything below it.
Missing levels, mixed brackets and headings without a number therefore need no rules of
their own.
"""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.core.material.inline import single_mark, unfold
from luoshi.core.material.nodes import (
    ITEM_SCHEMES,
    Node,
    heading_span,
    is_heading_line,
    label_at,
    unnumbered_heading,
)
from luoshi.core.material.outline import Outline
from luoshi.core.reading.model import Block
from luoshi.core.text.marks import Mark, mark_at
from luoshi.core.text.sentences import trim

# The order GB/T 9704-2012, 7.3.3 gives to the marks; used only where a text breaks it.
_RANK = {"part": 0, "cn": 1, "cnp": 2, "ar": 3, "arp": 4, "circ": 5, "shi": 6}
# Marks that differ by a bracket that a typist forgets.
_TWINS = {"cnr": "cnp", "arr": "arp", "arp": "arr", "cnp": "cnr"}
# How many numbers a careless list may leave out.
_SKIPPED = 6
_GROUP = 20


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

    def add(self, block: Block, mark: Mark | None, following: Mark | None) -> None:
        """Put a block in its place; ``following`` is the mark of the one after it, if any."""
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

    def _heads_items(self, block: Block, following: Mark | None) -> bool:
        """Tell a short line between numbered items (限期整改类) that heads the next ones.

        It closes the items before it: they go on counting below the new heading.
        """
        text = self.text
        if following is None or block.end - block.start > _GROUP or len(self.stack) < 3:
            return False
        if not "\u4e00" <= text[block.end - 1] <= "\u9fff":
            return False
        depth = _last_index(self.stack, following.scheme)
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
        if mark.value == 2 and mark.scheme in ITEM_SCHEMES:
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
        items = [entry for entry in reversed(deeper) if entry.scheme in ITEM_SCHEMES]
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
            first = single_mark(self.text, low, high, second.scheme)
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


def build_tree(
    text: str, chosen: Sequence[Block], marks: Sequence[Mark | None], outline: Outline
) -> Node:
    """Return the root of the numbering tree over ``chosen`` blocks (paragraphs and rows).

    ``marks`` are the item marks that the blocks begin with.
    """
    builder = _Builder(text, outline)
    for block, mark, following in zip(chosen, marks, [*marks, None][1:], strict=True):
        builder.add(block, mark, following)
    unfold(text, builder.root)
    return builder.root
