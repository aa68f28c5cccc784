"""Whose material it is, and for which kind of meeting, by its title: a proposal, never a fact."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from luoshi.core import knowledge

_FEWEST = 3


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
