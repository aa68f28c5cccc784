"""Characters that are taken for one another: they sound alike or look alike."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from luoshi.core import knowledge


@cache
def _groups() -> dict[str, list[int]]:
    sounds = knowledge.table("checks/sounds")["groups"]
    names = knowledge.table("checks/sounds-names")
    rows = (
        *sounds,
        *names["groups"],
        *names["shapes"],
        *knowledge.table("checks/phrases")["shapes"],
        *knowledge.table("checks/persons")["shapes"],
    )
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        for character in row:
            found[character].append(index)
    return found


def alike(one: str, other: str) -> bool:
    """Tell whether two characters sound alike (tones, zh/z, -ing/-in aside) or look alike."""
    groups = _groups()
    return one != other and not set(groups.get(one, ())).isdisjoint(groups.get(other, ()))


def slip(one: str, other: str) -> int:
    """Return where two words of a length differ in one character that is alike, or -1."""
    places = [i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(places) != 1 or not alike(one[places[0]], other[places[0]]):
        return -1
    return places[0]
