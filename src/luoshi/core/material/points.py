"""Tree → points: the lowest numbered items, each with its kind and exact span."""

from __future__ import annotations

from dataclasses import dataclass, field

from luoshi.core import knowledge
from luoshi.core.material.frame import pattern
from luoshi.core.material.model import Point, PointKind
from luoshi.core.material.outline import Outline, PartKind
from luoshi.core.material.parts import (
    CARRYING,
    is_lead_in,
    is_signature,
    is_summary,
    labelled_part,
)
from luoshi.core.material.tree import Node, heading_span, is_heading_line
from luoshi.core.text.normalise import folded

_PREFIX = {
    "problem": "p", "cause": "c", "measure": "m", "previous": "v",
    "aspect_heading": "a", "section_heading": "s",
}  # fmt: skip


@dataclass(slots=True)
class _Found:
    kind: PointKind
    path: str
    start: int
    end: int
    words: int
    aspect: str


@dataclass(slots=True)
class _Collector:
    text: str
    outline: Outline
    found: list[_Found] = field(default_factory=list)
    tables: dict[int, PartKind | None] = field(default_factory=dict)

    def visit(self, node: Node, path: str, aspect: str, last: bool) -> None:
        """Collect the points at and below ``node``; ``last``: nothing numbered follows it."""
        if node.scheme == "row":
            self._row(node, path, aspect)
            return
        here = _join(path, node.label or self._name(node))
        if node.aspect >= 0:
            aspect = self.outline.aspects[node.aspect].name
        if not node.children and not self._heads_paragraphs(node):
            self._leaf(node, here, aspect, last)
            return
        self._heading(node, here, aspect)
        if not node.children:
            self._paragraphs(node, here, aspect, node.paragraphs, last)
            return
        self._labelled(node.paragraphs, here, aspect)
        for index, child in enumerate(node.children):
            self.visit(child, here, aspect, last and index + 1 == len(node.children))

    def _heads_paragraphs(self, node: Node) -> bool:
        """Tell a heading whose paragraphs are the points from an item with a short title."""
        if node.scheme == "line" or node.level and not node.label:
            return True
        if node.part not in CARRYING:
            return is_heading_line(self.text, node.start, node.end)
        if not node.paragraphs:
            return self._bare(node)
        low, high = heading_span(self.text, node)
        if high < node.end and not self._bare(node):
            return False
        words = self.text[node.words : high]
        named = self.outline.part_of(words, exact=True) is not None or node.aspect >= 0
        return named or words.rstrip("。：:").endswith("方面") or self._opens_part(node)

    def _opens_part(self, node: Node) -> bool:
        words = self.text[node.words : node.end]
        return node.end - node.start <= 40 and self.outline.part_of(words) == node.part and (
            node.scheme in ("cn", "part", "line") or node.level in (1, 2)
        )

    def _bare(self, node: Node) -> bool:
        """Tell whether the node is nothing but the name of a part or of an aspect."""
        words = folded(self.text[node.words : node.end]).rstrip("。：:")
        if self.outline.part_of(words, exact=True) is not None:
            return True
        return node.aspect >= 0 and "。" not in words and words.endswith(("方面", "情况"))

    def _heading(self, node: Node, path: str, aspect: str) -> None:
        low, high = heading_span(self.text, node)
        kind: PointKind = "section_heading"
        if node.of_outline:
            kind = "aspect_heading"
        self.found.append(_Found(kind, path, low, high, node.words, aspect))

    def _leaf(self, node: Node, path: str, aspect: str, last: bool) -> None:
        part = node.part
        if part not in CARRYING:
            return
        end = node.end
        labelled: list[tuple[int, int]] = []
        for index, (low, high) in enumerate(node.paragraphs):
            own = labelled_part(self.text, low, high, self.outline)
            if own in CARRYING and own != part:
                labelled = node.paragraphs[index:]
                break
            if self._detached(low, high) or (last and self._closes(node, index)):
                break
            end = high
        self.found.append(_Found(part, path, node.start, end, node.words, aspect))
        self._labelled(labelled, path, aspect)

    def _closes(self, node: Node, index: int) -> bool:
        """Tell whether the trailing paragraph of the last item of all ends the material.

        It does when the items before had no further paragraphs: the writer gives each
        item one, so what follows the last is the closing.
        """
        return self.single and index == 0

    single: bool = True

    def _detached(self, low: int, high: int) -> bool:
        return (
            is_summary(self.text, low, high)
            or is_signature(self.text, low, high)
            or bool(pattern("table_caption").fullmatch(self.text[low:high]))
        )

    def _paragraphs(
        self, node: Node, path: str, aspect: str, paragraphs: list[tuple[int, int]], last: bool
    ) -> None:
        """Collect unnumbered paragraphs below a heading, each a point."""
        part = node.part
        count = 0
        for index, (low, high) in enumerate(paragraphs):
            more = index + 1 < len(paragraphs)
            own = labelled_part(self.text, low, high, self.outline) or part
            if own not in CARRYING or self._detached(low, high):
                continue
            if more and is_lead_in(self.text, low, high):
                continue
            count += 1
            here = _join(path, f"段{count}")
            self.found.append(_Found(own, here, low, high, low, aspect))

    def _labelled(self, paragraphs: list[tuple[int, int]], path: str, aspect: str) -> None:
        """Collect paragraphs that say themselves what they carry (原因分析：…)."""
        count = 0
        for low, high in paragraphs:
            own = labelled_part(self.text, low, high, self.outline)
            if own in CARRYING and not is_lead_in(self.text, low, high):
                count += 1
                self.found.append(_Found(own, _join(path, f"段{count}"), low, high, low, aspect))

    def _row(self, node: Node, path: str, aspect: str) -> None:
        block = node.block
        if block is None:
            return
        first = block.table not in self.tables
        if first:
            self.tables[block.table] = self._columns(block.cells)
            if self.tables[block.table] is not None:
                return
        part = node.part if node.part in CARRYING else self.tables[block.table]
        if self.tables[block.table] is None and not (node.label and node.label.isdecimal()):
            return
        if part is None or part not in CARRYING:
            return
        here = _join(path, node.label or f"行{node.value}")
        self.found.append(_Found(part, here, node.start, node.end, node.words, aspect))

    def _columns(self, cells: tuple[tuple[int, int], ...]) -> PartKind | None:
        """Return what the rows of a table carry, by the words of its first row."""
        columns = knowledge.table("phrases/structure")["columns"]
        titles = [folded(self.text[low:high]) for low, high in cells]
        if any(len(title) > 16 for title in titles):
            return None
        for kind, patterns in columns.items():
            if any(_matches(patterns, title) for title in titles):
                return kind  # type: ignore[no-any-return]  # the data file's keys are part kinds
        return None

    def _name(self, node: Node) -> str:
        words = folded(self.text[node.words : node.end])
        return words[:10].rstrip("：:。，、")


def _matches(patterns: list[str], title: str) -> bool:
    import re

    return any(re.search(p, title) for p in patterns)


def _join(path: str, label: str) -> str:
    return f"{path}/{label}" if path else label


def _single_paragraphs(node: Node) -> bool:
    """Tell whether all numbered leaves but the last one consist of one paragraph."""
    leaves: list[Node] = []
    stack = [node]
    while stack:
        top = stack.pop()
        if top.children:
            stack.extend(reversed(top.children))
        elif top.part in CARRYING and top.label:
            leaves.append(top)
    same = [leaf for leaf in leaves[:-1] if leaf.part == leaves[-1].part] if leaves else []
    return not any(leaf.paragraphs for leaf in same)


def collect_points(text: str, root: Node, outline: Outline) -> tuple[Point, ...]:
    """Return all points of the tree in text order, with ids that count per kind."""
    collector = _Collector(text, outline)
    collector.single = _single_paragraphs(root)
    for index, child in enumerate(root.children):
        collector.visit(child, "", "", index + 1 == len(root.children))
    counts: dict[str, int] = {}
    points: list[Point] = []
    for item in sorted(collector.found, key=lambda f: (f.start, -f.end)):
        prefix = _PREFIX[item.kind]
        counts[prefix] = counts.get(prefix, 0) + 1
        points.append(
            Point(
                f"{prefix}{counts[prefix]}", item.kind, item.path, item.start, item.end,
                item.words, item.aspect,
            )
        )  # fmt: skip
    return tuple(points)
