"""What belongs together: the places where one passage stands, the documents that share any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)

Place = tuple[int, int, int]  # document, start, end

_SAME = 0.5  # of the shorter one: two spans of a document that are the same passage


def same_passages(pairs: Iterable[tuple[Place, Place]]) -> list[list[Place]]:
    """Return the places of each passage, most places first.

    Two spans of one document are the same passage when they overlap by half of the shorter.
    """
    union: _Union[Place] = _Union()
    by_document: dict[int, set[Place]] = defaultdict(set)
    for first, second in pairs:
        union.join(first, second)
        by_document[first[0]].add(first)
        by_document[second[0]].add(second)
    for places in by_document.values():
        ordered = sorted(places)
        for number, one in enumerate(ordered):
            for other in ordered[number + 1 :]:
                if other[1] >= one[2]:
                    break
                if min(one[2], other[2]) - other[1] >= _SAME * min(_length(one), _length(other)):
                    union.join(one, other)
    groups = [_widest(group) for group in union.groups()]
    return sorted(groups, key=lambda group: (-len(group), group))


def clusters(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the groups of documents of which each shares a passage with another, largest first."""
    union: _Union[int] = _Union()
    for first, second in pairs:
        union.join(first, second)
    return sorted((sorted(g) for g in union.groups()), key=lambda group: (-len(group), group))


def _length(place: Place) -> int:
    return place[2] - place[1]


def _widest(group: list[Place]) -> list[Place]:
    """Make one of the spans of a document that overlap."""
    out: list[Place] = []
    for document, start, end in sorted(group):
        if out and out[-1][0] == document and start < out[-1][2]:
            out[-1] = (document, out[-1][1], max(end, out[-1][2]))
        else:
            out.append((document, start, end))
    return out


class _Union(Generic[T]):
    """Joins things into groups."""

    def __init__(self) -> None:
        self._above: dict[T, T] = {}

    def _top(self, thing: T) -> T:
        above = self._above.setdefault(thing, thing)
        while above != self._above[above]:
            self._above[thing] = above = self._above[above]
        return above

    def join(self, one: T, other: T) -> None:
        """Put two things, and what was joined to them, into one group."""
        self._above[self._top(other)] = self._top(one)

    def groups(self) -> list[list[T]]:
        """Return the groups, in the order in which their first things came."""
        found: dict[T, list[T]] = {}
        for thing in self._above:
            found.setdefault(self._top(thing), []).append(thing)
        return list(found.values())
