"""The state table: data/workflow/commitment.toml, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from luoshi.core.knowledge import table

Standing = Literal["", "own", "superior", "untied", "other"]


@dataclass(frozen=True, slots=True)
class State:
    """A state: its Chinese ``label``; ``open``: the problem is not gone; ``active``: agreed."""

    key: str
    label: str
    open: bool
    active: bool
    end: bool


@dataclass(frozen=True, slots=True)
class Move:
    """One way from states to a state, what permission it ``needs``, who may ``decide`` it."""

    verb: str
    label: str
    sources: frozenset[str]
    target: str
    needs: str
    decided: Standing
    why: str


@cache
def states() -> dict[str, State]:
    """Return all states by key, in the order of the table."""
    rows = table("workflow/commitment")["states"]
    return {
        key: State(
            key, row["label"], row.get("open", False), row.get("active", False),
            row.get("end", False),
        )
        for key, row in rows.items()
    }  # fmt: skip


@cache
def moves() -> dict[str, Move]:
    """Return all moves by verb."""
    rows = table("workflow/commitment")["moves"]
    return {
        row["verb"]: Move(
            row["verb"], row["label"], frozenset(row["from"]), row["to"], row["needs"],
            row.get("decided", ""), row.get("why", ""),
        )
        for row in rows
    }  # fmt: skip


def default_days(name: str) -> int:
    """Return how many days something lasts unless the office says otherwise (default)."""
    return int(table("workflow/commitment")["days"][name])


def target(verb: str, state: str, suspended_from: str = "") -> str | None:
    """Return the state a move leads to, or None where the table has no such move."""
    move = moves().get(verb)
    if move is None or state not in move.sources:
        return None
    if move.target == "*":
        return suspended_from if suspended_from in states() else None
    return move.target


def verbs_from(state: str) -> tuple[Move, ...]:
    """Return the moves that leave a state, in the order of the table."""
    return tuple(move for move in moves().values() if state in move.sources)
