"""Titles of documents in full, and the short ones that stand for them."""

from __future__ import annotations

import re
from functools import cache

from luoshi.core import knowledge
from luoshi.core.checks.model import Severity

TITLE = re.compile(r"《([^《》\n]{2,60})》")
_NOTE = re.compile(r"[（(][^（）()]*[）)]$")
_PARTY, _STATE = "中国共产党", "中华人民共和国"
# A title without its first word is another document when so little is left of it.
_LEAST = 5


def bare(title: str) -> str:
    """Return a title without the note on its version: （试行）, （2023年版）."""
    return _NOTE.sub("", title)


@cache
def full_titles() -> tuple[str, ...]:
    """Return all titles in full."""
    table = knowledge.table("checks/names-in-full")
    return (*(row["full"] for row in table["documents"]), *table["more"])


@cache
def short_titles() -> dict[str, tuple[str, Severity | None]]:
    """Return the full title by short title, and how severe the short one is.

    What the party issued is called in full at first; a law without 中华人民共和国 is so
    usual that it is only noted.
    """
    rows = knowledge.table("checks/names-in-full")["documents"]
    found: dict[str, tuple[str, Severity | None]] = {}
    for full in full_titles():
        for prefix, severity in ((_PARTY, None), (_STATE, "note")):
            short = bare(full).removeprefix(prefix)
            if short != bare(full) and (len(short) >= _LEAST or prefix == _STATE):
                found[short] = (full, severity)  # type: ignore[assignment]
                found[f"中共{short}"] = (full, None)
    found |= {short: (row["full"], None) for row in rows for short in row.get("short", ())}
    return {short: told for short, told in found.items() if short not in known_in_full()}


@cache
def known_in_full() -> frozenset[str]:
    """Return the full titles with and without the note on their version."""
    return frozenset((*full_titles(), *map(bare, full_titles())))


@cache
def known() -> frozenset[str]:
    """Return all titles that are right somewhere, short ones too."""
    return known_in_full() | frozenset(short_titles())
