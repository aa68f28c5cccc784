"""Two documents side by side: their texts cut into pieces, shared passages joined by a number.

Pure values: whoever draws them chooses colours and words. A page gives each piece of a text one
element, in order; pieces leave nothing out and do not overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from luoshi.core.overlap.wording import Span, agreement, differing

Kind = Literal["own", "common", "same", "moved", "other", "gap"]

COLOURS = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one text: a half-open span of its characters, and what it is.

    ``kind``: ``own`` text of the document; ``common``: what the whole batch writes, which does not
    count (in ``documents`` documents); in a passage ``same`` word for word, ``moved`` the
    same in another order, ``other`` worded otherwise; ``gap``: a stretch that is not shown.
    ``numbers``: the passages it belongs to, the first one gives the colour.
    """

    start: int
    end: int
    kind: Kind
    numbers: tuple[int, ...] = ()
    documents: int = 0


@dataclass(frozen=True, slots=True)
class Common:
    """A span of a text that the batch has in common, and how many documents have it."""

    start: int
    end: int
    documents: int


@dataclass(frozen=True, slots=True)
class Joined:
    """A passage of both texts with its number (from 1, in the order of the left text)."""

    number: int
    left: Span
    right: Span

    @property
    def colour(self) -> int:
        """The number of its colour, 1 to `COLOURS`."""
        return (self.number - 1) % COLOURS + 1


@dataclass(frozen=True, slots=True)
class Sides:
    """The pieces of both texts, and the passages that join them."""

    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    joined: tuple[Joined, ...]


def side_by_side(
    left: str,
    right: str,
    passages: Iterable[tuple[Span, Span]],
    left_common: Sequence[Common] = (),
    right_common: Sequence[Common] = (),
) -> Sides:
    """Return two texts cut into pieces; ``passages`` are spans in the left and the right one."""
    joined = tuple(Joined(n, a, b) for n, (a, b) in enumerate(sorted(set(passages)), 1))
    lefts: list[Piece] = []
    rights: list[Piece] = []
    for one in joined:
        mine, theirs = left[slice(*one.left)], right[slice(*one.right)]
        same = agreement(mine, theirs)
        of_left = [(s.left, s.left + s.length, s.moved) for s in same]
        of_right = [(s.right, s.right + s.length, s.moved) for s in same]
        lefts += _of_passage(mine, one.left[0], one.number, of_left)
        rights += _of_passage(theirs, one.right[0], one.number, of_right)
    return Sides(
        _pieces(len(left), lefts, left_common), _pieces(len(right), rights, right_common), joined
    )


def _of_passage(
    words: str, at: int, number: int, same: Iterable[tuple[int, int, bool]]
) -> list[Piece]:
    """Return the pieces of one side of a passage; marks count as what stands before them."""
    spans = sorted(same)
    kinds: dict[Span, Kind] = {(s, e): "moved" if m else "same" for s, e, m in spans}
    for span in differing(words, [(s, e) for s, e, _ in spans]):
        kinds[span] = "other"
    out: list[Piece] = []
    for (start, end), kind in sorted(kinds.items()):
        if out:
            out[-1] = replace(out[-1], end=at + start)
        out.append(Piece(at + start if out else at, at + end, kind, (number,)))
    if not out:
        return [Piece(at, at + len(words), "same", (number,))] if words else []
    out[-1] = replace(out[-1], end=at + len(words))
    return out


def _pieces(length: int, passages: Sequence[Piece], common: Sequence[Common]) -> tuple[Piece, ...]:
    """Return a text of ``length`` characters as pieces: passages before what is common."""
    edges = {0, length}
    for start, end in [(p.start, p.end) for p in passages] + [(c.start, c.end) for c in common]:
        edges.update((start, min(end, length)))
    cuts = sorted(edges)
    index = {cut: number for number, cut in enumerate(cuts)}
    covering: list[list[Piece]] = [[] for _ in cuts]
    documents = [0] * len(cuts)
    for piece in passages:
        for k in range(index[piece.start], index[piece.end]):
            covering[k].append(piece)
    for each in common:
        for k in range(index[each.start], index[min(each.end, length)]):
            documents[k] = max(documents[k], each.documents)
    out: list[Piece] = []
    for k, (start, end) in enumerate(pairwise(cuts)):
        piece = _one(start, end, covering[k], documents[k])
        last = out[-1] if out else None
        if last and (last.kind, last.numbers, last.documents) == (
            piece.kind, piece.numbers, piece.documents,
        ):  # fmt: skip
            out[-1] = replace(last, end=end)
        else:
            out.append(piece)
    return tuple(out)


def _one(start: int, end: int, covering: Sequence[Piece], documents: int) -> Piece:
    if not covering:
        return Piece(start, end, "common" if documents else "own", (), documents)
    kinds = {piece.kind for piece in covering}
    # Where passages overlap, what one of them has word for word is no difference.
    kind: Kind = "same" if "same" in kinds else "moved" if "moved" in kinds else "other"
    numbers = tuple(dict.fromkeys(n for piece in covering for n in piece.numbers))
    return Piece(start, end, kind, numbers)


def shortened(pieces: Sequence[Piece], text: str, keep: int = 60) -> list[Piece]:
    """Return the pieces with long stretches outside all passages as gaps.

    ``keep`` characters stay on each side of a passage, more up to the end of the line. Where no
    passage is, the beginning stays.
    """
    inside = [(p.start, p.end) for p in pieces if p.numbers] or [(0, 0)]
    shown: list[list[int]] = []
    for start, end in inside:
        low = text.rfind("\n", max(0, start - 2 * keep), max(0, start - keep)) + 1
        low = low or max(0, start - keep)
        high = text.find("\n", end + keep, end + 2 * keep)
        high = high + 1 if high >= 0 else min(len(text), end + keep)
        if shown and low - shown[-1][1] <= keep:
            shown[-1][1] = max(high, shown[-1][1])
        else:
            shown.append([low, high])
    if shown and shown[0][0] <= keep:
        shown[0][0] = 0
    if shown and len(text) - shown[-1][1] <= keep:
        shown[-1][1] = len(text)
    return _cut(pieces, shown, len(text))


def _cut(pieces: Sequence[Piece], shown: Sequence[Sequence[int]], length: int) -> list[Piece]:
    out: list[Piece] = []
    at, k = 0, 0
    for low, high in shown:
        if at < low:
            out.append(Piece(at, low, "gap"))
        while k < len(pieces) and pieces[k].end <= low:
            k += 1
        j = k
        while j < len(pieces) and pieces[j].start < high:
            one = pieces[j]
            out.append(replace(one, start=max(one.start, low), end=min(one.end, high)))
            j += 1
        at = high
    if at < length:
        out.append(Piece(at, length, "gap"))
    return out
