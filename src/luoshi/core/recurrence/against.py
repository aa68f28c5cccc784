"""What a material says of a former problem against what the ledger says of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

Says = Literal["settled", "told", "nothing"]
Stands = Literal["none", "open", "closed", "withdrawn"]
Grade = Literal["good", "plain", "warn", "bad"]


class Verdict(NamedTuple):
    """How the two agree, and what to say of it."""

    grade: Grade
    words: str


_BACK = {
    "closed": Verdict(
        "bad", "台账已经销号，这次又提了出来。请看是不是反弹；是的，重新打开这一项。"
    ),
    "open": Verdict("warn", "台账还在办，这次又提了出来。"),
    "none": Verdict("warn", "台账里没有这一项，这次又提了出来。请为它建立整改事项。"),
    "withdrawn": Verdict("warn", "台账里这一项已经撤销，这次又提了出来。请看撤销得对不对。"),
}
_SETTLED = {
    "closed": Verdict("good", "材料说已经整改，台账已经销号，两边一致。"),
    "open": Verdict("bad", "材料说已经整改，台账还没有销号。"),
    "none": Verdict("warn", "材料说已经整改，台账里没有这一项，没有人核验过。"),
    "withdrawn": Verdict("warn", "材料说已经整改，台账里这一项已经撤销。"),
}
_TOLD = {
    "closed": Verdict("good", "台账已经销号。"),
    "open": Verdict("plain", "台账还在办。"),
    "none": Verdict("warn", "台账里没有这一项。"),
    "withdrawn": Verdict("plain", "台账里这一项已经撤销。"),
}
_NOTHING = {
    "closed": Verdict("plain", "材料没有交代，台账已经销号。"),
    "open": Verdict("bad", "材料没有交代，台账还在办。"),
    "none": Verdict("warn", "材料没有交代，台账里也没有这一项。"),
    "withdrawn": Verdict("warn", "材料没有交代，台账里这一项已经撤销。"),
}
_CONTRADICTED = "材料说已经整改，"


def against(says: Says, stands: Stands, *, back: bool) -> Verdict:
    """Return how what a material says of a former problem agrees with the ledger.

    ``back``: the material names the problem again. That it says so itself outweighs what its
    report says; a report that calls it settled all the same is told as well.
    """
    if not back:
        return {"settled": _SETTLED, "told": _TOLD, "nothing": _NOTHING}[says][stands]
    found = _BACK[stands]
    return Verdict("bad", _CONTRADICTED + found.words) if says == "settled" else found


def standing(states: Iterable[Stands]) -> Stands:
    """Return how a problem stands by the items that answer it: open while one of them is."""
    held = set(states)
    order: tuple[Stands, ...] = ("open", "closed", "withdrawn")
    return next((each for each in order if each in held), "none")
