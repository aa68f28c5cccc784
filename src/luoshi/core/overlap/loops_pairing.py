"""Equal keys → places of two documents worth a closer look: compiled."""

from __future__ import annotations

from typing import Any

import numpy as np

from luoshi.core.overlap.jit import jit
from luoshi.core.overlap.loops_compiled import mix
from luoshi.core.overlap.quick import (
    AHEAD,
    BACK,
    BAND,
    CELL,
    COST,
    FIRST_MOST,
    LENGTH_BITS,
    SLOT_BITS,
)

_S16 = np.uint64(16)
_THREE = np.uint64((1 << 48) - 1)
_GOLD = np.uint64(0x9E3779B97F4A7C15)
_SLOT = np.uint64(64 - SLOT_BITS)
_SEEN_BITS = 18
_BATCH = 32


@jit
def _document(place: Any, starts: Any, blocks: Any) -> Any:
    doc = np.int64(blocks[place >> 8])
    while starts[doc + 1] <= place:
        doc += 1
    return doc


@jit
def shared_bits(
    units: Any, weights: Any, p: Any, p_low: Any, p_high: Any, others: Any, q: Any, q_low: Any,
    q_high: Any, of_three: Any, log_first: Any, table: Any, stamp: Any,
) -> Any:  # fmt: skip
    """Return about how many bits the surroundings of two places have in common.

    Runs of three units and more that stand in both at about the same distance from the place
    (``p`` of ``units``, ``q`` of ``others``) are summed up. ``table`` keeps, under ``stamp``,
    the last place of each gram in the first.
    """
    low, high = max(p_low, p - BACK), min(p_high, p + AHEAD)
    if high - low < 3:
        return np.int64(0)
    gram = (np.uint64(units[low]) << _S16) | np.uint64(units[low + 1])
    for i in range(low, high - 2):
        gram = ((gram << _S16) | np.uint64(units[i + 2])) & _THREE
        table[np.int64((gram * _GOLD) >> _SLOT)] = stamp | np.uint32(i - low)
    begin, end = max(q_low, q - BACK), min(q_high, q + AHEAD)
    total = run = np.int64(0)
    last = np.int64(-9)
    if end - begin < 3:
        return total
    gram = (np.uint64(others[begin]) << _S16) | np.uint64(others[begin + 1])
    for j in range(begin, end - 2):
        gram = ((gram << _S16) | np.uint64(others[j + 2])) & _THREE
        found = table[np.int64((gram * _GOLD) >> _SLOT)]
        i = low + np.int64(found & np.uint32(255))
        if (
            (found ^ stamp) < 256
            and abs((j - q) - (i - p)) <= BAND
            and units[i] == others[j]
            and units[i + 1] == others[j + 1]
            and units[i + 2] == others[j + 2]
        ):
            if i == last + 1:
                run += np.int64(weights[i + 2]) >> LENGTH_BITS
            else:
                total += max(np.int64(0), run)
                count = of_three[np.int64(mix(gram) & np.uint64(len(of_three) - 1))]
                run = min(np.int64(FIRST_MOST), log_first[count] >> 4) - COST
            last = i
        else:
            total += max(np.int64(0), run)
            run = np.int64(0)
            last = np.int64(-9)
    return total + max(np.int64(0), run)


@jit
def _touch(units: Any, weights: Any, place: Any) -> Any:
    """Read what is soon needed: many such reads wait for memory together instead of in turn."""
    low, high = max(0, place - BACK), min(len(units) - 1, place + AHEAD)
    sum_ = np.int64(units[low]) + np.int64(units[place]) + np.int64(units[high])
    sum_ += np.int64(units[(low + place) >> 1]) + np.int64(units[(place + high) >> 1])
    return sum_ + np.int64(weights[low]) + np.int64(weights[place]) + np.int64(weights[high])


@jit
def look(
    first: Any, second: Any, number: Any, units: Any, weights: Any, starts: Any, blocks: Any,
    of_three: Any, log_first: Any, need: Any, table: Any, stamps: Any, seen: Any, pairs: Any,
    places: Any, count: Any,
) -> Any:  # fmt: skip
    """Look at pairs of places; return what is worth more, with room for as many again."""
    touched = np.int64(0)
    for n in range(number):
        touched += _touch(units, weights, first[n]) + _touch(units, weights, second[n])
    for n in range(number):
        p, q = first[n], second[n]
        d, e = _document(p, starts, blocks), _document(q, starts, blocks)
        a, b = p - starts[d], q - starts[e]
        a_cell, shift = a >> CELL, (b - a) >> CELL
        pair = (np.uint64(d) << np.uint64(32)) | np.uint64(e)
        half = np.int64(1 << (CELL - 1))
        a_middle = (a_cell << CELL) + half
        b_middle = max(np.int64(0), a_middle + (shift << CELL) + half)
        place = (np.uint64(a_middle) << np.uint64(36)) | (np.uint64(b_middle) << np.uint64(8))
        tag = mix(pair ^ (place * _GOLD))
        at = np.int64(tag >> np.uint64(64 - _SEEN_BITS))
        if seen[at] == tag:
            continue
        stamps[0] += 1
        if stamps[0] == 1 << 24:
            table[:] = 0
            stamps[0] = 1
        stamp = np.uint32(stamps[0] << 8)
        bits = shared_bits(
            units, weights, p, starts[d], starts[d + 1] - 1, units, q, starts[e],
            starts[e + 1] - 1, of_three, log_first, table, stamp,
        )  # fmt: skip
        if bits < need:
            continue
        seen[at] = tag
        if count == len(pairs):
            more_pairs, more_places = np.empty(2 * count, np.uint64), np.empty(2 * count, np.uint64)
            more_pairs[:count], more_places[:count] = pairs, places
            pairs, places = more_pairs, more_places
        pairs[count], places[count] = pair, place
        count += 1
    return pairs, places, count, touched


@jit
def pair_up(
    keys: Any, place_bits: Any, units: Any, weights: Any, starts: Any, blocks: Any, cap: Any,
    most: Any, new: Any, of_three: Any, log_first: Any, need: Any,
) -> Any:  # fmt: skip
    """Return document pairs and places (to 32 units) whose surroundings share ``need`` bits.

    ``keys``: sorted. Of a key that up to ``cap`` documents have each is looked at with each; that
    up to ``most`` have, with the next one. Each document takes part with its first place.
    """
    docs, where = np.empty(most + 1, np.int64), np.empty(most + 1, np.int64)
    first, second = np.empty(_BATCH, np.int64), np.empty(_BATCH, np.int64)
    table, stamps = np.zeros(1 << SLOT_BITS, np.uint32), np.zeros(1, np.int64)
    seen = np.zeros(1 << _SEEN_BITS, np.uint64)
    pairs, places = np.empty(1024, np.uint64), np.empty(1024, np.uint64)
    count = waiting = 0
    bits = np.uint64(place_bits)
    mask = (np.uint64(1) << bits) - np.uint64(1)
    start = 0
    while start < len(keys):
        rest = keys[start] >> bits
        begin = start
        start += 1
        while start < len(keys) and keys[start] >> bits == rest:
            start += 1
        if start - begin < 2:
            continue
        number = 0
        last = np.int64(-1)
        for k in range(begin, start):
            place = np.int64(keys[k] & mask)
            doc = _document(place, starts, blocks)
            if doc == last:
                continue
            last = doc
            if number > most:
                break
            docs[number], where[number] = doc, place
            number += 1
        if number < 2 or number > most or docs[number - 1] < new:
            continue
        reach = number if number <= cap else 1
        for i in range(number - 1):
            for j in range(i + 1, min(number, i + 1 + reach)):
                if docs[j] < new:
                    continue
                first[waiting], second[waiting] = where[i], where[j]
                waiting += 1
                if waiting == _BATCH:
                    pairs, places, count, _ = look(
                        first, second, waiting, units, weights, starts, blocks, of_three,
                        log_first, need, table, stamps, seen, pairs, places, count,
                    )  # fmt: skip
                    waiting = 0
    pairs, places, count, _ = look(
        first, second, waiting, units, weights, starts, blocks, of_three, log_first, need, table,
        stamps, seen, pairs, places, count,
    )  # fmt: skip
    return pairs[:count], places[:count]


@jit
def look_at(
    first: Any, second: Any, units: Any, weights: Any, starts: Any, blocks: Any, others: Any,
    of_three: Any, log_first: Any,
) -> Any:  # fmt: skip
    """Return what `shared_bits` tells of each place in ``units`` and its place in one other text."""
    out = np.zeros(len(first), np.int64)
    table = np.zeros(1 << SLOT_BITS, np.uint32)
    for n in range(len(first)):
        d = _document(first[n], starts, blocks)
        stamp = np.uint32(((n & 0xFFFFF) + 1) << 8)
        out[n] = shared_bits(
            units, weights, first[n], starts[d], starts[d + 1] - 1, others, second[n], 0,
            len(others), of_three, log_first, table, stamp,
        )  # fmt: skip
    return out
