"""All texts of a batch in one row, and what stands around each of its units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap.folding import fold, places

Keys = NDArray[np.uint64]
Places = NDArray[np.int64]
Place = tuple[int, int, int]  # document, start, end

MARK = 1
STRETCH = 1 << 21  # units that are looked at together: bounds the memory
_RARE = 6
_REACH = 24  # units on each side that are compared once a slip is suspected
_GRAM = 3
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX = np.uint64(0xC2B2AE3D27D4EB4F)


class Row:
    """All texts in one row of units: characters as they are compared, marks as one, 0 between."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        rows, ways = zip(*(_units(text) for text in texts), strict=True)
        lengths = np.fromiter(map(len, rows), np.int64, len(rows))
        self.starts = np.cumsum(lengths) - lengths
        self.units = np.concatenate(rows)
        self.ways = ways
        self._counts: NDArray[np.int32] | None = None

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

    def odd(self, hole: int, least: int) -> NDArray[np.bool_]:
        """Tell of each unit whether a slip may begin there.

        It stands in rare grams only, beside one that stands more than ``least`` times.
        """
        counts = self._gram_counts()
        odd = np.zeros(len(self.units), bool)
        at = np.arange(_GRAM, len(self.units) - hole - _GRAM)
        for low in range(0, len(at), STRETCH):
            some = at[low : low + STRETCH]
            beside = np.maximum(counts[some - _GRAM], counts[some + hole])
            # Every gram that holds the suspect is rare; those that end before it or begin
            # behind it are not, one of them at least.
            inside = np.maximum(
                counts[some - 1], np.maximum(counts[some - 2], counts[some + hole - 1])
            )
            odd[some] = (beside > least) & (_RARE * inside <= beside)
        odd[self.units <= MARK] = False
        return odd

    def _gram_counts(self) -> NDArray[np.int32]:
        """Return how often the three units from each on stand in all texts; never too few."""
        if self._counts is None:
            size = 1 << int(np.clip(np.ceil(np.log2(32 * len(self.units) + 1)), 16, 24))
            mask = np.uint64(size - 1)
            table = np.zeros(size, np.int64)
            for _, keys in self._keys(_GRAM):
                table += np.bincount((keys & mask).astype(np.int64), minlength=size)
            self._counts = np.zeros(len(self.units), np.int32)
            for first, keys in self._keys(_GRAM):
                self._counts[first : first + len(keys)] = table[keys & mask]
        return self._counts

    def contexts(
        self, shape: tuple[int, int], hole: int, only: NDArray[np.bool_] | None = None
    ) -> Iterator[tuple[Places, Keys]]:
        """Give in stretches the places of holes (``only`` some) and the keys of what is around them."""
        left, right = shape
        whole = left + hole + right
        for first in range(0, len(self.units), STRETCH):
            units = self.units[first : first + STRETCH + whole - 1]
            if len(units) < whole:
                return
            chosen = np.ones(len(units) - whole + 1, bool)
            for k in range(left, left + hole):
                chosen &= units[k : k + len(chosen)] > MARK
            if only is not None:
                chosen &= only[first + left : first + left + len(chosen)]
            for side, gap in ((left, -1), (right, hole)):
                if side == 1:
                    # One unit alone tells nothing unless the clause begins or ends there.
                    chosen &= units[left + gap : left + gap + len(chosen)] == MARK
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
        for first in range(0, len(self.units), STRETCH):
            units = self.units[first : first + STRETCH + length - 1]
            if len(units) >= length:
                sums, back = _sums(units)
                sums = sums[length:] - sums[:-length]
                yield first, _mixed(sums * back[: len(sums)])


def _units(text: str) -> tuple[NDArray[np.uint16], NDArray[np.int32]]:
    """Return the units of a text with one for marks between them, a 0 at the end; their places."""
    units, ways = fold(text), places(text)
    gaps = np.flatnonzero(np.diff(ways) > 1) + 1
    units = np.insert(units, gaps, MARK)
    ways = np.insert(ways, gaps, ways[gaps] - 1)
    # A text begins and ends like a sentence.
    edge = np.array([MARK], np.uint16)
    ends = np.array([len(text), len(text)], np.int64)
    whole = np.concatenate([edge, units, edge, edge * 0])
    return whole, np.concatenate([[0], ways, ends]).astype(np.int32)


def _sums(units: NDArray[np.uint16]) -> tuple[Keys, Keys]:
    """Return sums of powers: (sums[j] - sums[i]) * back[i] stands for units i to j wherever they are."""
    spread, powers, back = _powers()
    sums = np.zeros(len(units) + 1, np.uint64)
    np.cumsum(spread[units] * powers[: len(units)], out=sums[1:])
    return sums, back


@cache
def _powers() -> tuple[Keys, Keys, Keys]:
    """Return a number for each unit, the powers of the base and those of its inverse."""
    longest = STRETCH + 64
    spread = _mixed(np.arange(1 << 16, dtype=np.uint64) + np.uint64(7))
    powers = np.cumprod(np.full(longest, _BASE, np.uint64), dtype=np.uint64)
    return spread, powers, np.cumprod(np.full(longest, _INVERSE, np.uint64), dtype=np.uint64)


def _mixed(values: Keys) -> Keys:
    values = values * _MIX
    mixed: Keys = (values ^ (values >> np.uint64(31))) * np.uint64(_BASE)
    return mixed ^ (mixed >> np.uint64(29))
