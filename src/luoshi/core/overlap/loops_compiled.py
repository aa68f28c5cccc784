"""The inner loops, compiled by Numba on first use and kept in its cache."""

from __future__ import annotations

from typing import Any

import numpy as np

from luoshi.core.overlap.jit import jit
from luoshi.core.overlap.quick import LENGTH_BITS, SAMPLE_SHIFT, TOLD_MOST
from luoshi.core.overlap.scoring import information

_M1 = np.uint64(0x9E3779B97F4A7C15)
_M2 = np.uint64(0xC2B2AE3D27D4EB4F)
_S32, _S29, _S16 = np.uint64(32), np.uint64(29), np.uint64(16)
_FULL = 65535
_TOP = np.uint64(56)
_LENGTH = (1 << LENGTH_BITS) - 1
_RING = 128


@jit
def mix(value: Any) -> Any:
    """Return a number whose bits all depend on all bits of the given one."""
    value *= _M1
    value ^= value >> _S29
    value *= _M2
    return value ^ (value >> _S32)


@jit
def _four(units: Any, i: Any) -> Any:
    return (
        (np.uint64(units[i]) << np.uint64(48))
        | (np.uint64(units[i + 1]) << _S32)
        | (np.uint64(units[i + 2]) << _S16)
        | np.uint64(units[i + 3])
    )


@jit
def _hash(units: Any, i: Any, length: Any) -> Any:
    """Return the hash of a gram of 3 units, or of 4 or more, taken four by four."""
    if length == 3:
        return mix(_four(units, i) >> _S16)
    mixed = mix(_four(units, i + length - 4))
    for at in range(i, i + length - 4, 4):
        mixed = mix(_four(units, at) ^ (mixed * _M1))
    return mixed


@jit
def count_grams(units: Any, length: Any, table: Any, by: Any) -> None:
    """Add ``by`` to the counter of each gram, which stops at its largest value."""
    whole = 0
    size = np.uint64(len(table) - 1)
    for i in range(len(units)):
        whole = whole + 1 if units[i] else 0
        if whole >= max(length, 4) or (whole == 3 and length == 3):
            start = i - length + 1
            if length == 3 and start + 3 >= len(units):
                continue
            slot = np.int64(_hash(units, start, length) & size)
            table[slot] = min(_FULL, np.int64(table[slot]) + by)


@jit
def counts_in(units: Any, length: Any, table: Any) -> Any:
    """Return for each unit how often the gram that begins there stands in the corpus."""
    out = np.zeros(len(units), np.int64)
    size = np.uint64(len(table) - 1)
    for i in range(len(units) - 3):
        whole = True
        for k in range(length):
            whole = whole and units[i + k] != 0
        if whole:
            out[i] = table[np.int64(_hash(units, i, length) & size)]
    return out


@jit
def weigh(
    units: Any, starts: Any, low: Any, high: Any, of_three: Any, of_four: Any, log_three: Any,
    log_four: Any, log_first: Any, bits: Any, longest: Any, kept: Any, least: Any, out: Any,
) -> None:  # fmt: skip
    """Write for each unit of documents ``low`` to ``high`` the length of its anchor, and its bits.

    An anchor is the shortest run that tells ``bits`` sixteenths; of all ``kept`` in 256 are
    looked at, and none whose first units stand fewer than ``least`` times in the corpus. The
    bits that the unit tells after the three before it are the upper bits of a weight.
    """
    for d in range(low, high):
        begin = starts[d]
        of = units[begin : starts[d + 1] - 1]
        three, four = counts_in(of, 3, of_three), counts_in(of, 4, of_four)
        sums, first = information(of, three, four, log_three, log_four, log_first)
        for i in range(len(of)):
            told = min(np.int64(TOLD_MOST), (sums[i + 1] - sums[i]) >> 4)
            out[begin + i] = told << LENGTH_BITS
            if i + 3 >= len(of):
                continue
            length = 3
            sum_ = first[i]
            while sum_ < bits and length < longest and i + length < len(of):
                length += 1
                sum_ = first[i] + sums[i + length] - sums[i + 3]
            if sum_ < bits or (three[i] if length == 3 else four[i]) < least:
                continue
            if (_hash(of, i, length) >> np.uint64(SAMPLE_SHIFT)) & np.uint64(255) < kept:
                out[begin + i] |= length


@jit
def _next_anchor(units: Any, weights: Any, i: Any, ring: Any, places: Any, low: Any, high: Any,
                 reach: Any) -> Any:  # fmt: skip
    """Return the hash of the anchor at ``i`` and the first of the ring that is within reach."""
    while low < high and places[low & (_RING - 1)] < i - reach:
        low += 1
    return _hash(units, i, np.int64(weights[i]) & _LENGTH), low


@jit
def pair_sizes(
    units: Any, weights: Any, begin: Any, end: Any, reach: Any, sub: Any, out: Any
) -> None:
    """Count the pairs of anchors by the first byte of the smaller hash and ``sub`` bits of the key."""
    ring, places = np.zeros(_RING, np.uint64), np.zeros(_RING, np.int64)
    low = high = 0
    shift = np.uint64(64 - sub)
    for i in range(begin, end):
        if units[i] == 0:
            low = high
        if np.int64(weights[i]) & _LENGTH == 0:
            continue
        mine, low = _next_anchor(units, weights, i, ring, places, low, high, reach)
        for k in range(low, high):
            p = places[k & (_RING - 1)]
            if p + (np.int64(weights[p]) & _LENGTH) <= i:
                other = ring[k & (_RING - 1)]
                out[np.int64(min(mine, other) >> _TOP), np.int64(mix(mine + other) >> shift)] += 1
        ring[high & (_RING - 1)] = mine
        places[high & (_RING - 1)] = i
        high += 1


@jit
def pair_keys(
    units: Any, weights: Any, begin: Any, end: Any, reach: Any, sub: Any, first: Any, last: Any,
    place_bits: Any, ends: Any, out: Any,
) -> None:  # fmt: skip
    """Write the keys (hash, place of the earlier) of the pairs of the bytes ``first`` to ``last``.

    ``ends``: where the keys of each ``sub`` bits go.
    """
    ring, places = np.zeros(_RING, np.uint64), np.zeros(_RING, np.int64)
    low = high = 0
    shift, up, place = np.uint64(64 - sub), np.uint64(sub), np.uint64(place_bits)
    for i in range(begin, end):
        if units[i] == 0:
            low = high
        if np.int64(weights[i]) & _LENGTH == 0:
            continue
        mine, low = _next_anchor(units, weights, i, ring, places, low, high, reach)
        my_byte = np.int64(mine >> _TOP)
        for k in range(low, high):
            other = ring[k & (_RING - 1)]
            byte = min(my_byte, np.int64(other >> _TOP))
            if byte < first or byte >= last:
                continue
            p = places[k & (_RING - 1)]
            if p + (np.int64(weights[p]) & _LENGTH) <= i:
                mixed = mix(mine + other)
                part = np.int64(mixed >> shift)
                out[ends[part]] = (((mixed << up) >> place) << place) | np.uint64(p)
                ends[part] += 1
        ring[high & (_RING - 1)] = mine
        places[high & (_RING - 1)] = i
        high += 1


@jit
def anchors(units: Any, weights: Any, begin: Any, end: Any) -> Any:
    """Return the places of the anchors and their hashes."""
    number = int(np.count_nonzero(weights[begin:end] & np.uint8(_LENGTH)))
    places, hashes = np.empty(number, np.int64), np.empty(number, np.uint64)
    number = 0
    for i in range(begin, end):
        length = np.int64(weights[i]) & _LENGTH
        if length:
            places[number], hashes[number] = i, _hash(units, i, length)
            number += 1
    return places, hashes


@jit
def runs_of(a: Any, b: Any, short: Any) -> Any:
    """Return the longest runs of equal units of two windows: end in a, end in b, length.

    The grams of ``short`` (3) units of ``a`` are found by a table of chains, so that the time
    goes with what is equal and not with the product of the lengths.
    """
    size = 64
    while size < 2 * len(a):
        size *= 2
    heads, following = np.full(size, -1, np.int32), np.full(len(a), -1, np.int32)
    out = np.empty((64, 3), np.int64)
    count = 0
    mask = np.uint64(size - 1)
    for i in range(len(a) - short, -1, -1):
        slot = np.int64((_gram(a, i) >> _S32) & mask)
        following[i] = heads[slot]
        heads[slot] = i
    for j in range(len(b) - short + 1):
        at = np.int64(heads[np.int64((_gram(b, j) >> _S32) & mask)])
        while at >= 0:
            length = np.int64(0)
            fresh = at == 0 or j == 0 or a[at - 1] != b[j - 1] or a[at - 1] == 0
            while fresh and at + length < len(a) and j + length < len(b):
                if a[at + length] != b[j + length] or a[at + length] == 0:
                    break
                length += 1
            if length >= short:
                if count == len(out):
                    more = np.empty((2 * count, 3), np.int64)
                    more[:count] = out
                    out = more
                out[count, 0], out[count, 1], out[count, 2] = (
                    at + length - 1,
                    j + length - 1,
                    length,
                )
                count += 1
            at = np.int64(following[at])
    order = np.argsort(out[:count, 0] * (len(b) + 1) + out[:count, 1])
    return out[:count][order]


@jit
def _gram(units: Any, i: Any) -> Any:
    gram = (
        (np.uint64(units[i]) << _S32) | (np.uint64(units[i + 1]) << _S16) | np.uint64(units[i + 2])
    )
    return gram * _M1
