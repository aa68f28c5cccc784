"""The consensus of a batch: a character that sounds like what all others write in its place.

Where one document writes it so and all others otherwise, it is likely a slip.

Every character (and every two) is looked at in the words around it: eight units left and right
of it, marks counted as one unit. What many documents write there is the usual spelling; what at most
a few write, and sounds the same, is a slip. Names, numbers and pairs that are both right are left
alone (`spelling.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap.folding import fold, places
from luoshi.core.overlap.spelling import is_slip, is_word_there

Keys = NDArray[np.uint64]
Places = NDArray[np.int64]
Place = tuple[int, int, int]  # document, start, end

LEAST = 5  # documents that must agree
RATIO = 8  # ... for each that does not
MOST_CHARACTERS = 60_000_000
_SHAPES = ((4, 4), (2, 6), (6, 2), (1, 7), (7, 1))
_HOLES = (1, 2)
_MARK = 1
_RARE = 6
_REACH = 24  # units on each side that are compared once a slip is suspected
_AROUND, _AROUND_WORD = 14, 20  # ... and how many must agree; more where it is a word as well
_STRETCH = 1 << 21
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX = np.uint64(0xC2B2AE3D27D4EB4F)
_GRAM = 3


@dataclass(frozen=True, slots=True, order=True)
class Slip:
    """A likely slip: at ``place`` (document, start, end) stands ``written``, elsewhere ``usual``.

    ``documents`` write the usual spelling between the same words, ``few`` this one; ``example`` is
    a place of the usual one.
    """

    place: Place
    written: str
    usual: str
    documents: int
    few: int
    example: Place


def slips(texts: Sequence[str], references: int = 0) -> list[Slip]:
    """Return the likely slips in the texts behind the first ``references``, which only agree.

    Raises ``ValueError`` for more than `MOST_CHARACTERS` in all: ask for fewer at a time.
    """
    if sum(map(len, texts)) > MOST_CHARACTERS:
        raise ValueError("too much text at once")
    if len(texts) < LEAST + 1:
        return []
    row = _Row(texts)
    best: dict[Place, Slip] = {}
    for hole in _HOLES:
        candidates = row.odd(hole)
        for shape in _SHAPES:
            for one in _found(row, candidates, shape, hole, references):
                held = best.get(one.place)
                if held is None or one.documents > held.documents:
                    best[one.place] = one
    return _separate(sorted(best.values()))


class _Row:
    """All texts in one row of units: characters as they are compared, marks as one, 0 between."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        rows, ways = zip(*(_units(text) for text in texts), strict=True)
        lengths = np.fromiter(map(len, rows), np.int64, len(rows))
        self.starts = np.cumsum(lengths) - lengths
        self.units = np.concatenate(rows)
        self.ways = ways
        self._counts: NDArray[np.int64] | None = None

    def document(self, at: Places) -> Places:
        """Return the documents in which units stand."""
        found: Places = np.searchsorted(self.starts, at, side="right") - 1
        return found

    def place(self, at: int, length: int) -> Place:
        """Return where units stand in their text."""
        number = int(self.document(np.array([at]))[0])
        low = at - int(self.starts[number])
        way = self.ways[number]
        return number, int(way[low]), int(way[low + length - 1]) + 1

    def agreement(self, at: int, others: Places, hole: int, needed: int) -> int:
        """Return how many of ``others`` have ``needed`` units around them as ``at`` has, unbroken."""
        told = np.zeros(len(others), np.int64)
        for step, first in ((-1, -1), (1, hole)):
            same = np.ones(len(others), bool)
            for k in range(_REACH):
                offset = first + step * k
                if not 0 <= at + offset < len(self.units) or self.units[at + offset] == 0:
                    break
                inside = np.clip(others + offset, 0, len(self.units) - 1)
                same &= self.units[inside] == self.units[at + offset]
                told += same
        return int((told >= needed).sum())

    def odd(self, hole: int) -> NDArray[np.bool_]:
        """Tell of each unit whether a slip may begin there: in a rare gram, beside a frequent one."""
        counts = self._gram_counts()
        odd = np.zeros(len(self.units), bool)
        at = np.arange(_GRAM, len(self.units) - hole - _GRAM)
        for low in range(0, len(at), _STRETCH):
            some = at[low : low + _STRETCH]
            beside = np.maximum(counts[some - _GRAM], counts[some + hole])
            # Every gram that holds the suspect is rare; those that end before it or begin
            # behind it are not, one of them at least.
            inside = np.maximum(
                counts[some - 1], np.maximum(counts[some - 2], counts[some + hole - 1])
            )
            odd[some] = (beside > LEAST) & (_RARE * inside <= beside)
        odd[self.units <= _MARK] = False
        return odd

    def _gram_counts(self) -> NDArray[np.int64]:
        """Return how often the three units from each on stand in all texts; never too few."""
        if self._counts is None:
            size = 1 << int(np.clip(np.ceil(np.log2(32 * len(self.units) + 1)), 16, 24))
            table = np.zeros(size, np.int64)
            slots = [(first, keys & np.uint64(size - 1)) for first, keys in self._keys(_GRAM)]
            for _, some in slots:
                table += np.bincount(some.astype(np.int64), minlength=size)
            self._counts = np.zeros(len(self.units), np.int64)
            for first, some in slots:
                self._counts[first : first + len(some)] = table[some]
        return self._counts

    def contexts(
        self, shape: tuple[int, int], hole: int, only: NDArray[np.bool_] | None = None
    ) -> Iterator[tuple[Places, Keys]]:
        """Give in stretches the places of holes (``only`` some) and the keys of what is around them."""
        left, right = shape
        whole = left + hole + right
        for first in range(0, len(self.units), _STRETCH):
            units = self.units[first : first + _STRETCH + whole - 1]
            if len(units) < whole:
                return
            chosen = np.ones(len(units) - whole + 1, bool)
            for k in range(left, left + hole):
                chosen &= units[k : k + len(chosen)] > _MARK
            if only is not None:
                chosen &= only[first + left : first + left + len(chosen)]
            for side, gap in ((left, -1), (right, hole)):
                if side == 1:
                    # One unit alone tells nothing unless the clause begins or ends there.
                    chosen &= units[left + gap : left + gap + len(chosen)] == _MARK
            at = np.flatnonzero(chosen)
            sums, back = _sums(units)
            empty = np.concatenate([np.zeros(1, np.int32), np.cumsum(units == 0, dtype=np.int32)])
            at = at[empty[at + whole] == empty[at]]
            before = (sums[at + left] - sums[at]) * back[at]
            behind = at + left + hole
            after = (sums[behind + right] - sums[behind]) * back[behind]
            yield first + at + left, _mixed(before * _MIX + after)

    def _keys(self, length: int) -> Iterator[tuple[int, Keys]]:
        """Give in stretches where they begin and the keys of the grams in them."""
        for first in range(0, len(self.units), _STRETCH):
            units = self.units[first : first + _STRETCH + length - 1]
            if len(units) >= length:
                sums, back = _sums(units)
                sums = sums[length:] - sums[:-length]
                yield first, _mixed(sums * back[: len(sums)])


def _found(
    row: _Row, odd: NDArray[np.bool_], shape: tuple[int, int], hole: int, references: int
) -> Iterator[Slip]:
    """Give the slips that one shape of context shows."""
    keys, at = _shared_contexts(row, odd, shape, hole)
    inside = row.units[at].astype(np.int64)
    for k in range(1, hole):
        inside = (inside << 16) | row.units[at + k]
    documents = row.document(at)
    heads = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else keys
    lengths = np.diff(np.append(heads, len(keys)))
    if not len(keys):
        return
    varied = np.minimum.reduceat(inside, heads) != np.maximum.reduceat(inside, heads)
    for low, many in zip(heads[varied].tolist(), lengths[varied].tolist(), strict=True):
        if many > LEAST:
            part = slice(low, low + many)
            yield from _in_context(
                row,
                hole,
                references,
                inside[part].tolist(),
                documents[part].tolist(),
                at[part].tolist(),
            )


def _shared_contexts(
    row: _Row, odd: NDArray[np.bool_], shape: tuple[int, int], hole: int
) -> tuple[Keys, Places]:
    """Return the places whose context is that of a suspect, sorted by context."""
    wanted = [keys for _, keys in row.contexts(shape, hole, odd)]
    number = sum(map(len, wanted))
    table = np.zeros(1 << int(np.ceil(np.log2(8 * number + 2))), bool)
    mask = np.uint64(len(table) - 1)
    for keys in wanted:
        table[keys & mask] = True
    found_keys, found_at = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
    for at, keys in row.contexts(shape, hole) if number else ():
        hit = table[keys & mask]
        found_keys.append(keys[hit])
        found_at.append(at[hit])
    keys, at = np.concatenate(found_keys), np.concatenate(found_at)
    order = np.argsort(keys, kind="stable")
    return keys[order], at[order]


def _in_context(
    row: _Row, hole: int, references: int, inside: list[int], documents: list[int], at: list[int]
) -> Iterator[Slip]:
    """Give the slips among what stands between the same words."""
    by_spelling: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for spelling, document, start in zip(inside, documents, at, strict=True):
        by_spelling[spelling].setdefault(document, start)
    usual = max(by_spelling, key=lambda spelling: (len(by_spelling[spelling]), -spelling))
    agreeing = by_spelling[usual]
    if len(agreeing) < LEAST:
        return
    example = row.place(next(iter(agreeing.values())), hole)
    right = _letters(usual, hole)
    for spelling, held in by_spelling.items():
        if spelling == usual or len(held) > max(1, len(agreeing) // RATIO):
            continue
        for document, start in held.items():
            place = row.place(start, hole)
            written = _letters(spelling, hole)
            text = row.texts[document]
            if document < references or not is_slip(text, place[1], written, right):
                continue
            needed = _AROUND_WORD if is_word_there(text, place[1], written) else _AROUND
            starts = np.fromiter(agreeing.values(), np.int64, len(agreeing))
            if row.agreement(start, starts, hole, needed) >= LEAST:
                yield Slip(place, written, right, len(agreeing), len(held), example)


def _letters(spelling: int, hole: int) -> str:
    return "".join(chr(spelling >> 16 * k & 0xFFFF) for k in reversed(range(hole)))


def _separate(found: Sequence[Slip]) -> list[Slip]:
    """Return the slips without those of two characters that another one lies in."""
    single = {(s.place[0], s.place[1]) for s in found if len(s.usual) == 1}
    out: list[Slip] = []
    for one in found:
        document, start, end = one.place
        double = len(one.usual) > 1
        if double and any((document, at) in single for at in range(start, end)):
            continue
        if out and out[-1].place[0] == document and start < out[-1].place[2]:
            continue
        out.append(one)
    return out


def _units(text: str) -> tuple[NDArray[np.uint16], Places]:
    """Return the units of a text with one for marks between them, a 0 at the end; their places."""
    units, ways = fold(text), places(text)
    gaps = np.flatnonzero(np.diff(ways) > 1) + 1
    units = np.insert(units, gaps, _MARK)
    ways = np.insert(ways, gaps, ways[gaps] - 1)
    # A text begins and ends like a sentence.
    edge = np.array([_MARK], np.uint16)
    ends = np.array([len(text), len(text)], np.int64)
    return np.concatenate([edge, units, edge, edge * 0]), np.concatenate([[0], ways, ends])


def _sums(units: NDArray[np.uint16]) -> tuple[Keys, Keys]:
    """Return sums of powers: (sums[j] - sums[i]) * back[i] stands for units i to j wherever they are."""
    spread, powers, back = _powers()
    sums = np.zeros(len(units) + 1, np.uint64)
    np.cumsum(spread[units] * powers[: len(units)], out=sums[1:])
    return sums, back


@cache
def _powers() -> tuple[Keys, Keys, Keys]:
    """Return a number for each unit, the powers of the base and those of its inverse."""
    longest = _STRETCH + 64
    spread = _mixed(np.arange(1 << 16, dtype=np.uint64) + np.uint64(7))
    powers = np.cumprod(np.full(longest, _BASE, np.uint64), dtype=np.uint64)
    return spread, powers, np.cumprod(np.full(longest, _INVERSE, np.uint64), dtype=np.uint64)


def _mixed(values: Keys) -> Keys:
    values = values * _MIX
    mixed: Keys = (values ^ (values >> np.uint64(31))) * np.uint64(_BASE)
    return mixed ^ (mixed >> np.uint64(29))
