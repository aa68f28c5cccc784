"""The words of an office's items in memory, so that a search need not read every row.

They are kept by stretches of keys, as the counts are (`running`): after an action only the
stretches are read again in which it changed an item, so that nothing found is older than the
journal's head, and what was erased is gone from here too. Of very long ledgers nothing is kept:
there the database goes through its rows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from luoshi.office.journal import moving
from luoshi.office.ledger.models import Commitment
from luoshi.office.ledger.running import STRETCH, stretches, within

KEPT_MOST = 200_000  # items of one office; some 40 MB in each process of the server
_END = b"\n"  # between items: no word that is searched has one


@dataclass(frozen=True, slots=True)
class _Texts:
    """Texts of some items, one after another; ``starts``: where those of ``keys`` begin."""

    whole: bytes
    starts: tuple[int, ...]
    keys: tuple[int, ...]

    def holding(self, word: bytes) -> Iterator[int]:
        """Yield the keys of the items whose text holds a word, each once."""
        place = self.whole.find(word)
        while place >= 0:
            number = bisect_right(self.starts, place)
            yield self.keys[number - 1]
            if number == len(self.starts):
                return
            place = self.whole.find(word, self.starts[number])


# Of a stretch: titles and numbers, which everybody may search, and the words of the material.
_Stretch = tuple[_Texts, _Texts]


def kept(everything: int, words: Collection[str]) -> bool:
    """Tell whether a ledger of so many items is kept, and finds these words as databases do.

    Both databases take a small letter for a large one in ASCII; they differ on other letters.
    """
    return everything <= KEPT_MOST and all(
        char not in "\n\x00" and (char.isascii() or char.lower() == char.upper())
        for word in words
        for char in word
    )


def holding(office: int, words: Collection[str], in_source: bool, most: int) -> list[int]:
    """Return the keys of an office's items that hold every word, at most so many.

    ``in_source``: the material's words count too.
    """
    held = moving.by_parts(("texts", office), stretches, lambda parts: _read(office, parts))
    folded = [_folded(word) for word in words]
    found: list[int] = []
    for part in sorted(held):
        found += sorted(_all_of(held[part], folded, in_source))
        if len(found) > most:
            break
    return found[:most]


def _all_of(stretch: _Stretch, words: list[bytes], in_source: bool) -> set[int]:
    searched = stretch if in_source else stretch[:1]
    hits = ({key for texts in searched for key in texts.holding(word)} for word in words)
    return set.intersection(*hits)


def _read(office: int, parts: Collection[int] | None) -> dict[int, _Stretch]:
    rows = within(Commitment.for_office(office), parts).order_by("pk")
    made: dict[int, tuple[list[int], list[bytes], list[bytes]]] = {}
    for key, title, number, source in rows.values_list("pk", "title", "number", "source_text"):
        keys, owns, sources = made.setdefault(key // STRETCH, ([], [], []))
        keys.append(key)
        # Title and number apart: no word may be found across the two.
        owns.append(_folded(title) + b"\x00" + _folded(number))
        sources.append(_folded(source))
    return {
        part: (_joined(keys, owns), _joined(keys, sources))
        for part, (keys, owns, sources) in made.items()
    }


def _joined(keys: list[int], texts: list[bytes]) -> _Texts:
    starts, place = [], 0
    for text in texts:
        starts.append(place)
        place += len(text) + len(_END)
    return _Texts(_END.join(texts), tuple(starts), tuple(keys))


def _folded(text: str) -> bytes:
    """Return a text as bytes with its ASCII letters small: whole characters are found in it."""
    return text.encode().lower()
