"""Which part of the material every node of the tree belongs to."""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

from luoshi.core import knowledge
from luoshi.core.material.frame import pattern
from luoshi.core.material.nodes import HEADING_LINE, Node, heading_span, label_at
from luoshi.core.material.outline import Outline, PartKind
from luoshi.core.text.normalise import folded

Carrying = Literal["problem", "cause", "measure", "previous"]
CARRYING: frozenset[PartKind] = frozenset({"problem", "cause", "measure", "previous"})


def carried(part: PartKind | None) -> Carrying | None:
    """Return the part if its items are points, else None."""
    return part if part in ("problem", "cause", "measure", "previous") else None


# Headings of the outline are long: some spell out a whole paragraph of demands.
_LONGEST = HEADING_LINE * 8
_NUMBER = re.compile(r"之?[\s（(]*[\d一二三四五六七八九十]+[）)]?$")


def assign_parts(text: str, root: Node, outline: Outline) -> None:
    """Set ``part`` and ``aspect`` of every node below ``root``.

    Headings say it; where they do not (an excerpt that begins in the middle), the words
    of the items themselves decide for all siblings together.
    """
    for child in root.children:
        _assign(text, child, outline, None, 0)
    _assign_siblings_of_aspects(root)
    _by_position(root.children)
    unknown = [c for c in root.children if c.part is None]
    if unknown and not any(c.part == "problem" for c in root.children):
        _guess(text, unknown)
    else:
        for node in unknown:
            if node.children:
                _guess(text, [node])


def _by_position(nodes: list[Node]) -> None:
    """A heading in words of its own between problems and measures opens the causes."""
    for index, node in enumerate(nodes):
        if node.part is not None or not (node.children or node.paragraphs):
            continue
        before = next((n.part for n in reversed(nodes[:index]) if n.part in CARRYING), None)
        after = next((n.part for n in nodes[index + 1 :] if n.part in CARRYING), None)
        if before == "problem" and after == "measure":
            _set_part(node, "cause")


def _assign(
    text: str, node: Node, outline: Outline, inherited: PartKind | None, depth: int
) -> None:
    low, high = heading_span(text, node)
    heading = text[node.words : high]
    opens = bool(node.children or node.paragraphs or node.level or node.scheme == "line")
    part: PartKind | None = node.part
    if part is None and node.scheme != "row" and not node.inline and high - low <= _LONGEST:
        outer = opens or depth == 0
        loose = outer and inherited not in CARRYING and high - low <= HEADING_LINE * 2
        part = outline.part_of(heading, exact=not loose)
        if inherited in (None, "problem") and part in (None, "problem", "case"):
            node.aspect = outline.aspect_of(heading)
            if not opens and high == node.end and not _names_aspect(heading):
                node.aspect = -1
    node.part = part or _other_sign(text, node, outline, inherited) or inherited
    node.of_outline = opens and (
        (node.aspect >= 0 and node.part in ("problem", "case"))
        # Any heading of the problems that calls itself an aspect (…方面) is one.
        or (node.part == "problem" == inherited and heading.rstrip("。：:").endswith("方面"))
    )
    for child in node.children:
        _assign(text, child, outline, node.part, depth + 1)


def _other_sign(
    text: str, node: Node, outline: Outline, inherited: PartKind | None
) -> PartKind | None:
    """Return the part that a node's aspect, label (原因：…) or mark (问题1：) tells, or None."""
    aspect = outline.aspects[node.aspect].part if node.aspect >= 0 else None
    if aspect == "case":
        return aspect
    label = label_at(text, node.words, node.end, outline)
    if label:
        return label.part
    if node.scheme == "named":
        return outline.part_of(_NUMBER.sub("", node.label), exact=True)
    return aspect if inherited is None else None


def _names_aspect(heading: str) -> bool:
    return heading.rstrip("。：:").endswith(("方面", "情况"))


def _assign_siblings_of_aspects(root: Node) -> None:
    """An unrecognised heading between headings of the outline is one of them, misworded."""
    stack = [root]
    while stack:
        node = stack.pop()
        stack.extend(node.children)
        aspects = [c for c in node.children if c.aspect >= 0 and c.part == "problem"]
        if len(aspects) < 2:
            for child in node.children:
                child.of_outline = child.of_outline and child.part == "problem"
        elif node.part in (None, "problem"):
            for child in node.children:
                if child.scheme != aspects[0].scheme or child.part not in (None, "problem"):
                    continue
                _set_part(child, "problem")
                child.of_outline = bool(child.children or child.paragraphs)


def _set_part(node: Node, part: PartKind) -> None:
    if node.part is None:
        node.part = part
        for child in node.children:
            _set_part(child, part)


def _guess(text: str, nodes: list[Node]) -> None:
    counts: Counter[PartKind] = Counter()
    for node in nodes:
        words = folded(text[node.start : node.last_character()])
        for kind, weight in cues(words):
            counts[kind] += weight
    if not counts:
        return
    ranked = counts.most_common(2)
    if len(ranked) == 1 or ranked[0][1] >= 1.3 * ranked[1][1]:
        for node in nodes:
            _set_part(node, ranked[0][0])


def cues(words: str) -> list[tuple[PartKind, int]]:
    """Return how many words of each kind of statement a text has (data/phrases/cues.toml)."""
    kinds: tuple[PartKind, ...] = ("problem", "cause", "measure", "previous")
    return [(k, n) for k in kinds if (n := len(_cue(k).findall(words)))]


_COMPILED: dict[str, re.Pattern[str]] = {}


def _cue(kind: str) -> re.Pattern[str]:
    if kind not in _COMPILED:
        _COMPILED[kind] = re.compile("|".join(knowledge.table("phrases/cues")[kind]))
    return _COMPILED[kind]


def is_lead_in(text: str, start: int, end: int) -> bool:
    """Tell whether a paragraph only announces what follows (主要表现在以下方面：)."""
    return bool(pattern("lead_in").search(folded(text[max(start, end - 60) : end])))


def is_summary(text: str, start: int, end: int) -> bool:
    """Tell whether a paragraph sums up or closes instead of carrying a point."""
    return bool(pattern("summary").match(folded(text[start : min(end, start + 40)])))


def is_signature(text: str, start: int, end: int) -> bool:
    """Tell whether a short line is a signature or a date."""
    words = text[start:end].strip()
    return end - start <= 40 and bool(pattern("signature").fullmatch(words))
