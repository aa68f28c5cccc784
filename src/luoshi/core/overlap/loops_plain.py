"""The loops over all grams in NumPy: the results of `loops_compiled`, slower."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap.quick import LENGTH_BITS, SAMPLE_SHIFT, TOLD_MOST
from luoshi.core.overlap.scoring import FIRST_MOST, UNIT_MOST

Keys = NDArray[np.uint64]

_M1, _M2 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_STRETCH = 1 << 20
_LENGTH = (1 << LENGTH_BITS) - 1


def mix(values: Keys) -> Keys:
    """Return numbers whose bits all depend on all bits of the given ones."""
    values = values * _M1
    values ^= values >> np.uint64(29)
    values = values * _M2
    mixed: Keys = values ^ (values >> np.uint64(32))
    return mixed


def _four(wide: Keys, at: Any) -> Keys:
    gram = np.zeros(len(at), np.uint64)
    for k in range(4):
        gram = (gram << np.uint64(16)) | wide[at + k]
    return gram


def _hash(wide: Keys, at: Any, length: int) -> Keys:
    """Return the hashes of the grams of 3 units, or of 4 or more, taken four by four."""
    if length == 3:
        return mix(_four(wide, at) >> np.uint64(16))
    mixed = mix(_four(wide, at + length - 4))
    for offset in range(0, length - 4, 4):
        mixed = mix(_four(wide, at + offset) ^ (mixed * _M1))
    return mixed


def _hashes(units: Any, at: Any, lengths: Any) -> Keys:
    out = np.zeros(len(at), np.uint64)
    wide = units.astype(np.uint64)
    for length in np.unique(lengths).tolist():
        chosen = np.flatnonzero(lengths == length)
        out[chosen] = _hash(wide, at[chosen], length)
    return out


def _whole(units: Any, length: int) -> Any:
    """Return where grams without a 0 begin; one of three needs a unit after it."""
    number = len(units) - max(length, 4) + 1
    if number <= 0:
        return np.empty(0, np.int64)
    whole = np.ones(number, bool)
    for k in range(length):
        whole &= units[k : k + number] != 0
    return np.flatnonzero(whole)


def _stretches(units: Any, length: int) -> Iterator[Keys]:
    """Give the hashes of the grams in stretches."""
    for begin in range(0, len(units), _STRETCH):
        stretch = units[begin : begin + _STRETCH + max(length, 4) - 1]
        yield _hash(stretch.astype(np.uint64), _whole(stretch, length), length)


def _slots_of(mixed: Keys, size: int) -> Any:
    return (mixed & np.uint64(size - 1)).astype(np.int64)


def count_grams(units: Any, length: int, table: Any, by: int) -> None:
    """Add ``by`` to the counter of each gram, which stops at its largest value."""
    for mixed in _stretches(units, length):
        slots, number = np.unique(_slots_of(mixed, len(table)), return_counts=True)
        table[slots] = np.minimum(table[slots].astype(np.int64) + by * number, 65535)


def counts_in(units: Any, length: int, table: Any) -> Any:
    """Return for each unit how often the gram that begins there stands in the corpus."""
    out = np.zeros(len(units), np.int64)
    at = _whole(units, length)
    out[at] = table[_slots_of(_hash(units.astype(np.uint64), at, length), len(table))]
    return out


def _information(three: Any, four: Any, log_three: Any, log_four: Any, log_first: Any) -> Any:
    """Return what `scoring.information` does, for a whole text at once."""
    told = np.zeros(len(three), np.int64)
    told[3:] = np.clip(log_three[three[:-3]] - log_four[four[:-3]], 0, UNIT_MOST)
    return np.concatenate([[0], np.cumsum(told)]), np.minimum(FIRST_MOST, log_first[three])


def weigh(
    units: Any, starts: Any, low: int, high: int, of_three: Any, of_four: Any, log_three: Any,
    log_four: Any, log_first: Any, bits: int, longest: int, kept: int, least: int, out: Any,
) -> None:  # fmt: skip
    """Write for each unit of documents ``low`` to ``high`` the length of its anchor, and its bits.

    An anchor is the shortest run that tells ``bits`` sixteenths; of all ``kept`` in 256 are
    looked at, and none whose first units stand fewer than ``least`` times in the corpus. The
    bits that the unit tells after the three before it are the upper bits of a weight.
    """
    for d in range(low, high):
        begin, end = int(starts[d]), int(starts[d + 1]) - 1
        of = units[begin:end]
        three, four = counts_in(of, 3, of_three), counts_in(of, 4, of_four)
        sums, first = _information(three, four, log_three, log_four, log_first)
        out[begin:end] = np.minimum(TOLD_MOST, np.diff(sums) >> 4) << LENGTH_BITS
        at = np.arange(max(0, len(of) - 3))
        lengths = np.zeros(len(at), np.int64)
        for length in range(3, longest + 1):
            at = at[at + length <= len(of)]
            enough = first[at] + sums[at + length] - sums[at + 3] >= bits
            often = three[at] if length == 3 else four[at]
            lengths[at[enough & (often >= least)]] = length
            at = at[~enough]
        at = np.flatnonzero(lengths)
        hashed = _hashes(of, at, lengths[at]) >> np.uint64(SAMPLE_SHIFT)
        at = at[(hashed & np.uint64(255)) < kept]
        out[begin + at] |= lengths[at].astype(np.uint8)


def anchors(units: Any, weights: Any, begin: int, end: int) -> tuple[Any, Keys]:
    """Return the places of the anchors and their hashes."""
    lengths = weights[begin:end] & _LENGTH
    at = np.flatnonzero(lengths)
    return at + begin, _hashes(units[begin:end], at, lengths[at])


def _pairs(
    units: Any, weights: Any, begin: int, end: int, reach: int
) -> Iterator[tuple[Any, Keys, Keys]]:
    """Give the earlier place and both hashes of pairs, by how many anchors lie between them."""
    at, hashes = anchors(units, weights, begin, end)
    ends = at + (weights[at] & _LENGTH)
    document = np.cumsum(units[begin:end] == 0)[at - begin]
    for step in range(1, reach + 1):
        near = (at[step:] - at[:-step] <= reach) & (document[step:] == document[:-step])
        one = np.flatnonzero(near & (ends[:-step] <= at[step:]))
        yield at[one], hashes[one], hashes[one + step]


def pair_sizes(
    units: Any, weights: Any, begin: int, end: int, reach: int, sub: int, out: Any
) -> None:
    """Count the pairs of anchors by the first byte of the smaller hash and ``sub`` bits of the key."""
    for _, mine, other in _pairs(units, weights, begin, end, reach):
        byte = (np.minimum(mine, other) >> np.uint64(56)).astype(np.int64)
        part = (mix(mine + other) >> np.uint64(64 - sub)).astype(np.int64)
        np.add.at(out, (byte, part), 1)


def pair_keys(
    units: Any, weights: Any, begin: int, end: int, reach: int, sub: int, first: int, last: int,
    place_bits: int, ends: Any, out: Any,
) -> None:  # fmt: skip
    """Write the keys (hash, place of the earlier) of the pairs of the bytes ``first`` to ``last``.

    ``ends``: where the keys of each ``sub`` bits go.
    """
    up = np.uint64(place_bits)
    for at, mine, other in _pairs(units, weights, begin, end, reach):
        byte = (np.minimum(mine, other) >> np.uint64(56)).astype(np.int64)
        chosen = (byte >= first) & (byte < last)
        mixed = mix(mine[chosen] + other[chosen])
        part = mixed >> np.uint64(64 - sub)
        keys = (((mixed << np.uint64(sub)) >> up) << up) | at[chosen].astype(np.uint64)
        for number in np.unique(part).astype(np.int64).tolist():
            of = keys[part == number]
            out[ends[number] : ends[number] + len(of)] = of
            ends[number] += len(of)


def runs_of(a: Any, b: Any, short: Any) -> Any:
    """Return the longest runs of equal units of two windows: end in a, end in b, length."""
    found = []
    above = np.zeros(len(b) + 1, np.int32)
    for i in range(len(a)):
        run = np.where((b == a[i]) & (a[i] != 0), above[:-1] + 1, 0).astype(np.int32)
        ends = run >= short
        if i + 1 < len(a):
            ends[:-1] &= b[1:] != a[i + 1]
        found += [(i, j, int(run[j])) for j in np.flatnonzero(ends).tolist()]
        above[1:] = run
    return np.array(found, np.int64).reshape(-1, 3)
