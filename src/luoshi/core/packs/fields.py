"""Looking at a parsed table field by field; everything wrong is said, not only the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeGuard

LONGEST = 300


def is_day(value: object) -> TypeGuard[date]:
    """Tell whether a value is a day and no moment (TOML knows both)."""
    return type(value) is date


def unknown(table: Mapping[str, Any], known: frozenset[str], where: str) -> Iterator[str]:
    """Object to keys that mean nothing: a misspelt one would be passed over in silence."""
    for key in sorted(set(table) - known):
        yield f"{where}没有“{key}”这一项，可用的有：{'、'.join(sorted(known))}"


def text(table: Mapping[str, Any], key: str, where: str) -> Iterator[str]:
    """Object unless there is a text that says something."""
    value = table.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
        yield f"{where}的 {key} 应当是一段文字（最多{LONGEST}个字）"


def day(table: Mapping[str, Any], key: str, where: str) -> Iterator[str]:
    """Object unless there is a day."""
    if not is_day(table.get(key)):
        yield f"{where}的 {key} 应当是日期（年-月-日，不加引号）"


def texts(value: object, where: str) -> Iterator[str]:
    """Object unless a value is a list of different texts, one at least."""
    if not isinstance(value, list) or not value:
        yield f"{where}应当是用方括号列出的文字，至少一项"
    elif not all(isinstance(one, str) and 0 < len(one) <= LONGEST for one in value):
        yield f"{where}的每一项都应当是文字（最多{LONGEST}个字）"
    elif len(set(value)) < len(value):
        yield f"{where}里有重复的"


def rows(value: object, where: str) -> Iterator[str]:
    """Object unless a value is a list of tables."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        yield f"{where}的写法不对，应当是一组表"
