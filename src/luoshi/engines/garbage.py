"""How often this process looks for garbage that only the cyclic collector finds."""

from __future__ import annotations

import gc

_ALLOCATIONS = 20_000
_ROUNDS = 20


def collect_seldom() -> None:
    """Let the collector run seldom: for whole processes that are ours alone, never a server's.

    Documents leave no cycles to speak of, while loading the knowledge makes the collector look
    through all of it again and again: that costs a short command a twentieth of its time.
    """
    gc.set_threshold(_ALLOCATIONS, _ROUNDS, _ROUNDS)
