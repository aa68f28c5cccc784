"""What an open action knows the database to hold: the rows that it has locked.

Nobody else can change a locked row before the action ends, so that its columns need not be asked
for again, and those that stayed the same need not be written again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from luoshi.office.journal.statements import QuickModel


class Held:
    """The rows locked by one action, each with its columns as the database holds them."""

    def __init__(self) -> None:
        self._rows: dict[tuple[type[QuickModel], Any], tuple[QuickModel, dict[str, Any]]] = {}

    def keep(self, row: QuickModel) -> None:
        """Remember a row as it was just read, or written, under its lock."""
        columns = (field.attname for field in row._meta.concrete_fields)
        values = {name: _fixed(row.__dict__[name]) for name in columns if name in row.__dict__}
        self._rows[type(row), row.pk] = (row, values)

    def known(self, row: QuickModel) -> Mapping[str, Any]:
        """Return what the database holds of a row; empty where that is not certain.

        Of a row that was locked twice only the later copy is certain.
        """
        kept, values = self._rows.get((type(row), row.pk), (None, {}))
        return values if kept is row else {}

    @contextmanager
    def saving(self, row: QuickModel) -> Iterator[None]:
        """Let a row be saved by what changed in it, and remember it as saved."""
        known = self.known(row)
        row.known = known or None
        try:
            yield
        finally:
            row.known = None
            self._rows.pop((type(row), row.pk), None)
        if known:
            self.keep(row)


def _fixed(value: Any) -> Any:
    """Return a value that does not change when somebody adds to the one that was read."""
    return deepcopy(value) if isinstance(value, list | dict) else value
