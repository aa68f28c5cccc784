"""Names of places, schools, hospitals, bureaus and companies as a text prints them.

A name is looked for from its ending backwards: the characters before it are a name when they
look like one (data/checks/places.toml) and are no ordinary words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from luoshi.core import knowledge
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import any_of, header, units_table
from luoshi.core.reading.model import Span

_STEM = 2
_LEVELS = {
    "区": "district", "县": "district", "市": "city", "镇": "town", "乡": "town", "街道": "town", "村": "village", "社区": "community",
}  # fmt: skip
_ENDING = re.compile(
    r"街道|社区(?!居|党|工|干|医|服|书|矫|治|卫|养|里|内)|[区县市镇乡村](?![域块间段位分场容值定静痛亲愁土民庄里下级])"
)
_HOSPITALS = {"医院": "hospital", "保健院": "hospital", "卫生院": "clinic"}
_INSTITUTION = re.compile(
    "(?:大学(?!生)|小学|中学|幼儿园|学校|医院|卫生院|保健院)(?![习历位段费会])"
)
_ORDINAL = re.compile("第[一二三四五六七八九十]")
_HAN = re.compile(r"[\u4e00-\u9fff]*\Z")
# So many characters before its ending a name is looked for.
_LONGEST = 12
# Before 局 these end another word: 交局, 布局, 自查表局.
_NO_BUREAU = frozenset("交报送提请本全由各我出布格结大表件料告果单")
# Signs before which another word ends: 同区信访局, 由县住建局.
_CUTS = (*"同和与跟由为让请对向把将在的是：（、", "我们")


class Name(NamedTuple):
    """A name as printed at ``span``: its level or kind, and the characters that tell it."""

    level: str
    stem: str
    span: Span


@cache
def table() -> dict[str, Any]:
    """Return the lexicon of names (data/checks/places.toml)."""
    return knowledge.table("checks/places")


@cache
def signs() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters of which a name has one, and those of which it has none."""
    return frozenset(table()["firm"]), frozenset(table()["never"])


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table()[name])


def is_name(stem: str) -> bool:
    """Tell whether two characters look like the name of a place."""
    firm, never = signs()
    plain = firm.isdisjoint(stem) or not never.isdisjoint(stem)
    return not plain and stem not in _words("common")


def places(page: Page) -> list[Name]:
    """Return the names of districts, towns, villages and cities that have the look of one."""
    found: list[Name] = []
    firm, _ = signs()
    place = header(page)
    printed = page.words(place) if place else ""
    for match in _ENDING.finditer(page.text, _STEM):
        span = Span(match.start() - _STEM, match.end())
        words = page.words(span)
        stem = words[:_STEM]
        if words[1:] in _words("tails") or (words not in printed and not is_name(stem)):
            continue
        if words[1:] in _words("lands") and stem[0] not in firm and words not in printed:
            continue
        if stem[0] >= "\u4e00" and stem[1] >= "\u4e00":
            found.append(Name(_LEVELS[match[0]], stem, span))
    return found


@cache
def _called() -> re.Pattern[str]:
    """Return the pattern of what the name of a school or hospital has, and no phrase."""
    return re.compile(
        f"{any_of(table()['called'])}|[{table()['firm']}][^，]?$|第[一二三四五六七八九十]"
    )


def institutions(page: Page) -> Iterator[Name]:
    """Yield the names of schools and hospitals."""
    general, never = tuple(table()["general"]), units_table()["claims"]["particles"]
    for match in _INSTITUTION.finditer(page.text):
        name = _before(page, match.start())
        cut = max((i + 1 for i, sign in enumerate(name) if sign in never), default=0)
        stem = name[cut:]
        if len(stem) < _STEM or stem.endswith(general) or not _called().search(stem):
            continue
        ordinal = _ORDINAL.search(stem)
        told = ordinal[0] if ordinal else stem.removesuffix("人民")[-_STEM:] or stem
        level = _HOSPITALS.get(match[0], "school")
        yield Name(level, told, Span(match.start() - len(stem), match.end()))


def _before(page: Page, position: int) -> str:
    match = _HAN.search(page.text, max(0, position - _LONGEST), position)
    return match[0] if match else ""


@cache
def _of_people() -> re.Pattern[str]:
    return re.compile("|".join(table()["people"]))


def peoples(page: Page, start: int) -> Iterator[Name]:
    """Yield places without their level whose people are spoken of (萍溪人民)."""
    for match in _of_people().finditer(page.text, start):
        span = Span(match.start() - _STEM, match.start())
        if is_name(page.words(span)):
            yield Name("", page.words(span), span)


@cache
def _body() -> re.Pattern[str]:
    """Return the pattern of the ending of a bureau or a company with what its own people say."""
    return re.compile(
        rf"局(?:{any_of(table()['own_body'])})|公司的?(?:{any_of(table()['audited'])})"
    )


def bodies(page: Page, start: int) -> Iterator[tuple[Name, bool]]:
    """Yield bureaus and companies spoken of as one's own, and whether 我们 says so outright."""
    text = page.text
    endings = [(m.start(), m[0][0] == "局") for m in _body().finditer(text, start)]
    # 我们区信访局 needs nothing behind it.
    low = text.find("我们", start)
    while low >= 0:
        ending = text.find("局", low, low + _LONGEST)
        if ending >= 0 and text[ending + 1 : ending + 2] not in "里长":
            endings.append((ending, True))
        low = text.find("我们", low + 1)
    for end, is_bureau in sorted(set(endings)):
        words = _before(page, end)
        if is_bureau and words[-1:] in _NO_BUREAU:
            continue
        ours = "我们" in words
        cut = max((words.rfind(sign) + len(sign) for sign in _CUTS if sign in words), default=0)
        high = end + (1 if is_bureau else 2)
        span = Span(end - len(words) + cut, high)
        name = page.words(span)
        if (
            len(name) > (_STEM if is_bureau else _STEM + 2)
            and "本" not in name
            and not name.startswith(tuple(table()["many"]))
        ):
            yield Name("bureau" if is_bureau else "company", name, span), ours
