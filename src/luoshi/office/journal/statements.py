"""Statements that every action sends, with their text made once.

Django composes the text of a statement anew each time, which costs an action more than the
database does. Here the text is made by Django once per kind of row and kept; values are prepared
and read by the same fields as ever, so that what is written and read is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection, models
from django.db.models import Field, QuerySet

# The text of a statement, and the values it takes.
Statement = tuple[str, list[Any]]

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


def _cursor() -> Any:
    """Return a cursor for kept statements.

    PostgreSQL keeps their plans too, by the connection's ``prepare_threshold`` (office/home.py):
    for that, values go to it beside the text instead of inside.
    """
    if connection.vendor != "postgresql" or connection.queries_logged:
        return connection.cursor()
    from django.db.backends.postgresql.base import ServerBindingCursor

    connection.ensure_connection()
    bound: Any = ServerBindingCursor
    return connection.make_cursor(bound(connection.connection))


def insertion(
    rows: Sequence[models.Model], columns: Sequence[Field[Any, Any]] = (), *, returning: bool = True
) -> Statement:
    """Return the statement that inserts rows of one model (``columns``: these alone).

    ``returning``: it gives back the keys that the database makes.
    """
    model = type(rows[0])
    fields = columns or model._meta.local_concrete_fields
    names = tuple(str(f.column) for f in fields)
    text = _insert_text(connection.vendor, model, names, len(rows), returning)
    return text, [_prepared(f, f.pre_save(row, True)) for row in rows for f in fields]


def insert(rows: Sequence[models.Model], columns: Sequence[Field[Any, Any]] = ()) -> list[Any]:
    """Insert rows of one model; return what the database gave to each (its key), if anything."""
    text, values = insertion(rows, columns)
    with _cursor() as cursor:
        cursor.execute(text, values)
        return list(cursor.fetchall()) if " RETURNING " in text else []


@lru_cache(maxsize=_KEPT)
def _insert_text(
    vendor: str, model: type[models.Model], columns: tuple[str, ...], rows: int, returning: bool
) -> str:
    # ``vendor``: tests open one database after the other.
    quoted, meta = connection.ops.quote_name, model._meta
    names = ", ".join(map(quoted, columns))
    marks = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * rows)
    given = ", ".join(f"{quoted(str(f.column))}" for f in meta.db_returning_fields)
    back = f" RETURNING {given}" if returning and given and meta.pk.column not in columns else ""
    # The names are those of our own tables.
    return f"INSERT INTO {quoted(meta.db_table)} ({names}) VALUES {marks}{back}"  # noqa: S608


def alteration(
    model: type[models.Model], key: Any, values: Sequence[tuple[Field[Any, Any], Any]]
) -> Statement:
    """Return the statement that sets columns of the row with a key."""
    text = _update_text(connection.vendor, model, tuple(str(f.column) for f, _ in values))
    given = [_prepared(field, value) for field, value in values]
    return text, [*given, _prepared(model._meta.pk, key)]


def update(
    model: type[models.Model], key: Any, values: Sequence[tuple[Field[Any, Any], Any]]
) -> bool:
    """Set columns of the row with a key; tell whether there is such a row."""
    text, given = alteration(model, key, values)
    with _cursor() as cursor:
        cursor.execute(text, given)
        return bool(cursor.rowcount)


def together(*changes: Statement) -> None:
    """Send insertions and alterations whose answers nobody waits for.

    To PostgreSQL they go as one: each way there and back costs as much as the work itself.
    References between their rows hold, since those are looked at when the transaction ends.
    """
    if connection.vendor == "postgresql":
        changes = (
            (_joined(tuple(text for text, _ in changes)), [v for _, held in changes for v in held]),
        )
    with _cursor() as cursor:
        for text, values in changes:
            cursor.execute(text, values)


@lru_cache(maxsize=_KEPT)
def _joined(texts: tuple[str, ...]) -> str:
    *before, last = texts
    if not before:
        return last
    return f"WITH {', '.join(f'p{n} AS ({text})' for n, text in enumerate(before))} {last}"


@lru_cache(maxsize=_KEPT)
def _update_text(vendor: str, model: type[models.Model], columns: tuple[str, ...]) -> str:
    quoted, meta = connection.ops.quote_name, model._meta
    sets = ", ".join(f"{quoted(column)} = %s" for column in columns)
    return f"UPDATE {quoted(meta.db_table)} SET {sets} WHERE {quoted(str(meta.pk.column))} = %s"  # noqa: S608


class QuickModel(models.Model):
    """A model whose rows are saved with kept statements; all else is Django's own saving.

    ``known``: what the database holds of this row, by attribute, if that is certain; the columns
    that hold the same are then not written again.
    """

    known: Mapping[str, Any] | None = None

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
                new = [(field, value) for field, _, value in values if self._is_new(field, value)]
                return update(type(self), key, new) if new else True
        return super()._do_update(*asked, **named)

    def _is_new(self, field: Field[Any, Any], value: Any) -> bool:
        known = self.known
        return known is None or field.attname not in known or known[field.attname] != value


class Select:
    """A query of rows of one model whose text is kept; annotations become attributes.

    ``make`` gives the query with ``places`` as its values; `rows` is given others in their stead.
    Raises ``RuntimeError`` on first use unless the text holds just these, in this order.
    """

    def __init__(self, make: Callable[[], QuerySet[Any]], *places: Any) -> None:
        self._make, self._places = make, places
        self._held: dict[str, _Prepared] = {}

    def rows(self, *values: Any) -> list[Any]:
        """Return the rows that the query finds with these values."""
        held = self._held.get(connection.vendor) or self._prepare()
        with _cursor() as cursor:
            cursor.execute(held.text, [_adapted(value) for value in values])
            found = cursor.fetchall()
        return [held.row(values) for values in found]

    def _prepare(self) -> _Prepared:
        query = self._make().query
        compiler = query.get_compiler(connection=connection)
        text, values = compiler.as_sql()
        if tuple(values) != tuple(map(_adapted, self._places)):
            raise RuntimeError(f"the query takes {values}, not {self._places}")
        columns = [column for column, _, _ in compiler.select]
        given: Any = compiler.klass_info
        fields = len(given["select_fields"])  # the model's own come first
        held = _Prepared(
            text, query.model, list(compiler.get_converters(columns).items()),
            [column.target.attname for column in columns[:fields]],
            [name for name, _ in sorted(compiler.annotation_col_map.items(), key=lambda i: i[1])],
        )  # fmt: skip
        self._held[connection.vendor] = held
        return held


@dataclass(frozen=True, slots=True)
class _Prepared:
    text: str
    model: Any
    converters: list[Any]
    names: list[str]
    annotations: list[str]

    def row(self, found: Sequence[Any]) -> Any:
        values, own = _converted(found, self.converters), len(self.names)
        row = self.model.from_db(connection.alias, self.names, values[:own])
        for name, value in zip(self.annotations, values[own:], strict=True):
            setattr(row, name, value)
        return row


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
