"""Whose material it is, and for which kind of meeting, by its title: a proposal, never a fact."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from luoshi.core import knowledge
from luoshi.core.material.dated import held_for
from luoshi.core.material.model import Examination

_FEWEST = 3
_APART = 2


def printed_year(examination: Examination) -> int:
    """Return the year of the meeting that the title prints, or 0: what an outline suggests is no fact."""
    year = held_for(examination)
    return year if year and str(year) in examination.profile.title else 0


def is_next(before: Examination, after: Examination) -> bool:
    """Tell whether a material may be for the meeting right after another's.

    Titles must then print two years in a row; a year that only an outline suggests counts where
    it is two years off.
    """
    if printed_year(before) and printed_year(after):
        return printed_year(after) - printed_year(before) == 1
    first, second = held_for(before), held_for(after)
    return not (first and second) or abs(second - first) < _APART


class Author(NamedTuple):
    """What a title says of its author, and the kind of meeting (or empty)."""

    name: str
    meeting: str


@cache
def _off() -> re.Pattern[str]:
    return re.compile("|".join(knowledge.table("recurrence/authors")["off"]))


def author_of(title: str) -> Author | None:
    """Return whose material a title names; None where it names nobody (对照检查材料)."""
    name = _off().sub("", title)
    meetings: list[str] = knowledge.table("recurrence/authors")["meetings"]
    meeting = next((each for each in meetings if each in title), "")
    return Author(name, meeting) if len(name) >= _FEWEST else None
