"""Tree → points: the lowest numbered items, each with its kind and exact span."""

from __future__ import annotations

from dataclasses import dataclass, field

from luoshi.core.material.frame import lead, pattern
from luoshi.core.material.model import Point, PointKind
from luoshi.core.material.nodes import Node, heading_span, is_heading_line
from luoshi.core.material.outline import Outline, PartKind
from luoshi.core.material.parts import (
    CARRYING,
    Carrying,
    carried,
    is_lead_in,
    is_signature,
    is_summary,
)
from luoshi.core.material.tables import Table
from luoshi.core.reading.model import Span
from luoshi.core.text.normalise import folded

_PREFIX = {
    "problem": "p", "cause": "c", "measure": "m", "previous": "v",
    "aspect_heading": "a", "section_heading": "s",
}  # fmt: skip
# No name of a part is longer: whole paragraphs need not be compared with the names.
_LONGEST_NAME = 80


@dataclass(slots=True)
class _Found:
    kind: PointKind
    path: str
    start: int
    end: int
    words: int
    aspect: str
    remedy: Span | None = None
    tied: _Found | None = None


@dataclass(slots=True)
class _Collector:
    text: str
    outline: Outline
    found: list[_Found] = field(default_factory=list)
    final: Node | None = None
    single: bool = True
    long_parts: frozenset[PartKind] = frozenset()
    tables: dict[int, Table] = field(default_factory=dict)
    last_problem: _Found | None = None

    def visit(self, node: Node, path: str, aspect: str, last: bool) -> None:
        """Collect the points at and below ``node``; ``last``: no sibling follows it."""
        if node.scheme == "row":
            self._row(node, path, aspect)
            return
        here = _join(path, node.label or self._name(node))
        if node.aspect >= 0:
            aspect = self.outline.aspects[node.aspect].name
        if self._carries_itself(node):
            self._leaf(node, here, aspect, last and not node.children)
        elif node.scheme != "label":
            if node.words < node.end or node.scheme == "named":
                self._heading(node, here, aspect)
            if not node.children:
                self._paragraphs(node, here, aspect)
        for index, child in enumerate(node.children):
            self.visit(child, here, aspect, index + 1 == len(node.children))

    def _carries_itself(self, node: Node) -> bool:
        """Tell a point from a heading.

        An item with nothing but labelled paragraphs below (1. 文件失控。原因：… 措施：…) is
        a point itself, unless one of the labels says again what the item is.
        """
        if not node.children:
            return not self._heads_paragraphs(node)
        if any(child.scheme != "label" or child.part == node.part for child in node.children):
            return False
        return node.scheme != "line" and not node.of_outline and not self._bare(node)

    def _heads_paragraphs(self, node: Node) -> bool:
        """Tell a heading whose paragraphs are the points from an item with a short title."""
        if node.scheme == "line" or (node.level and not node.label):
            return True
        if node.part not in CARRYING:
            ends = self.text[node.end - 1] in "。；;！"
            return not ends and not node.inline and is_heading_line(self.text, node.start, node.end)
        if not node.paragraphs:
            return self._bare(node)
        high = heading_span(self.text, node)[1]
        if high < node.end and not self._bare(node):
            return False
        words = self.text[node.words : high]
        named = self.outline.part_of(words, exact=True) is not None or node.aspect >= 0
        return named or words.rstrip("。：:").endswith("方面") or self._opens_part(node)

    def _opens_part(self, node: Node) -> bool:
        words = self.text[node.words : node.end]
        return (
            node.end - node.start <= 40
            and self.outline.part_of(words) == node.part
            and (node.scheme in ("cn", "part", "line") or node.level in (1, 2))
        )

    def _bare(self, node: Node) -> bool:
        """Tell whether the node is nothing but the name of a part or of an aspect."""
        words = self.text[node.words : node.end]
        if len(words) <= _LONGEST_NAME and self.outline.part_of(words, exact=True) is not None:
            return True
        if node.aspect < 0:
            return False
        words = folded(words).rstrip("。：:")
        return "。" not in words and words.endswith(("方面", "情况"))

    def _heading(self, node: Node, path: str, aspect: str) -> None:
        low, high = heading_span(self.text, node)
        kind: PointKind = "section_heading"
        if node.of_outline:
            kind = "aspect_heading"
        self.found.append(_Found(kind, path, low, high, node.words, aspect))

    def _leaf(self, node: Node, path: str, aspect: str, last: bool) -> None:
        part = carried(node.part)
        if part is None:
            return
        end = node.end
        others: list[_Found] = []
        for index, (low, high) in enumerate(node.paragraphs):
            own = self._lead(low, high, part)
            if own is not None:
                others.append(_Found(own, _join(path, f"段{index + 1}"), low, high, low, aspect))
            elif (
                others
                or self._detached(low, high)
                or (last and self._closes(index, low, high, part, node is self.final))
            ):
                break
            else:
                end = high
        self.found.append(_Found(part, path, node.start, end, node.words, aspect))
        self.found += others

    def _lead(self, low: int, high: int, part: PartKind) -> Carrying | None:
        """Return what an unnumbered paragraph among problems carries by its first words."""
        kinds: tuple[Carrying, ...] = ()
        if part in ("problem", "measure"):
            kinds = ("cause", "measure") if part == "problem" else ("cause",)
        return next((kind for kind in kinds if lead(kind).match(self.text, low, high)), None)

    def _closes(self, index: int, low: int, high: int, part: PartKind, final: bool) -> bool:
        """Tell whether a paragraph after the last item of a list ends the list.

        It does when the writer gives each item before one paragraph only: what follows
        the last then sums up. ``final``: the list is the last of the material.
        """
        if pattern("attribute").match(self.text, low, high):
            return False
        if final and pattern("closing").search(self.text, low, high):
            return True
        return index == 0 and (self.single or (final and part not in self.long_parts))

    def _detached(self, low: int, high: int) -> bool:
        return (
            is_summary(self.text, low, high)
            or is_signature(self.text, low, high)
            or bool(pattern("table_caption").fullmatch(self.text[low:high]))
        )

    def _paragraphs(self, node: Node, path: str, aspect: str) -> None:
        """Collect unnumbered paragraphs below a heading, each a point."""
        part = carried(node.part)
        if part is None:
            return
        count = 0
        for index, (low, high) in enumerate(node.paragraphs):
            more = index + 1 < len(node.paragraphs)
            if self._lead(low, high, part) is None and (
                self._detached(low, high) or (more and is_lead_in(self.text, low, high))
            ):
                continue
            count += 1
            here = _join(path, f"段{count}")
            own = self._lead(low, high, part) or part
            self.found.append(_Found(own, here, low, high, low, aspect))

    def _row(self, node: Node, path: str, aspect: str) -> None:
        block = node.block
        if block is None:
            return
        if block.table not in self.tables:
            self.tables[block.table] = Table(self.text, block.cells)
            if self.tables[block.table].columns:
                return
        numbered = bool(node.label and node.label.isdecimal())
        row = self.tables[block.table].row(self.text, block, carried(node.part), numbered)
        if row is None:
            return
        here = _join(path, node.label or f"行{node.value}")
        found = _Found(row.kind, here, node.start, node.end, node.words, aspect, row.remedy)
        if row.above:
            found.tied = self.last_problem
        elif row.kind == "problem":
            self.last_problem = found
            found.tied = found if row.remedy else None
        self.found.append(found)

    def _name(self, node: Node) -> str:
        start, end = node.words, node.end
        if node.scheme == "label":
            start, end = node.start, node.words
        words = folded(self.text[start:end])
        return words[:10].rstrip("：:。，、")


def _join(path: str, label: str) -> str:
    return f"{path}/{label}" if path else label


def _survey(root: Node, collector: _Collector) -> None:
    """Note which lists have items of several paragraphs, and the last item of all."""
    stack = list(reversed(root.children))
    leaves: list[Node] = []
    followed: set[int] = set()
    top = root
    while stack:
        top = stack.pop()
        stack.extend(reversed(top.children))
        followed.update(id(child) for child in top.children[:-1])
        if not top.children and top.part in CARRYING and (top.label or top.scheme == "label"):
            leaves.append(top)
    long = [leaf for leaf in leaves if leaf.paragraphs]
    collector.single = not any(id(leaf) in followed for leaf in long)
    collector.final = leaves[-1] if leaves and leaves[-1] is top else None
    collector.long_parts = frozenset(
        leaf.part for leaf in long if leaf.part and leaf is not collector.final
    )


def collect_points(text: str, root: Node, outline: Outline) -> tuple[Point, ...]:
    """Return all points of the tree in text order, with ids that count per kind."""
    collector = _Collector(text, outline)
    _survey(root, collector)
    for index, child in enumerate(root.children):
        collector.visit(child, "", "", index + 1 == len(root.children))
    counts: dict[str, int] = {}
    ids: dict[int, str] = {}
    found = sorted(collector.found, key=lambda f: (f.start, -f.end))
    for item in found:
        prefix = _PREFIX[item.kind]
        counts[prefix] = counts.get(prefix, 0) + 1
        ids[id(item)] = f"{prefix}{counts[prefix]}"
    return tuple(
        Point(
            ids[id(f)], f.kind, f.path, f.start, f.end, f.words, f.aspect,
            f.remedy, ids[id(f.tied)] if f.tied else "",
        )
        for f in found
    )  # fmt: skip
