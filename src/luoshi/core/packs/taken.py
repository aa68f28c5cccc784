"""What packs add to the program's own tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from luoshi.core import knowledge
from luoshi.core.packs.model import DOCUMENTS, WORKDAYS, Pack
from luoshi.core.packs.workdays import days_off

_TABLE = "checks/documents"


def tables_of(packs: Sequence[Pack]) -> dict[str, dict[str, Any]]:
    """Return the tables that `knowledge.add` is to be given for these packs."""
    found: dict[str, dict[str, Any]] = {}
    rows: list[Any] = []
    for pack in packs:
        for name, table in pack.tables.items():
            if name.startswith(f"{DOCUMENTS}/"):
                rows += table["documents"]
            else:
                found[name] = table
    if rows:
        own = knowledge.packaged(_TABLE)
        found[_TABLE] = own | {"documents": [*own["documents"], *rows]}
    return found


def replaced(pack: Pack) -> list[str]:
    """Return the names of the program's own tables that a pack takes the place of."""
    return [name for name in sorted(pack.tables) if _is_packaged(name)]


def clashes(pack: Pack) -> Iterator[str]:
    """Yield days that the pack calls worked and another year's table off, or the other way."""
    for name, table in pack.tables.items():
        if not name.startswith(f"{WORKDAYS}/"):
            continue
        for other in knowledge.names(WORKDAYS):
            known = knowledge.table(f"{WORKDAYS}/{other}")
            if known["year"] == table["year"]:
                continue
            both = (days_off(table) & set(known["on"])) | (days_off(known) & set(table["on"]))
            for day in sorted(both):
                yield f"{day} 在{table['year']}年和{known['year']}年的放假安排里说法不一"


def _is_packaged(name: str) -> bool:
    try:
        knowledge.packaged(name)
    except FileNotFoundError:
        return False
    return True
