"""Values that people type → values of columns, and back to what a history keeps.

Every function raises ``Refused`` with words that say what to do; nothing is cut off or guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models

from luoshi.core.journal.canonical import Value
from luoshi.office.journal.errors import Refused
from luoshi.office.ledger.models import Commitment

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
_LARGEST = Decimal(10) ** 12


def label(column: str) -> str:
    """Return the Chinese name of a column of an item."""
    return _LABELS.get(column) or str(field(column).verbose_name)


def field(column: str) -> models.Field[Any, Any]:
    """Return a column of an item."""
    found = Commitment._meta.get_field(column)
    if not isinstance(found, models.Field):
        raise TypeError(f"{column} is no column")
    return found


_LABELS = {
    "owner": "责任人", "co_owners": "协办人", "unit": "责任单位", "special": "专项台账",
    "problems": "对应问题", "causes": "对应原因", "into": "合并到", "parts": "拆分为",
}  # fmt: skip


def text(value: Any, name: str, most: int | None = None) -> str:
    """Return a text without white space around it."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(f"{name}应当是文字。")
    found = value.strip()
    if "\x00" in found or any("\ud800" <= c <= "\udfff" for c in found):
        raise Refused(f"{name}里有无法保存的字符，请删去后重填。")
    if most is not None and len(found) > most:
        raise Refused(f"{name}最多{most}个字，现在有{len(found)}个字，请精简。")
    return found


def words(value: Any, name: str, least: int, most: int | None = None) -> str:
    """Return a text of at least so many characters."""
    found = text(value, name, most)
    if len(found) < least:
        raise Refused(f"请写明{name}（至少{least}个字）。")
    return found


def day(value: Any, name: str) -> date | None:
    """Return a date (also from ``2026-12-31``), or None where nothing was given."""
    if value in (None, ""):
        return None
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip())
        except ValueError:
            raise Refused(f"{name}不是有效的日期，请按“2026-12-31”的形式填写。") from None
    if not isinstance(value, date) or type(value) is not date:
        raise Refused(f"{name}不是有效的日期。")
    if not FIRST <= value <= LAST:
        raise Refused(f"{name}应当在{FIRST.year}年至{LAST.year}年之间。")
    return value


def a_day(value: Any, name: str) -> date:
    """Return a date that must be given."""
    found = day(value, name)
    if found is None:
        raise Refused(f"请填写{name}。")
    return found


def amount(value: Any, name: str) -> Decimal | None:
    """Return a number with at most two decimals, or None where nothing was given."""
    if value is None or value == "":
        return None
    try:
        found = Decimal(value if isinstance(value, int | Decimal) else str(value).strip())
    except InvalidOperation:
        raise Refused(f"{name}应当是数字。") from None
    if not found.is_finite() or abs(found) >= _LARGEST:
        raise Refused(f"{name}太大，请核对单位后重填。")
    if found != round(found, 2):
        raise Refused(f"{name}最多保留两位小数。")
    return round(found, 2)


def whole(value: Any, name: str, low: int, high: int) -> int | None:
    """Return a whole number within limits, or None where nothing was given."""
    if value is None or value == "":
        return None
    try:
        found = int(value)
    except (TypeError, ValueError):
        raise Refused(f"{name}应当是整数。") from None
    if isinstance(value, bool) or (found != value and not isinstance(value, str)):
        raise Refused(f"{name}应当是整数。")
    if not low <= found <= high:
        raise Refused(f"{name}应当在{low}至{high}之间。")
    return found


def keys(value: Any, name: str) -> list[int]:
    """Return numbers of rows, each once, in order."""
    if not isinstance(value, Iterable) or isinstance(value, str | bytes):
        raise Refused(f"{name}填写有误，请重新选择。")
    try:
        return sorted({int(held) for held in value})
    except (TypeError, ValueError):
        raise Refused(f"{name}填写有误，请重新选择。") from None


def plain(value: Any) -> Value:
    """Return the value as a history keeps it: dates and numbers as text, rows as numbers."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(round(value, 2), "f")
    if isinstance(value, list | tuple):
        return [plain(held) for held in value]
    if isinstance(value, dict):
        return {str(name): plain(held) for name, held in value.items()}
    held: Value = getattr(value, "pk", value)
    return held
