"""Equal keys → places of two documents worth a closer look: `loops_pairing` in NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap.loops_plain import mix
from luoshi.core.overlap.places import cells, distinct
from luoshi.core.overlap.quick import (
    AHEAD,
    BACK,
    BAND,
    COST,
    FIRST_MOST,
    LENGTH_BITS,
    SLOT_BITS,
)

Keys = NDArray[np.uint64]
Whole = NDArray[np.int64]

_GOLD = np.uint64(0x9E3779B97F4A7C15)
_SOME = 1_024


def _grams(units: Any, places: Whole, low: Whole, high: Whole) -> tuple[Whole, Any, Keys]:
    """Return the windows around places: where their units stand, which count, their grams."""
    first = np.maximum(low, places - BACK)
    at = first[:, None] + np.arange(BACK + AHEAD)
    valid = at < (np.minimum(high, places + AHEAD) - 2)[:, None]
    at = np.where(valid, at, 0)
    gram = np.zeros(at.shape, np.uint64)
    for k in range(3):
        beyond = np.minimum(at + k, max(0, len(units) - 1))
        gram = (gram << np.uint64(16)) | units[beyond].astype(np.uint64)
    return at, valid, gram


def _shared_bits(
    units: Any, weights: Any, p: Whole, p_low: Whole, p_high: Whole, others: Any, q: Whole,
    q_low: Whole, q_high: Whole, of_three: Any, log_first: Any,
) -> Whole:  # fmt: skip
    """Return about how many bits the surroundings of places have in common (see the other one)."""
    rows = np.arange(len(p))[:, None]
    at, valid, gram = _grams(units, p, p_low, p_high)
    slots = ((gram * _GOLD) >> np.uint64(64 - SLOT_BITS)).astype(np.int64)
    table = np.full((len(p), 1 << SLOT_BITS), -1, np.int64)
    for k in range(at.shape[1]):
        of = np.flatnonzero(valid[:, k])
        table[of, slots[of, k]] = at[of, k]
    to, other_valid, other_gram = _grams(others, q, q_low, q_high)
    other_slots = ((other_gram * _GOLD) >> np.uint64(64 - SLOT_BITS)).astype(np.int64)
    i = table[rows, other_slots]
    match = other_valid & (i >= 0)
    i = np.where(match, i, 0)
    match &= np.abs((to - q[:, None]) - (i - p[:, None])) <= BAND
    for k in range(3):
        left, right = np.minimum(i + k, len(units) - 1), np.minimum(to + k, len(others) - 1)
        match &= units[left] == others[right]
    on = np.zeros(match.shape, bool)
    on[:, 1:] = match[:, 1:] & match[:, :-1] & (i[:, 1:] == i[:, :-1] + 1)
    count = of_three[(mix(other_gram) & np.uint64(len(of_three) - 1)).astype(np.int64)]
    fresh = np.minimum(FIRST_MOST, log_first[count] >> 4) - COST
    told = weights[np.minimum(i + 2, len(units) - 1)].astype(np.int64) >> LENGTH_BITS
    value = np.where(match, np.where(on, told, fresh), 0)
    run = np.cumsum(~on, axis=1) - 1 + rows * match.shape[1]
    sums = np.bincount(run.ravel(), value.ravel(), len(p) * match.shape[1]).astype(np.int64)
    total: Whole = np.maximum(sums.reshape(match.shape), 0).sum(1)
    return total


def _documents(places: Whole, starts: Any) -> Whole:
    return np.searchsorted(starts, places, side="right") - 1


def look_at(
    first: Any, second: Any, units: Any, weights: Any, starts: Any, blocks: Any, others: Any,
    of_three: Any, log_first: Any,
) -> Whole:  # fmt: skip
    """Return what the surroundings of each place in ``units`` share with a place in one other text."""
    del blocks
    out = np.zeros(len(first), np.int64)
    if not len(others):
        return out
    for at in range(0, len(first), _SOME):
        p, q = first[at : at + _SOME], second[at : at + _SOME]
        d = _documents(p, starts)
        out[at : at + _SOME] = _shared_bits(
            units, weights, p, starts[d], starts[d + 1] - 1, others, q, np.zeros_like(q),
            np.full_like(q, len(others)), of_three, log_first,
        )  # fmt: skip
    return out


def pair_up(
    keys: Any, place_bits: int, units: Any, weights: Any, starts: Any, blocks: Any, cap: int,
    most: int, new: int, of_three: Any, log_first: Any, need: int,
) -> tuple[Keys, Keys]:  # fmt: skip
    """Return document pairs and places (to 32 units) whose surroundings share ``need`` bits.

    ``keys``: sorted. Of a key that up to ``cap`` documents have each is looked at with each; that
    up to ``most`` have, with the next one. Each document takes part with its first place.
    """
    del blocks
    found = [np.zeros((0, 2), np.uint64)]
    p, q = _candidates(keys, place_bits, starts, cap, most, new)
    for at in range(0, len(p), _SOME):
        one, other = p[at : at + _SOME], q[at : at + _SOME]
        d, e = _documents(one, starts), _documents(other, starts)
        bits = _shared_bits(
            units, weights, one, starts[d], starts[d + 1] - 1, units, other, starts[e],
            starts[e + 1] - 1, of_three, log_first,
        )  # fmt: skip
        kept = bits >= need
        pair = (d[kept].astype(np.uint64) << np.uint64(32)) | e[kept].astype(np.uint64)
        place = cells((one - starts[d])[kept], (other - starts[e])[kept])
        found.append(np.stack([pair, place], axis=1))
    rows = distinct(np.concatenate(found))
    return rows[:, 0], rows[:, 1]


def _candidates(
    keys: Any, place_bits: int, starts: Any, cap: int, most: int, new: int
) -> tuple[Whole, Whole]:
    """Return pairs of places with equal keys."""
    none = np.empty(0, np.int64)
    if not len(keys):
        return none, none
    bits = np.uint64(place_bits)
    rest, place = keys >> bits, (keys & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    doc = _documents(place, starts)
    heads = np.ones(len(keys), bool)
    heads[1:] = rest[1:] != rest[:-1]
    fresh = heads.copy()
    fresh[1:] |= doc[1:] != doc[:-1]
    run = np.cumsum(heads) - 1
    many = np.bincount(run, weights=fresh).astype(np.int64)[run]
    fresh &= (many > 1) & (many <= most)
    run, place, doc, many = run[fresh], place[fresh], doc[fresh], many[fresh]
    first, second = [none], [none]
    for step in range(1, min(cap, len(run))):
        near = (run[:-step] == run[step:]) & (doc[step:] >= new)
        if step > 1:
            near &= many[:-step] <= cap
        first.append(place[:-step][near])
        second.append(place[step:][near])
    return np.concatenate(first), np.concatenate(second)
