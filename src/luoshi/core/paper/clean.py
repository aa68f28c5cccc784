"""Texts of people → texts that can be printed and given out.

What no printer has (control characters, marks that turn the direction of writing round, halves
of characters) goes away. Telephone and identity numbers, homes, and the names of residents where
they are written in one of the usual ways, are struck out: a paper leaves the office, and those who
asked for something are never named in it (DOMAIN.md §4; 个人信息保护法 6). A name written in
another way is not found, so the page asks people to look.
"""

from __future__ import annotations

import unicodedata

from luoshi.core.text.masking import STRIKING, masked

_KEPT = frozenset("\n")
_DIRECTION = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
_UNPRINTED = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})


def clean(text: str) -> str:
    """Return a text fit to be set, with numbers and names of residents struck out."""
    shown = "".join(one for one in text.replace("\r\n", "\n").replace("\t", " ") if _prints(one))
    return masked(shown, way=STRIKING)


def _prints(one: str) -> bool:
    if one in _KEPT:
        return True
    return one not in _DIRECTION and unicodedata.category(one) not in _UNPRINTED
