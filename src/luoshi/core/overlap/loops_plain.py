"""The loops over all grams in NumPy: the results of `loops_compiled`, slower."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["collect", "count_grams", "counts_in", "hits", "lengthened", "runs_of"]
Keys = NDArray[np.uint64]

_M1, _M2 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_PLACE = np.uint64(37)
_PLACE_MASK, _REST_MASK = np.uint64((1 << 37) - 1), np.uint64((1 << 27) - 1)
_STRETCH = 1 << 20


def _mix(values: Keys) -> Keys:
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
        return _mix(_four(wide, at) >> np.uint64(16))
    mixed = _mix(_four(wide, at + length - 4))
    for offset in range(0, length - 4, 4):
        mixed = _mix(_four(wide, at + offset) ^ (mixed * _M1))
    return mixed


def _whole(units: Any, length: int) -> Any:
    """Return where grams without a 0 begin; one of three needs a unit after it."""
    number = len(units) - max(length, 4) + 1
    if number <= 0:
        return np.empty(0, np.int64)
    whole = np.ones(number, bool)
    for k in range(length):
        whole &= units[k : k + number] != 0
    return np.flatnonzero(whole)


def _stretches(units: Any, length: int) -> Any:
    """Give the grams in stretches: hash, where they begin."""
    for begin in range(0, len(units), _STRETCH):
        stretch = units[begin : begin + _STRETCH + max(length, 4) - 1]
        at = _whole(stretch, length)
        yield _hash(stretch.astype(np.uint64), at, length), at + begin


def _slots_of(mixed: Keys, size: int) -> Any:
    return (mixed & np.uint64(size - 1)).astype(np.int64)


def count_grams(units: Any, length: int, table: Any, by: int) -> None:
    """Add ``by`` to the counter of each gram, which stops at its largest value."""
    for mixed, _ in _stretches(units, length):
        slots, number = np.unique(_slots_of(mixed, len(table)), return_counts=True)
        table[slots] = np.minimum(table[slots].astype(np.int64) + by * number, 65535)


def counts_in(units: Any, length: int, table: Any) -> Any:
    """Return for each unit how often the gram that begins there stands in the corpus."""
    out = np.zeros(len(units), np.int64)
    at = _whole(units, length)
    out[at] = table[_slots_of(_hash(units.astype(np.uint64), at, length), len(table))]
    return out


def collect(units: Any, bits: int, first: int, many: int) -> list[Keys]:
    """Return the keys (rest of the hash, place) of the grams of ``many`` parts from ``first``."""
    shift = np.uint64(63 - bits)
    found: list[list[Keys]] = [[] for _ in range(many)]
    for mixed, at in _stretches(units, 4):
        part = ((mixed >> np.uint64(1)) >> shift).astype(np.int64) - first
        rest = (mixed >> (shift + np.uint64(1) - np.uint64(27))) & _REST_MASK
        keys = (rest << _PLACE) | at.astype(np.uint64)
        for number in range(many):
            found[number].append(keys[part == number])
    return [np.concatenate(keys) if keys else np.empty(0, np.uint64) for keys in found]


def lengthened(places: Any, units: Any, length: int) -> Keys:
    """Return the keys of the longer grams that begin at these places; those cut off are left out."""
    at = places.astype(np.int64)
    at = at[at + length <= len(units)]
    for k in range(4, length):
        at = at[units[at + k] != 0]
    rest = _hash(units.astype(np.uint64), at, length) & _REST_MASK
    keys: Keys = (rest << _PLACE) | at.astype(np.uint64)
    return keys


def hits(
    keys: Any, units: Any, starts: Any, blocks: Any, length: int, limit: int, reach: int,
    new: int, counters: Any, least: int, last: bool,
) -> tuple[Keys, Keys, Keys]:  # fmt: skip
    """Return the hits of a part, and the places of the grams that are too frequent.

    ``counters`` with one element: every hit. With ``least`` 0 hits are counted there and none
    returned; otherwise those that have ``least`` in their neighbourhood. ``last``: what is too
    frequent is dropped.
    """
    del blocks
    none = np.empty(0, np.uint64)
    if not len(keys):
        return none, none, none
    rest, place = keys >> _PLACE, (keys & _PLACE_MASK).astype(np.int64)
    doc = np.searchsorted(starts, place, side="right") - 1
    fresh = np.ones(len(keys), bool)
    fresh[1:] = (rest[1:] != rest[:-1]) | (doc[1:] != doc[:-1])
    heads = np.ones(len(keys), bool)
    heads[1:] = rest[1:] != rest[:-1]
    run = np.cumsum(heads) - 1
    many = np.bincount(run, weights=fresh).astype(np.int64)[run]
    longer = none if last else keys[many > limit] & _PLACE_MASK
    fresh &= (many > 1) & (many <= limit)
    run, place, doc = run[fresh], place[fresh], doc[fresh]
    first, second = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for step in range(1, min(reach + 1, limit, len(run))):
        near = np.flatnonzero((run[:-step] == run[step:]) & (doc[step:] >= new))
        first.append(near)
        second.append(near + step)
    i, j = np.concatenate(first), np.concatenate(second)
    a, b, at, to = doc[i], doc[j], place[i], place[j]
    of_a, of_b = at - starts[a], to - starts[b]
    keep = np.arange(len(i))
    if len(counters) > 1:
        cell = of_a >> 7
        slots = _slots(a, b, cell, len(counters))
        if least == 0:
            slots, number = np.unique(slots, return_counts=True)
            counters[slots] = np.minimum(counters[slots].astype(np.int64) + number, 255)
            return none, none, longer
        near = np.where((of_a >> 6) & 1 == 1, cell + 1, cell - 1)
        both = counters[slots].astype(np.int64)
        both += counters[_slots(a, b, near, len(counters))]
        keep = np.flatnonzero(both >= least)
    for k in range(length):
        keep = keep[units[at[keep] + k] == units[to[keep] + k]]
    pair = (a.astype(np.uint64) << np.uint64(32)) | b.astype(np.uint64)
    both_places = (of_a.astype(np.uint64) << np.uint64(36)) | (
        of_b.astype(np.uint64) << np.uint64(8)
    )
    return pair[keep], both_places[keep], longer


def _slots(a: Any, b: Any, cell: Any, size: int) -> Any:
    pair = (a.astype(np.uint64) << np.uint64(32)) | b.astype(np.uint64)
    return _slots_of(_mix(pair ^ (cell.astype(np.uint64) * _M2)), size)


def runs_of(a: Any, b: Any, short: int) -> Any:
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
