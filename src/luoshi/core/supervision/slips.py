"""The state table of slips: data/workflow/slip.toml, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from luoshi.core.knowledge import table


@dataclass(frozen=True, slots=True)
class SlipState:
    """A state: its label; ``open``: not yet closed; ``asks``: an answer is awaited; ``end``."""

    key: str
    label: str
    open: bool
    asks: bool
    end: bool


@dataclass(frozen=True, slots=True)
class SlipMove:
    """A way from states to a state, the permission it needs and who decides it."""

    verb: str
    label: str
    sources: frozenset[str]
    target: str
    needs: str
    decided: Literal["system", "own", "untied"]
    why: str


@cache
def states() -> dict[str, SlipState]:
    """Return all states by key, in the order of the table."""
    return {
        key: SlipState(
            key, row["label"], row.get("open", False), row.get("asks", False), row.get("end", False)
        )
        for key, row in table("workflow/slip")["states"].items()
    }


@cache
def moves() -> dict[str, SlipMove]:
    """Return all moves by verb."""
    return {
        row["verb"]: SlipMove(
            row["verb"], row["label"], frozenset(row["from"]), row["to"], row["needs"],
            row["decided"], row.get("why", ""),
        )
        for row in table("workflow/slip")["moves"]
    }  # fmt: skip


def open_states() -> tuple[str, ...]:
    """Return the states of a slip that is not closed."""
    return tuple(key for key, state in states().items() if state.open)


def target(verb: str, state: str) -> str | None:
    """Return the state a move leads to, or None where the table has no such move."""
    move = moves().get(verb)
    return move.target if move is not None and state in move.sources else None
