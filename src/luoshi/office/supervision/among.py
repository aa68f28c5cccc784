"""``column__among=keys``: whether a number is among many, with one parameter for all of them.

``__in`` prepares every key by itself, which costs a sweep more than reading the rows does.
"""

from __future__ import annotations

import json
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigAutoField, ForeignKey, Lookup
from django.db.models.sql.compiler import SQLCompiler


class Among(Lookup):
    """The lookup, for keys and for columns that hold keys."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """Return the condition as SQLite reads it."""
        column, params = self.process_lhs(compiler, connection)
        given = json.dumps(list(self.rhs))
        # The column is one of our own models'.
        return f"{column} IN (SELECT value FROM json_each(%s))", (*params, given)  # noqa: S608

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """Return the condition as PostgreSQL reads it."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*params, list(self.rhs))


def register() -> None:
    """Make the lookup known."""
    for field in (BigAutoField, ForeignKey):
        field.register_lookup(Among)
