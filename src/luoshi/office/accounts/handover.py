"""What a person has in hand when they leave: apps above register how it is handed over."""

from __future__ import annotations

from collections.abc import Callable

from luoshi.office.accounts.models import Person
from luoshi.office.journal.act import Act

# How many things a person has in hand.
Count = Callable[[Person], int]
# Hands all of them to somebody else, or asks for it where a superior must decide, inside the open
# action; returns how many.
HandOver = Callable[[Act, Person, Person], int]

_registered: dict[str, tuple[Count, HandOver]] = {}


def register(name: str, count: Count, hand_over: HandOver) -> None:
    """Register one kind of thing under its Chinese name."""
    _registered[name] = (count, hand_over)


def in_hand(person: Person) -> dict[str, int]:
    """Return how many things of each kind a person has in hand."""
    counts = {name: count(person) for name, (count, _) in _registered.items()}
    return {name: number for name, number in counts.items() if number}


def hand_over_all(act: Act, person: Person, successor: Person) -> dict[str, int]:
    """Hand everything over, inside the open action; returns the numbers by kind."""
    counts = {name: hand(act, person, successor) for name, (_, hand) in _registered.items()}
    return {name: number for name, number in counts.items() if number}
