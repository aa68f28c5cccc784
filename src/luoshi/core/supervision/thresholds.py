"""From when on something is said: the package's defaults, and what an office puts in their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from luoshi.core.knowledge import table


@dataclass(frozen=True, slots=True)
class Value:
    """One threshold: its ``value``, the ``least`` and ``most`` it can be, what it means."""

    value: int
    least: int
    most: int
    words: str


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Whole numbers by name, and the appraisal dates as (month, day). ``own``: set by the office."""

    values: Mapping[str, int]
    appraisals: tuple[tuple[int, int], ...]
    own: frozenset[str] = frozenset()

    def __getitem__(self, name: str) -> int:
        return self.values[name]


@cache
def known() -> dict[str, Value]:
    """Return all thresholds with their defaults (data/supervision/thresholds.toml)."""
    rows = table("supervision/thresholds")["values"]
    return {
        name: Value(row["value"], row["least"], row["most"], row["words"])
        for name, row in rows.items()
    }


@cache
def defaults() -> Thresholds:
    """Return the thresholds as the package has them; all are marked as defaults."""
    days = table("supervision/thresholds")["appraisal"]["days"]
    return Thresholds({name: row.value for name, row in known().items()}, _appraisals(days))


def with_own(own: Mapping[str, Any]) -> Thresholds:
    """Return the defaults with an office's own values in their place.

    ``own`` holds numbers by the names of the data file, and ``appraisal`` as a list of
    ``"month-day"``. Raises ``ValueError`` with a Chinese message for a name that is none and for
    a value out of bounds.
    """
    values = dict(defaults().values)
    appraisals = defaults().appraisals
    for name, value in own.items():
        if name == "appraisal":
            appraisals = _appraisals(value)
            continue
        if name not in known():
            raise ValueError(f"没有“{name}”这一项，可用的有：{'、'.join(known())}、appraisal。")
        limits = known()[name]
        if type(value) is not int or not limits.least <= value <= limits.most:
            raise ValueError(
                f"“{name}”（{limits.words}）应当是{limits.least}到{limits.most}的整数。"
            )
        values[name] = value
    if values["late_half"] <= values["half"]:
        raise ValueError("“late_half”应当大于“half”。")
    return Thresholds(values, appraisals, frozenset(own))


def _appraisals(days: Any) -> tuple[tuple[int, int], ...]:
    found = []
    for words in days if isinstance(days, list) else [days]:
        try:
            month, day = (int(part) for part in str(words).split("-"))
            date(_ANY_COMMON_YEAR, month, day)
        except ValueError as error:
            raise ValueError(f"考核日期“{words}”应当写成“月-日”，例如“12-31”。") from error
        found.append((month, day))
    return tuple(found)


_ANY_COMMON_YEAR = 1  # 29 February is no date that comes every year
