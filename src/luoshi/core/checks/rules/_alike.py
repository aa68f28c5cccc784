"""Characters that are taken for one another: they sound alike or look alike."""

from __future__ import annotations

from functools import cache

from luoshi.core import knowledge


@cache
def _groups() -> dict[str, frozenset[int]]:
    sounds = knowledge.table("checks/sounds")["groups"]
    names = knowledge.table("checks/sounds-names")
    rows = (
        *sounds,
        *names["groups"],
        *names["shapes"],
        *knowledge.table("checks/phrases")["shapes"],
        *knowledge.table("checks/persons")["shapes"],
    )
    found: dict[str, set[int]] = {}
    for index, row in enumerate(rows):
        for character in row:
            found.setdefault(character, set()).add(index)
    return {character: frozenset(groups) for character, groups in found.items()}


def alike(one: str, other: str) -> bool:
    """Tell whether two characters sound alike (tones, zh/z, -ing/-in aside) or look alike."""
    none: frozenset[int] = frozenset()
    return one != other and bool(_groups().get(one, none) & _groups().get(other, none))


def slip(one: str, other: str) -> int:
    """Return where two words of a length differ in one character that is alike, or -1."""
    places = [i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(places) != 1 or not alike(one[places[0]], other[places[0]]):
        return -1
    return places[0]
