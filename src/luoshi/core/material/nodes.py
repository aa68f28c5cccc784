"""Nodes of the numbering tree, and how a heading or a label is told from a statement."""

from __future__ import annotations

import re
from typing import NamedTuple

from luoshi.core.material.frame import pattern
from luoshi.core.material.outline import Outline, PartKind
from luoshi.core.reading.model import Block
from luoshi.core.text.sentences import first_sentence_end

HEADING_LINE = 40
_STOP = re.compile("[。；;！]")
# Schemes whose marks also stand inside paragraphs, or by mistake for one another.
ITEM_SCHEMES = frozenset({"shi", "di", "qi", "circ", "arp", "arr", "cnp", "ar"})


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
    return end - start <= HEADING_LINE and not _STOP.search(text, start, end - 1)


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


def heading_span(text: str, node: Node) -> tuple[int, int]:
    """Return the heading sentence of a node, mark included."""
    return node.start, min(first_sentence_end(text, node.words, node.end), node.end)
