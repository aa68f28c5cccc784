"""The inner loops, compiled by Numba on first use and kept in its cache."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap.jit import jit

Keys = NDArray[np.uint64]

_M1 = np.uint64(0x9E3779B97F4A7C15)
_M2 = np.uint64(0xC2B2AE3D27D4EB4F)
_ONE = np.uint64(1)
_S32, _S29, _S16, _S63 = np.uint64(32), np.uint64(29), np.uint64(16), np.uint64(63)
_REST, _PLACE = np.uint64(27), np.uint64(37)
_PLACE_MASK = np.uint64((1 << 37) - 1)
_REST_MASK = np.uint64((1 << 27) - 1)
_THREE = np.uint64((1 << 48) - 1)
_FULL = 65535


@jit
def _mix(value: Any) -> Any:
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
        return _mix(_four(units, i) >> _S16)
    mixed = _mix(_four(units, i + length - 4))
    for at in range(i, i + length - 4, 4):
        mixed = _mix(_four(units, at) ^ (mixed * _M1))
    return mixed


@jit
def _slot_of(mixed: Any, size: Any) -> Any:
    return np.int64(mixed & np.uint64(size - 1))


@jit
def count_grams(units: Any, length: Any, table: Any, by: Any) -> None:
    """Add ``by`` to the counter of each gram, which stops at its largest value."""
    whole = 0
    size = len(table)
    for i in range(len(units)):
        whole = whole + 1 if units[i] else 0
        if whole >= max(length, 4) or (whole == 3 and length == 3):
            start = i - length + 1
            if length == 3 and start + 3 >= len(units):
                continue
            slot = _slot_of(_hash(units, start, length), size)
            table[slot] = min(_FULL, np.int64(table[slot]) + by)


@jit
def counts_in(units: Any, length: Any, table: Any) -> Any:
    """Return for each unit how often the gram that begins there stands in the corpus."""
    out = np.zeros(len(units), np.int64)
    size = len(table)
    for i in range(len(units) - 3):
        whole = True
        for k in range(length):
            whole = whole and units[i + k] != 0
        if whole:
            out[i] = table[_slot_of(_hash(units, i, length), size)]
    return out


@jit
def _collect(units: Any, bits: Any, first: Any, many: Any, sizes: Any, out: Any) -> None:
    """Count the grams of each part (``out`` empty) or write them one part after the other."""
    fill = len(out) > 0
    ends = sizes.copy()
    shift = _S63 - np.uint64(bits)
    gram = np.uint64(0)
    whole = 0
    for i in range(len(units)):
        unit = units[i]
        whole = whole + 1 if unit else 0
        gram = (gram << _S16) | np.uint64(unit)
        if whole < 4:
            continue
        mixed = _mix(gram)
        part = np.int64((mixed >> _ONE) >> shift) - first
        if part < 0 or part >= many:
            continue
        if fill:
            rest = (mixed >> (shift + _ONE - _REST)) & _REST_MASK
            out[ends[part]] = (rest << _PLACE) | np.uint64(i - 3)
            ends[part] += 1
        else:
            sizes[part] += 1


def collect(units: Any, bits: int, first: int, many: int) -> list[Keys]:
    """Return the keys (rest of the hash, place) of the grams of ``many`` parts from ``first``."""
    sizes = np.zeros(many, np.int64)
    _collect(units, bits, first, many, sizes, np.empty(0, np.uint64))
    ends = np.cumsum(sizes)
    out = np.empty(int(ends[-1]), np.uint64)
    if len(out):
        _collect(units, bits, first, many, ends - sizes, out)
    return [out[end - size : end] for end, size in zip(ends, sizes, strict=True)]


@jit
def _slot(a: Any, b: Any, cell: Any, size: Any) -> Any:
    pair = (np.uint64(a) << _S32) | np.uint64(b)
    return _slot_of(_mix(pair ^ (np.uint64(cell) * _M2)), size)


@jit
def _hits(
    keys: Any, units: Any, starts: Any, blocks: Any, length: Any, limit: Any, reach: Any,
    new: Any, counters: Any, least: Any, pairs: Any, places: Any, longer: Any,
) -> Any:  # fmt: skip
    """Count hits (``least`` 0) or write those with company; return how many there were.

    Grams in more than ``limit`` documents go to ``longer`` instead; how many is returned too.
    """
    docs = np.empty(limit + 1, np.int64)
    where = np.empty(limit + 1, np.int64)
    written = 0
    left = 0
    size = len(counters)
    start = 0
    while start < len(keys):
        rest = keys[start] >> _PLACE
        end = start + 1
        while end < len(keys) and keys[end] >> _PLACE == rest:
            end += 1
        begin = start
        start = end
        if end - begin < 2:
            continue
        number = 0
        last = np.int64(-1)
        for k in range(begin, end):
            place = np.int64(keys[k] & _PLACE_MASK)
            doc = np.int64(blocks[place >> 8])
            while starts[doc + 1] <= place:
                doc += 1
            if doc == last:
                continue
            last = doc
            if number > limit:
                break
            docs[number] = doc
            where[number] = place
            number += 1
        if number > limit:
            if len(longer):
                for k in range(begin, end):
                    longer[left] = keys[k] & _PLACE_MASK
                    left += 1
            continue
        if number < 2 or docs[number - 1] < new:
            continue
        for i in range(number - 1):
            for j in range(i + 1, min(number, i + 1 + reach)):
                if docs[j] < new:
                    continue
                a = where[i] - starts[docs[i]]
                b = where[j] - starts[docs[j]]
                if len(counters) > 1:
                    cell = a >> 7
                    slot = _slot(docs[i], docs[j], cell, size)
                    if least == 0:
                        if counters[slot] < 255:
                            counters[slot] += 1
                        continue
                    near = cell + 1 if (a >> 6) & 1 else cell - 1
                    both = np.int64(counters[slot])
                    both += np.int64(counters[_slot(docs[i], docs[j], near, size)])
                    if both < least:
                        continue
                same = True
                for k in range(length):
                    same = same and units[where[i] + k] == units[where[j] + k]
                if not same:
                    continue
                if written < len(pairs):
                    pairs[written] = (np.uint64(docs[i]) << _S32) | np.uint64(docs[j])
                    places[written] = (np.uint64(a) << np.uint64(36)) | (
                        np.uint64(b) << np.uint64(8)
                    )
                written += 1
    return written, left


@jit
def lengthened(places: Any, units: Any, length: Any) -> Any:
    """Return the keys of the longer grams that begin at these places; those cut off are left out."""
    out = np.empty(len(places), np.uint64)
    count = 0
    for n in range(len(places)):
        place = np.int64(places[n])
        whole = place + length <= len(units)
        k = 4
        while whole and k < length:
            whole = units[place + k] != 0
            k += 1
        if whole:
            rest = _hash(units, place, length) & _REST_MASK
            out[count] = (rest << _PLACE) | np.uint64(place)
            count += 1
    return out[:count]


_NONE = np.empty(0, np.uint64)


def hits(
    keys: Any, units: Any, starts: Any, blocks: Any, length: int, limit: int, reach: int,
    new: int, counters: Any, least: int, last: bool,
) -> tuple[Keys, Keys, Keys]:  # fmt: skip
    """Return the hits of a part, and the places of the grams that are too frequent.

    ``counters`` with one element: every hit. With ``least`` 0 hits are counted there and none
    returned; otherwise those that have ``least`` in their neighbourhood. ``last``: what is too
    frequent is dropped.
    """
    longer = _NONE if last else np.empty(len(keys), np.uint64)
    room = 0 if least == 0 else max(1024, len(keys) // 2)
    while True:
        pairs, places = np.empty(room, np.uint64), np.empty(room, np.uint64)
        number, left = _hits(
            keys, units, starts, blocks, length, limit, reach, new, counters, least,
            pairs, places, longer,
        )  # fmt: skip
        if number <= room or least == 0:
            return pairs[:number], places[:number], longer[:left]
        room = int(number)


@jit
def runs_of(a: Any, b: Any, short: Any) -> Any:
    """Return the longest runs of equal units of two windows: end in a, end in b, length."""
    out = np.empty((64, 3), np.int64)
    count = 0
    above = np.zeros(len(b) + 1, np.int32)
    for i in range(len(a)):
        kept = 0
        for j in range(len(b)):
            old = above[j + 1]
            run = kept + 1 if a[i] == b[j] and a[i] else 0
            kept = old
            above[j + 1] = run
            if run >= short and (i + 1 == len(a) or j + 1 == len(b) or a[i + 1] != b[j + 1]):
                if count == len(out):
                    more = np.empty((2 * count, 3), np.int64)
                    more[:count] = out
                    out = more
                out[count, 0] = i
                out[count, 1] = j
                out[count, 2] = run
                count += 1
    return out[:count]
