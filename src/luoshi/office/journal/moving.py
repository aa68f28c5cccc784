"""Counts over a long table that move on with the journal, part by part.

Whatever an action changes stands in its entry. What was counted at one head of the journal is
therefore right at the next for every part (a stretch of keys, a material) that no entry between
the two has touched; only the others are counted again. That the second head goes on from the first
is proved by the tree itself: after a restore everything is counted anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from luoshi.core.journal.merkle import Frontier
from luoshi.office.journal import guard, storage
from luoshi.office.journal.models import Entry, Head, Row

T = TypeVar("T")
# The keys of the rows that were changed, by table.
Changed = Mapping[str, frozenset[str]]
MOST = 400  # entries, and rows, that are gone through; after more everything is counted anew
_KEPT = 200


@dataclass(frozen=True, slots=True)
class _Kept:
    size: int
    nodes: bytes
    found: Mapping[Any, Any]


_answers: dict[Hashable, _Kept] = {}
_last: dict[tuple[bytes, bytes], Changed] = {}


def by_parts(
    key: Hashable,
    parts: Callable[[Changed], Collection[Any] | None],
    count: Callable[[Collection[Any] | None], Mapping[Any, T]],
) -> Mapping[Any, T]:
    """Return what ``count`` finds for each part, counted anew only where something has changed.

    ``count`` is given the parts to count, or None for all; a part with nothing in it may be left
    out. ``parts`` tells which parts the changed rows belong to, None where that cannot be told.
    ``key`` names the question with all that it depends on beside the rows. For what a page
    shows, never for what an action decides.
    """
    tree = storage.seen()
    if guard.current() or tree is None or not tree.size:
        return count(None)
    nodes, held = bytes(tree.nodes), _answers.get(key)
    if held is not None and held.nodes == nodes:
        return held.found
    changed = _since(held, tree) if held is not None else None
    touched = parts(changed) if changed is not None else None
    if held is None or touched is None:
        found = dict(count(None))
    else:
        found = {part: value for part, value in held.found.items() if part not in touched}
        found |= count(touched) if touched else {}
    if len(_answers) >= _KEPT:
        _answers.clear()
    _answers[key] = _Kept(tree.size, nodes, found)
    return found


def _since(held: _Kept, tree: Head) -> Changed | None:
    """Return what was changed since; None where it is much, or the journal is another one."""
    number, nodes = tree.size - held.size, bytes(tree.nodes)
    if not 0 < number <= MOST:
        return None
    asked = (held.nodes, nodes)
    if asked in _last:
        return _last[asked]
    entries = Entry.objects.filter(number__gte=held.size, number__lt=tree.size)
    frontier = Frontier.from_bytes(held.size, held.nodes)
    for leaf in entries.order_by("number").values_list("leaf", flat=True):
        frontier = frontier.add(bytes(leaf))
    if (frontier.size, frontier.to_bytes()) != (tree.size, nodes):
        return None
    rows = Row.objects.filter(entry_id__gte=held.size, entry_id__lt=tree.size)
    changed: dict[str, set[str]] = {}
    found = list(rows.values_list("table", "key")[: MOST + 1])
    if len(found) > MOST:
        return None
    for table, row in found:
        changed.setdefault(table, set()).add(row)
    _last.clear()  # the questions of one page all ask for the same
    _last[asked] = {table: frozenset(keys) for table, keys in changed.items()}
    return _last[asked]


def forget() -> None:
    """Forget everything, as after the program's start."""
    _answers.clear()
    _last.clear()
