"""What two wordings of one passage have in common, and which words differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Span = tuple[int, int]

_SHORTEST = 2  # characters: a single 的 between exchanged words is no agreement
_MOVED = 4  # ... of a clause that stands elsewhere in the other wording
_MOST_MOVED = 40
_LONG = 1_500  # characters up to which every character is compared with every other
_CLAUSE = re.compile(r"[^，。；：！？\n]*[，。；：！？\n]+|[^，。；：！？\n]+")
_MARK = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, order=True)
class Same:
    """Characters that stand in both wordings: where in each, how many, whether in another order."""

    left: int
    right: int
    length: int
    moved: bool = False


def agreement(left: str, right: str) -> list[Same]:
    """Return what two wordings have in common word for word, in the order of the left one.

    First what follows in the same order, then clauses that changed places. Numbers count as
    words; marks alone are no agreement.
    """
    if left == right:
        return [Same(0, 0, len(left))] if left else []
    found = _in_order(left, right)
    return sorted([*found, *_moved(left, right, found)])


def differing(text: str, same: Sequence[Span]) -> list[Span]:
    """Return the spans of a wording outside ``same`` that hold more than marks."""
    out, at = [], 0
    for start, end in [*sorted(same), (len(text), len(text))]:
        if at < start and _MARK.sub("", text[at:start]):
            out.append((at, start))
        at = max(at, end)
    return out


def _in_order(left: str, right: str) -> list[Same]:
    if max(len(left), len(right)) <= _LONG:
        return _blocks(left, right, 0, 0)
    # Of long wordings whole clauses are compared first, characters only where clauses differ.
    lefts, rights = _CLAUSE.findall(left), _CLAUSE.findall(right)
    left_at, right_at = _ends(lefts), _ends(rights)
    found: list[Same] = []
    matcher = SequenceMatcher(None, lefts, rights, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        low, high = left_at[i], right_at[k]
        if kind == "equal":
            found.append(Same(low, high, left_at[j] - low))
        elif kind == "replace" and max(left_at[j] - low, right_at[m] - high) <= _LONG:
            found += _blocks(left[low : left_at[j]], right[high : right_at[m]], low, high)
    return found


def _ends(pieces: Sequence[str]) -> list[int]:
    at = [0]
    for piece in pieces:
        at.append(at[-1] + len(piece))
    return at


def _blocks(left: str, right: str, left_at: int, right_at: int) -> list[Same]:
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return [
        Same(left_at + i, right_at + k, size)
        for i, k, size in blocks
        if len(_MARK.sub("", left[i : i + size])) >= _SHORTEST
    ]


def _moved(left: str, right: str, found: Sequence[Same]) -> list[Same]:
    """Return clauses among what is left over that stand elsewhere in the other wording."""
    lefts = _left_over(left, [(one.left, one.left + one.length) for one in found])
    rights = _left_over(right, [(one.right, one.right + one.length) for one in found])
    out: list[Same] = []
    while lefts and rights and len(out) < _MOST_MOVED:
        best = max(
            (_longest(left, right, one, other) for one in lefts for other in rights),
            key=lambda same: same.length,
        )
        if best.length < _MOVED:
            break
        out.append(best)
        lefts = _without(lefts, (best.left, best.left + best.length))
        rights = _without(rights, (best.right, best.right + best.length))
    return out


def _left_over(text: str, same: Sequence[Span]) -> list[Span]:
    spans = [(s, e) for s, e in differing(text, same) if _MOVED <= e - s <= _LONG]
    return sorted(spans, key=lambda span: span[0] - span[1])[:_MOST_MOVED]


def _longest(left: str, right: str, one: Span, other: Span) -> Same:
    matcher = SequenceMatcher(None, left[slice(*one)], right[slice(*other)], autojunk=False)
    i, k, size = matcher.find_longest_match()
    return Same(one[0] + i, other[0] + k, size, moved=True)


def _without(spans: Sequence[Span], taken: Span) -> list[Span]:
    out = []
    for start, end in spans:
        if taken[0] < start or taken[1] > end:
            out.append((start, end))
            continue
        rest = ((start, taken[0]), (taken[1], end))
        out += [(low, high) for low, high in rest if high - low >= _MOVED]
    return out
