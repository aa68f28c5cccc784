"""Answers that stand as long as nobody has done anything.

Every change of the ledger moves the journal's head, so what was counted at a head is still right
at the same head. Counting a long ledger anew for every page would make each of them slow.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from luoshi.office.journal import guard, storage

T = TypeVar("T")
_KEPT = 500
_answers: dict[Hashable, tuple[bytes, Any]] = {}


def while_unchanged(key: Hashable, work: Callable[[], T]) -> T:
    """Return what ``work`` finds, or what it found for this key at the head as it stands.

    For what a page shows, never for what an action decides. ``key`` names the question with all
    that it depends on beside the rows: the office, the day. The head is read first: what is
    written while ``work`` is under way makes the answer newer than its mark, not older.
    """
    tree = storage.seen()
    mark = bytes(tree.nodes) if tree else b""
    if guard.current() or not mark:
        return work()
    held = _answers.get(key)
    if held is not None and held[0] == mark:
        found: T = held[1]
        return found
    with storage.reading(tree):
        found = work()
    if len(_answers) >= _KEPT:
        _answers.clear()
    _answers[key] = (mark, found)
    return found


def forget() -> None:
    """Forget all answers, as after an action."""
    _answers.clear()
