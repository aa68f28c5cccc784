"""I103: the office speaks of itself as of another kind, or of another district or county.

What: 我局 or 全镇 in a street's paper, 我街道 in a bureau's, 局长办公会 in a school's, 我县 in that
of a district; 我市 said by an office below the city is only warned of.
Why: such words are left over from the paper that was copied.
Basis: seen. A county bureau's papers spoke of 街道, 社区 and 我市 (DOMAIN.md §2).
Example: “云澜街道……对照检查材料” of 望山区, and “推动我县各乡镇高质量发展”.
Counter-example: “某镇原党委书记……在全镇造成恶劣影响” of a case in a town; “区教育局局长办公会”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import (
    any_of,
    header,
    kinds,
    own_names,
    paragraph_at,
    quoted,
    units_table,
)
from luoshi.core.reading.model import Span

META = Meta(
    code="I103",
    title="自称与本单位不符",
    family="identity",
    severity="error",
    basis="seen",
    why="这样的自称是别的单位用的，多半是照搬后没有改净；请改成本单位的说法。",
)
_WHOLE = "全"
_OURS = ("我", "本")
_CITY = "市"
# There 全区 is the autonomous region.
_AUTONOMOUS = "自治区"
# One cue more than so many times as frequent as the other decides.
_CLEARLY = 4


@cache
def _kind_words() -> dict[str, dict[str, Any]]:
    return {word: row for row in units_table()["kind"] for word in row["own"]}


@cache
def _bodies() -> dict[str, dict[str, Any]]:
    return {word: row for row in units_table()["kind"] for word in row["bodies"]}


@cache
def _level_words() -> dict[str, str]:
    return {word: row["id"] for row in units_table()["level"] for word in row["own"]}


def find(page: Page) -> Iterator[Objection]:
    """Object to words of another kind of office, field or level, outside quotations."""
    place = header(page)
    if place is None:
        return
    found = [*_said(page, place), *_sectors(page, place)]
    yield from sorted(found, key=lambda one: one.spans[0])


def _said(page: Page, place: Span) -> Iterator[Objection]:
    hits = page.hits("self-unit")
    own, upper = kinds(page), _upper(page)
    for hit in hits:
        if quoted(page, hit.start) or _elsewhere(page, hit):
            continue
        word = page.words(hit)
        if word in _level_words():
            yield from _level(page, hit, _level_words()[word], upper)
        elif own and hit.start >= place.end:
            yield from _kind(page, hit, own)


# 主题教育 in the title of a meeting is no field of work.
_CAMPAIGN = re.compile("(?:主题|学习|警示|专题)教育")


@cache
def _fields() -> re.Pattern[str]:
    table = units_table()["sectors"]
    return re.compile(table["pattern"].replace("{fields}", any_of(table["fits"])))


def _sectors(page: Page, place: Span) -> Iterator[Objection]:
    """Object to a pledge to a field of work that is not that of the author's office."""
    table = units_table()["sectors"]
    own, printed = kinds(page), _CAMPAIGN.sub("", page.words(place))
    if "事业" not in page.text or not own or not own <= set(table["kinds"]):
        return
    for match in _fields().finditer(page.text, place.end):
        fits = table["fits"][match["field"]]
        if not any(word in printed for word in fits) and not quoted(page, match.start()):
            span = Span(match.start("field"), match.end("field") + 2)
            yield Objection((span,), f"“{page.words(span)}”不是本单位的工作，多半是别的单位的话。")


def _kind(page: Page, hit: Span, own: frozenset[str]) -> Iterator[Objection]:
    word = page.words(hit)
    row = _kind_words().get(word) or _bodies().get(word)
    if row is None or row["id"] in own or (word in _bodies() and _named(page, hit)):
        return
    rows = [each for each in units_table()["kind"] if each["id"] in own]
    around = {kind for each in rows for kind in each.get("within", ())}
    if row["id"] not in around or word.startswith(_OURS):
        message = f"本单位是{rows[0]['name']}，“{word}”是{row['name']}的说法。"
        yield Objection((hit,), message)


def _level(page: Page, hit: Span, level: str, upper: str) -> Iterator[Objection]:
    if not upper or level == upper or (level == "区" and _AUTONOMOUS in page.text):
        return
    word = page.words(hit)
    if level == _CITY:
        message = f"本单位属于{upper}一级，说“{word}”高了一级，请核对。"
        yield Objection((hit,), message, severity="warning")
    elif upper != _CITY or word.startswith(_OURS):
        yield Objection((hit,), f"本单位属于{upper}一级，“{word}”是{level}里单位的说法。")


def _named(page: Page, hit: Span) -> bool:
    """Tell whether a name stands before a meeting: that of another office."""
    before = page.text[hit.start - 1 : hit.start]
    return "\u4e00" <= before <= "\u9fff" and before not in units_table()["before_bodies"]


def _elsewhere(page: Page, hit: Span) -> bool:
    """Tell whether 全 is said where the paragraph speaks of another place of the kind."""
    word = page.words(hit)
    if not word.startswith(_WHOLE):
        return False
    low, high = paragraph_at(page, hit.start)
    rest = page.text[low : hit.start] + page.text[hit.end : high]
    return word[1] in rest


def _upper(page: Page) -> str:
    """Return whether the office is of a district, a county or a city, or nothing if unclear."""
    printed = own_names(page)
    for level in ("区", "县"):
        if any(name.endswith(level) for name, _ in printed.get("district", ())):
            return level
    found = {
        row["id"]: sum(page.text.count(cue) for cue in row["cues"])
        - sum(page.text.count(cue) for cue in row["not_cues"])
        for row in units_table()["level"]
    }
    lower = {level: count for level, count in found.items() if level != _CITY and count > 0}
    if not lower:
        return _CITY if "city" in printed else ""
    first = max(lower, key=lambda level: lower[level])
    return first if lower[first] > _CLEARLY * (sum(lower.values()) - lower[first]) else ""
