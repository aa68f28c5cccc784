"""Statements that every action sends, with their text made once.

Django composes the text of a statement anew each time, which costs an action more than the
database does. Here the text is made by Django once per kind of row and kept; values are prepared
and read by the same fields as ever, so that what is written and read is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection, models
from django.db.models import Field, QuerySet

_KEPT = 1000
# What databases take as it is: a field would hand the value back.
_AS_IS: dict[type[Any], type[Any]] = {
    models.CharField: str, models.TextField: str, models.IntegerField: int,
    models.BigIntegerField: int, models.BigAutoField: int, models.ForeignKey: int,
    models.BooleanField: bool,
}  # fmt: skip


def _prepared(field: Field[Any, Any], value: Any) -> Any:
    if value is None or _AS_IS.get(type(field)) is type(value):
        return value
    return field.get_db_prep_save(value, connection)


def insert(rows: Sequence[models.Model], columns: Sequence[Field[Any, Any]] = ()) -> list[Any]:
    """Insert rows of one model; return what the database gave to each (its key), if anything."""
    model = type(rows[0])
    fields = columns or model._meta.local_concrete_fields
    text = _insert_text(connection.vendor, model, tuple(str(f.column) for f in fields), len(rows))
    values = [_prepared(f, f.pre_save(row, True)) for row in rows for f in fields]
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return list(cursor.fetchall()) if " RETURNING " in text else []


@lru_cache(maxsize=_KEPT)
def _insert_text(
    vendor: str, model: type[models.Model], columns: tuple[str, ...], rows: int
) -> str:
    # ``vendor``: tests open one database after the other.
    quoted, meta = connection.ops.quote_name, model._meta
    names = ", ".join(map(quoted, columns))
    marks = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * rows)
    given = ", ".join(f"{quoted(str(f.column))}" for f in meta.db_returning_fields)
    back = f" RETURNING {given}" if given and meta.pk.column not in columns else ""
    # The names are those of our own tables.
    return f"INSERT INTO {quoted(meta.db_table)} ({names}) VALUES {marks}{back}"  # noqa: S608


def update(
    model: type[models.Model], key: Any, values: Sequence[tuple[Field[Any, Any], Any]]
) -> bool:
    """Set columns of the row with a key; tell whether there is such a row."""
    text = _update_text(connection.vendor, model, tuple(str(f.column) for f, _ in values))
    given = [_prepared(field, value) for field, value in values]
    key = _prepared(model._meta.pk, key)
    with connection.cursor() as cursor:
        cursor.execute(text, [*given, key])
        return bool(cursor.rowcount)


@lru_cache(maxsize=_KEPT)
def _update_text(vendor: str, model: type[models.Model], columns: tuple[str, ...]) -> str:
    quoted, meta = connection.ops.quote_name, model._meta
    sets = ", ".join(f"{quoted(column)} = %s" for column in columns)
    return f"UPDATE {quoted(meta.db_table)} SET {sets} WHERE {quoted(str(meta.pk.column))} = %s"  # noqa: S608


class QuickModel(models.Model):
    """A model whose rows are saved with kept statements; all else is Django's own saving."""

    class Meta:
        abstract = True

    # What Django's `save` calls in the end; a Django that calls it otherwise is left alone.

    def _do_insert(self, *asked: Any, **named: Any) -> Any:
        if not named and len(asked) == 5:
            _, using, fields, _, raw = asked
            if not raw and using == connection.alias:
                return insert([self], fields)
        return super()._do_insert(*asked, **named)  # type: ignore[misc]

    def _do_update(self, *asked: Any, **named: Any) -> Any:
        if not named and len(asked) == 6:
            _, using, key, values, _, _ = asked
            plain = not any(hasattr(value, "resolve_expression") for _, _, value in values)
            if values and plain and using == connection.alias:
                return update(type(self), key, [(field, value) for field, _, value in values])
        return super()._do_update(*asked, **named)


class Select:
    """A query of rows of one model whose text is kept.

    ``make`` gives the query with ``places`` as its values; `rows` is given others in their stead.
    Raises ``RuntimeError`` on first use unless the text holds just these, in this order.
    """

    def __init__(self, make: Callable[[], QuerySet[Any]], *places: Any) -> None:
        self._make, self._places = make, places
        self._held: dict[str, tuple[str, Any, Any, list[str]]] = {}

    def rows(self, *values: Any) -> list[Any]:
        """Return the rows that the query finds with these values."""
        held = self._held.get(connection.vendor) or self._prepare()
        text, model, converters, names = held
        with connection.cursor() as cursor:
            cursor.execute(text, [_adapted(value) for value in values])
            found = cursor.fetchall()
        alias = connection.alias
        return [model.from_db(alias, names, _converted(row, converters)) for row in found]

    def _prepare(self) -> tuple[str, Any, Any, list[str]]:
        query = self._make().query
        compiler = query.get_compiler(connection=connection)
        text, values = compiler.as_sql()
        if tuple(values) != tuple(map(_adapted, self._places)):
            raise RuntimeError(f"the query takes {values}, not {self._places}")
        columns = [column for column, _, _ in compiler.select]
        held = (
            text, query.model, list(compiler.get_converters(columns).items()),
            [column.target.attname for column in columns],
        )  # fmt: skip
        self._held[connection.vendor] = held
        return held


def _adapted(value: Any) -> Any:
    if type(value) is date:
        return connection.ops.adapt_datefield_value(value)
    return value


def _converted(row: Sequence[Any], converters: Any) -> list[Any]:
    values = list(row)
    for place, (steps, expression) in converters:
        for step in steps:
            values[place] = step(values[place], expression, connection)
    return values
