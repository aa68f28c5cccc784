"""Whether a spelling that few use is a slip, or another name, number or word that is right too."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from luoshi.core import knowledge

_HAN = ("\u4e00", "\u9fff")
_NEAR = 12
_BEFORE_PLACE = 3  # characters of a name before 社区, 路


def is_slip(text: str, start: int, written: str, usual: str) -> bool:
    """Tell whether ``written``, at ``start`` of a text, is likely a slip for ``usual``.

    It is where each character sounds like the one that is usual there, unless both are right, or it
    may belong to the name of a person or place, which nobody but its bearer can correct.
    """
    pairs = list(zip(written, usual, strict=True))
    if not all(_same_sound(one, other) for one, other in pairs):
        return False
    if any(_both_right(one, other) for one, other in pairs):
        return False
    end = start + len(written)
    before, behind = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if _after_figure(before):
        return False
    return not (_in_place(usual, behind) or _in_person(before, usual, behind))


def is_word_there(text: str, start: int, written: str) -> bool:
    """Tell whether what is written makes a word, alone or with a character beside it."""
    around = text[max(0, start - 1) : start + len(written) + 1]
    return any(_word(around[at : at + 2]) for at in range(len(around) - 1))


@cache
def _table() -> dict[str, Any]:
    return knowledge.table("overlap/variants")


@cache
def _sounds() -> dict[str, frozenset[int]]:
    """Return the rows of the tables of sounds in which each character stands."""
    found: dict[str, set[int]] = {}
    rows = [
        *knowledge.table("checks/sounds")["groups"],
        *knowledge.table("checks/sounds-names")["groups"],
    ]
    for index, row in enumerate(rows):
        for character in row:
            found.setdefault(character, set()).add(index)
    return {character: frozenset(held) for character, held in found.items()}


def _same_sound(one: str, other: str) -> bool:
    sounds = _sounds()
    return one != other and not sounds.get(one, frozenset()).isdisjoint(sounds.get(other, ()))


@cache
def _groups() -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for index, row in enumerate(_table()["groups"]):
        for character in row:
            found.setdefault(character, set()).add(index)
    return found


def _both_right(one: str, other: str) -> bool:
    numerals = _table()["numerals"]
    if one in numerals and other in numerals:
        return True
    return bool(_groups().get(one, set()) & _groups().get(other, set()))


def _after_figure(before: str) -> bool:
    """Tell whether a figure stands before it: what is counted may be another thing."""
    return before[-1:].isdigit()


def _word(pair: str) -> bool:
    # The table of words lies with the checks; most runs of the core do not need it.
    from luoshi.core.checks.rules._pairs import is_word

    return is_word(pair)


@cache
def _places() -> tuple[re.Pattern[str], frozenset[str]]:
    words = _table()["places"]
    long = "|".join(word for word in words if len(word) > 1)
    return re.compile(rf"[\u4e00-\u9fff]{{0,{_BEFORE_PLACE - 1}}}?(?:{long})"), frozenset(
        word for word in words if len(word) == 1
    )


def _in_place(word: str, behind: str) -> bool:
    """Tell whether the word of a place follows, of which this may be the name."""
    long, short = _places()
    if long.match(behind):
        return True
    for at in range(_BEFORE_PLACE - 1):
        mark, ahead = behind[at : at + 1], (word + behind)[len(word) + at - 1]
        if not mark or not _is_han(mark):
            return False
        if mark in short and not _word(ahead + mark) and not _word(mark + behind[at + 1 : at + 2]):
            return True
    return False


def _in_person(before: str, word: str, behind: str) -> bool:
    """Tell whether this may be a surname, or a given name behind one."""
    surnames = knowledge.table("checks/persons")["surnames"]
    no_given = knowledge.table("checks/persons")["no_given"]
    if word[0] in surnames and _titled(behind):
        return True
    for back in (1, 2):
        name = before[-back:] if len(before) >= back else ""
        if len(name) < back or name[0] not in surnames or not all(map(_is_han, name)):
            continue
        given = name[1:] + word
        if any(c in no_given for c in given):
            continue
        ahead = before[-back - 1 : -back]
        # 高度, 和谐, 提高了: the surname belongs to a word.
        if _word(name[0] + given[0]) or (ahead and _word(ahead + name[0])):
            continue
        return True
    return False


def _titled(behind: str) -> bool:
    titles = tuple(_table()["titles"])
    return any(behind[at:].startswith(titles) for at in range(3))


def _is_han(character: str) -> bool:
    return _HAN[0] <= character <= _HAN[1]
