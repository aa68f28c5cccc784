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
_LEFT, _RIGHT = "\ue000", "\ue001"  # for private use: no text has them
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
    ahead = _alike_ahead(left, right)
    behind = _alike_ahead(left[ahead:][::-1], right[ahead:][::-1])
    found = _in_order(left[ahead : len(left) - behind], right[ahead : len(right) - behind])
    found = [Same(one.left + ahead, one.right + ahead, one.length) for one in found]
    if ahead:
        found.append(Same(0, 0, ahead))
    if behind:
        found.append(Same(len(left) - behind, len(right) - behind, behind))
    return sorted([*found, *_moved(left, right, found)])


def _alike_ahead(left: str, right: str) -> int:
    """Return how many characters two wordings begin with alike; 0 where they tell nothing."""
    pairs = enumerate(zip(left, right, strict=False))
    many = next((at for at, (one, other) in pairs if one != other), min(len(left), len(right)))
    return many if len(_MARK.sub("", left[:many])) >= _SHORTEST else 0


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
    # A clause that is repeated all through a long text leads nowhere, and costs the square of its count.
    matcher = SequenceMatcher(None, lefts, rights, autojunk=True)
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
    lefts, rights = list(left), list(right)
    for one in found:
        _blank(lefts, rights, one)
    if sum(c != _LEFT for c in lefts) * sum(c != _RIGHT for c in rights) > _LONG * _LONG:
        return []
    out: list[Same] = []
    while len(out) < _MOST_MOVED:
        matcher = SequenceMatcher(None, "".join(lefts), "".join(rights), autojunk=False)
        i, k, size = matcher.find_longest_match()
        if size < _MOVED:
            break
        out.append(Same(i, k, size, moved=True))
        _blank(lefts, rights, out[-1])
    return [one for one in out if _MARK.sub("", left[one.left : one.left + one.length])]


def _blank(lefts: list[str], rights: list[str], one: Same) -> None:
    """Put what agrees with nothing in the place of what has been matched."""
    lefts[one.left : one.left + one.length] = _LEFT * one.length
    rights[one.right : one.right + one.length] = _RIGHT * one.length
