"""Names of places and offices that are neither the author's nor explained.

The author's own are those of the header and, where it names no district, the one whose
organs (某区委, 某区政府) the text names most. Any other name of the same kind needs a reason
in its sentence: a neighbour, a visit, a case, a former post, a partner. A name without one
was left over from the paper that was copied.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from luoshi.core import knowledge
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import (
    any_of,
    header,
    kinds,
    own_names,
    quoted,
    signature,
    units_table,
)
from luoshi.core.reading.model import Span

_STEM = 2
_LEVELS = {
    "区": "district", "县": "district", "市": "city", "镇": "town", "乡": "town", "街道": "town", "村": "village",
}  # fmt: skip
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2}(?:街道|[区县市镇乡村](?![域块间段位分场容值定静痛亲愁土民庄里下]))"
)
# Names of these are compared in the papers of that kind of office only.
_BY_KIND = {"village": "village", "school": "school", "hospital": "hospital", "clinic": "hospital"}
_HOSPITALS = {"医院": "hospital", "保健院": "hospital", "卫生院": "clinic"}
_ORGAN = re.compile("委|纪委|政府|人大|政协|政务|直")
_ORDINAL = re.compile("第[一二三四五六七八九十]")
_BREAK = re.compile(r"[。；！？\n]")
# Signs before which another word ends: 同区信访局, 由县住建局.
# 与桐川县9家卫生院: so an author counts what belongs to him.
_COUNTED = re.compile(r"[各全]?\d+(?:[个家座所]|万)")
# 由红桥街道党工委委员……负责: nobody charges another office's people.
# 上湾村、石埠村都已经复垦，我们村还没有动: named to be compared with.
_COMPARED = re.compile("(?:都|均|早已|已经)[^，。；]{0,12}，[^，。；]{0,4}我们?")
_OWNER = re.compile(r"(?:由|责任人[：:]|责任单位[：:]|牵头单位[：:])$")
_POSTS = re.compile(r"[^，。；]{0,24}?(?:负责|牵头)")
_GOING = re.compile(r"[到去在](?:[\u4e00-\u9fff]{2,6}[省市区县])?$")
_CUTS = "同和与跟由为让请对向把将在的是：（、"


class Name(NamedTuple):
    """A name as printed at ``span``: its level or kind, and the characters that tell it."""

    level: str
    stem: str
    span: Span


@cache
def table() -> dict[str, Any]:
    """Return the lexicon of names (data/checks/places.toml)."""
    return knowledge.table("checks/places")


def strangers(page: Page) -> Iterator[tuple[Span, Span]]:
    """Yield each name that is not explained, with the author's own name of that kind."""
    place = header(page)
    if place is None:
        return
    found = [*_places(page), *_institutions(page)]
    own = _own(page, place, found)
    yield from _bodies(page, place)
    yield from _people(page, place, found, own)
    signed = signature(page)
    for name in found:
        mine = own.get(name.level)
        if mine is None or name.span.start < place.end or _is_own(name, mine):
            continue
        if any(line.start <= name.span.start < line.end for line in signed):
            continue
        if not _is_explained(page, name):
            yield name.span, mine[0].span


def _is_own(name: Name, mine: list[Name]) -> bool:
    return any(name.stem == one.stem for one in mine)


def _places(page: Page) -> list[Name]:
    """Return the names of districts, towns and cities that have the look of one."""
    firm, never = _signs()
    found: list[Name] = []
    place = header(page) or Span(0, 0)
    printed = page.words(place)
    for match in _PLACE.finditer(page.text):
        words = match[0]
        stem, tail = words[:_STEM], words[_STEM:]
        if words in printed and words[1:] not in _tails():
            found.append(Name(_LEVELS[tail], stem, Span(*match.span())))
            continue
        if stem[0] in never or stem[1] in never or not (stem[0] in firm or stem[1] in firm):
            continue
        land = words[1:] in table()["lands"] and stem[0] not in firm
        if land or stem in _common() or words[1:] in _tails():
            continue
        found.append(Name(_LEVELS[tail], stem, Span(*match.span())))
    return found


@cache
def _signs() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(table()["firm"]), frozenset(table()["never"])


@cache
def _common() -> frozenset[str]:
    return frozenset(table()["common"])


@cache
def _tails() -> frozenset[str]:
    return frozenset(table()["tails"])


@cache
def _institution() -> re.Pattern[str]:
    tails = (*table()["schools"], *table()["hospitals"])
    return re.compile(
        rf"(?P<name>[\u4e00-\u9fff]{{2,12}}?)(?P<tail>{any_of(tails)})(?![习历位段费会])"
    )


@cache
def _named() -> re.Pattern[str]:
    """Return the pattern of what the name of a school or hospital has, and no phrase."""
    return re.compile(
        f"{any_of(table()['called'])}|[{table()['firm']}][^，]?$|第[一二三四五六七八九十]"
    )


def _institutions(page: Page) -> list[Name]:
    """Return the names of schools and hospitals."""
    schools, general = table()["schools"], tuple(table()["general"])
    never = units_table()["claims"]["particles"]
    found: list[Name] = []
    for match in _institution().finditer(page.text):
        name = match["name"]
        cut = max((i + 1 for i, sign in enumerate(name) if sign in never), default=0)
        stem = name[cut:]
        if len(stem) < _STEM or stem.endswith(general) or not _named().search(stem):
            continue
        level = "school" if match["tail"] in schools else _HOSPITALS[match["tail"]]
        ordinal = _ORDINAL.search(stem)
        told = ordinal[0] if ordinal else stem.removesuffix("人民")[-_STEM:] or stem
        found.append(Name(level, told, Span(match.start("name") + cut, match.end())))
    return found


def _own(page: Page, place: Span, found: list[Name]) -> dict[str, list[Name]]:
    """Return the author's own names by level; none of a level whose own name is not told."""
    own: dict[str, list[Name]] = {}
    for name in found:
        if name.span.start < place.end:
            own.setdefault(name.level, []).append(name)
    kind = kinds(page)
    if not kind & {"street", "town", "community"}:
        own.pop("town", None)
    for level, needed in _BY_KIND.items():
        if needed not in kind:
            own.pop(level, None)
    if "district" not in own:
        acting = Counter(
            name.stem
            for name in found
            if name.level == "district" and _ORGAN.match(page.text, name.span.end)
        )
        if acting:
            stem = acting.most_common(1)[0][0]
            own["district"] = [n for n in found if n.stem == stem and n.level == "district"]
    return own


@cache
def _reasons() -> re.Pattern[str]:
    return re.compile(any_of(table()["explained"]))


def _is_explained(page: Page, name: Name) -> bool:
    """Tell whether the sentence says why another place is spoken of, or somebody is quoted."""
    low, high = _sentence(page, name.span)
    before, after = page.text[low : name.span.start], page.text[name.span.end : high]
    if _OWNER.search(before) and _POSTS.match(after):
        return _reasons().search(re.split("[，；]", after)[0]) is not None
    if quoted(page, name.span.start) or _reasons().search(page.text, low, high):
        return True
    if _COMPARED.search(after):
        return True
    if after.startswith(tuple(table()["claims"])) or _COUNTED.match(after):
        return False
    near = re.split("[，：]", before)[-1]
    if near.endswith(tuple(table()["toward"])):
        return True
    return _GOING.search(near) is not None and any(word in after for word in table()["learning"])


def _sentence(page: Page, span: Span) -> tuple[int, int]:
    low = max(page.text.rfind(sign, 0, span.start) + 1 for sign in "。；！？\n")
    end = _BREAK.search(page.text, span.end)
    return low, end.start() if end else len(page.text)


@cache
def _of_people() -> re.Pattern[str]:
    return re.compile(f"(?P<stem>[\u4e00-\u9fff]{{2}})(?:{'|'.join(table()['people'])})")


def _people(
    page: Page, place: Span, found: list[Name], own: dict[str, list[Name]]
) -> Iterator[tuple[Span, Span]]:
    """Yield a place without its level whose people the author serves (回报萍溪人民)."""
    firm, never = _signs()
    first = next(
        (own[level][0].span for level in ("district", "town", "city") if level in own), None
    )
    known = {name.stem for name in found}
    for match in _of_people().finditer(page.text, place.end) if first else ():
        stem = match["stem"]
        if never.intersection(stem) or not firm.intersection(stem) or stem in _common() | known:
            continue
        name = Name("", stem, Span(*match.span("stem")))
        if stem not in page.words(place) and not _is_foreign(page, name):
            yield name.span, first or place


@cache
def _body() -> re.Pattern[str]:
    """Return the pattern of a bureau or a company with what only its own people say of it."""
    return re.compile(
        rf"(?P<ours>我们[区县市]?[\u4e00-\u9fff]{{2,8}}?(?<![交报送提请本全由各我出布格结大表件料告果单])局)(?![里长])"
        rf"|(?P<bureau>[\u4e00-\u9fff]{{2,12}}?(?<![交报送提请本全由各我出布格结大表件料告果单])局)(?P<of>{any_of(table()['own_body'])})"
        rf"|(?P<company>[\u4e00-\u9fff]{{3,16}}公司)的?(?:{any_of(table()['audited'])})"
    )


def _bodies(page: Page, place: Span) -> Iterator[tuple[Span, Span]]:
    """Yield bureaus and companies spoken of as one's own that the header does not name."""
    own = own_names(page)
    for match in _body().finditer(page.text, place.end):
        kind = "company" if match["company"] else "bureau"
        low, high = match.span("ours" if match["ours"] else kind)
        ours = "我们" in page.text[low:high]
        start = max(low, *(page.text.rfind(w, low, high) + len(w) for w in (*_CUTS, "我们")))
        name, mine = Name(kind, "", Span(start, high)), own.get(kind, [])
        words = page.text[start:high]
        if len(words) < 3 or "本" in words or words.startswith(tuple(table()["many"])):
            continue
        if not mine and not ours:
            continue
        if any(_within(words, one) for one, _ in mine) or _is_foreign(page, name):
            continue
        yield name.span, mine[0][1] if mine else place


def _within(words: str, own: str) -> bool:
    """Tell whether all characters of the name, its district aside, are those of the own one."""
    rest = iter(own)
    return all(sign in rest for sign in words.lstrip("我们本市区县"))


def _is_foreign(page: Page, name: Name) -> bool:
    low, high = _sentence(page, name.span)
    return quoted(page, name.span.start) or _reasons().search(page.text, low, high) is not None
