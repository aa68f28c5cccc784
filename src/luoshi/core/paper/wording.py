"""The wording of papers (data/templates/report.toml), filled with values and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from luoshi.core.knowledge import table
from luoshi.core.paper.model import Note, Words
from luoshi.core.reading.docx.numformats import format_number

_UNITS = frozenset("项个条次件处")
_SLOT = re.compile(r"\{(\w+)\}")
_TAIL = re.compile(r"^(.*?)(\d+)$")


def say(key: str, **values: str | int | date | Words) -> Words:
    """Return a sentence of the template with its slots filled.

    Only the template is looked through for slots: what people wrote stays as it is. Raises
    ``KeyError`` for a slot without a value, which is a fault of ours.
    """
    found: list[str | Note] = []
    for n, piece in enumerate(_SLOT.split(table("templates/report")["sentences"][key])):
        held = values[piece] if n % 2 else piece
        found.extend(held if isinstance(held, tuple) else (_plain(held),))
    return _behind_units(found)


def _behind_units(parts: list[str | Note]) -> Words:
    """Put footnotes behind the unit of their figure: 2项¹, since 2¹ would read as 21."""
    found = list(parts)
    for n in range(1, len(found) - 1):
        after = found[n + 1]
        if isinstance(found[n], Note) and isinstance(after, str) and after[:1] in _UNITS:
            found[n - 1 : n + 2] = [f"{found[n - 1]}{after[0]}", found[n], after[1:]]
    return tuple(part for part in found if part)


def text(key: str, **values: str | int | date) -> str:
    """Return a sentence of the template without footnotes."""
    return "".join(part for part in say(key, **values) if isinstance(part, str))


def _plain(value: str | int | date) -> str:
    return day(value) if isinstance(value, date) else str(value)


def day(value: date) -> str:
    """Return a date as papers write it (GB/T 9704-2012, 7.3.5.4): 2026年1月5日."""
    return f"{value.year}年{value.month}月{value.day}日"


def amount(value: Decimal | None) -> str:
    """Return a number without trailing zeros."""
    if value is None:
        return text("not_fixed")
    return format(value, "f").rstrip("0").rstrip(".") if "." in format(value, "f") else str(value)


def number(level: int, count: int) -> str:
    """Return the number of a heading (GB/T 9704-2012, 7.3.3): 一、 （一） 1. （1）."""
    chinese = format_number(count, "chineseCountingThousand").replace("〇", "零")
    return {1: f"{chinese}、", 2: f"（{chinese}）", 3: f"{count}.", 4: f"（{count}）"}[level]


def listed(numbers: Iterable[str]) -> str:
    """Return numbers of rows in order, runs of them shortened: 2026-0001至2026-0009."""
    runs: list[list[str]] = []
    for one in sorted(set(numbers), key=_order):
        if runs and _follows(runs[-1][-1], one):
            runs[-1].append(one)
        else:
            runs.append([one])
    return "、".join(_run(run) for run in runs)


def _run(run: list[str]) -> str:
    return f"{run[0]}至{run[-1]}" if len(run) > 2 else "、".join(run)


def _order(one: str) -> tuple[str, int, str]:
    match = _TAIL.match(one)
    return (match[1], int(match[2]), one) if match else (one, -1, one)


def _follows(one: str, other: str) -> bool:
    first, second = _TAIL.match(one), _TAIL.match(other)
    return (
        first is not None
        and second is not None
        and first[1] == second[1]
        and len(first[2]) == len(second[2])
        and int(second[2]) == int(first[2]) + 1
    )
