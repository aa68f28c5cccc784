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

import numpy as np
from numpy.typing import NDArray

from luoshi.core.overlap.consensus_row import Keys, Place, Places, Row
from luoshi.core.overlap.spelling import is_slip, is_word_there

LEAST = 5  # documents that must agree
RATIO = 8  # ... for each that does not
MOST_CHARACTERS = 40_000_000
_SHAPES = ((4, 4), (2, 6), (6, 2), (1, 7), (7, 1))
_HOLES = (1, 2)
_AROUND, _AROUND_WORD = 14, 20  # units around it that must agree; more where it is a word as well


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
    row = Row(texts)
    best: dict[Place, Slip] = {}
    for hole in _HOLES:
        candidates = row.odd(hole, LEAST)
        for shape in _SHAPES:
            for one in _found(row, candidates, shape, hole, references):
                held = best.get(one.place)
                if held is None or one.documents > held.documents:
                    best[one.place] = one
    return _separate(sorted(best.values()))


def _found(
    row: Row, odd: NDArray[np.bool_], shape: tuple[int, int], hole: int, references: int
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
    row: Row, odd: NDArray[np.bool_], shape: tuple[int, int], hole: int
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
    row: Row, hole: int, references: int, inside: list[int], documents: list[int], at: list[int]
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
