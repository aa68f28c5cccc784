"""Texts of people → texts that can be printed and given out.

What no printer has (control characters, marks that turn the direction of writing round, halves
of characters) goes away. Telephone and identity numbers, and the names of residents where they
are written in one of the usual ways, are struck out: a paper leaves the office, and those who
asked for something are never named in it (DOMAIN.md §4; 个人信息保护法 6). A name written in
another way is not found, so the page asks people to look.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from luoshi.core.knowledge import table

STRUCK = "×××"
_KEPT = frozenset("\n")
_DIRECTION = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
_UNPRINTED = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"  # identity card
    r"|(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"  # mobile
    r"|0\d{2,3}[- ]\d{7,8}"  # landline
    r")(?![0-9A-Za-z])(?!\s*[元万亿个件户])"
)


def clean(text: str) -> str:
    """Return a text fit to be set, with numbers and names of residents struck out."""
    shown = "".join(one for one in text.replace("\r\n", "\n").replace("\t", " ") if _prints(one))
    return _named().sub(_strike, _NUMBERS.sub(STRUCK, shown))


def _prints(one: str) -> bool:
    if one in _KEPT:
        return True
    return one not in _DIRECTION and unicodedata.category(one) not in _UNPRINTED


def _strike(match: re.Match[str]) -> str:
    if match["name"].startswith(tuple(table("templates/residents")["no_names"])):
        return match[0]
    return match[0].replace(match["name"], STRUCK)


@cache
def _named() -> re.Pattern[str]:
    """Return the pattern of a resident's name: who they are, surname, given name, what follows."""
    known, persons = table("templates/residents"), table("checks/persons")
    who, behind = "|".join(known["who"]), "|".join(known["behind"])
    given = f"[^\\W\\d_{known['no_given']}]"
    return re.compile(
        f"(?:{who})(?:姓名)?[：:“]?(?P<name>[{persons['surnames']}]{given}{{1,2}}?)"
        f"(?={behind}|[，。、；：（）()”\\s]|$)"
    )
