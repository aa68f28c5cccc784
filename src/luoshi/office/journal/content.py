"""The content of a row as a canonical value: the same when saved and when read back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models

from luoshi.core.journal.canonical import Value


def content(row: models.Model) -> dict[str, Value]:
    """Return the row's own columns by name.

    Raises ``TypeError`` for a value that has no canonical form.
    """
    fields = row._meta.concrete_fields
    return {str(field.column): _value(field, field.value_from_object(row)) for field in fields}


@cache
def _held(field: models.Field[Any, Any]) -> type[Any] | None:
    """Return the type whose values such a field keeps as they are."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return _AS_IS.get(type(field))


_AS_IS: dict[type[Any], type[Any]] = {
    models.CharField: str, models.TextField: str, models.IntegerField: int,
    models.BigIntegerField: int, models.BigAutoField: int,
}  # fmt: skip


def _value(field: models.Field[Any, Any], value: Any) -> Value:
    if value is None or isinstance(value, bool) or type(value) is _held(field):
        same: Value = value
        return same
    if isinstance(field, models.JSONField):
        held: Value = value
        return held
    if isinstance(field, models.ForeignKey):
        return _value(field.target_field, value)
    if isinstance(field, models.FileField):
        return str(value)
    value = field.to_python(value)
    return _plain(field, value)


def _plain(field: models.Field[Any, Any], value: Any) -> Value:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        places = getattr(field, "decimal_places", None) or 0
        return str(value.quantize(Decimal(1).scaleb(-places)))
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if isinstance(value, str | int):
        return value
    raise TypeError(f"{field}: no canonical form for {type(value).__name__}")
