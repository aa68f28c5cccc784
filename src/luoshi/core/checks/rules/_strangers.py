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

from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import (
    any_of,
    header,
    kinds,
    own_names,
    quoted,
    signature,
)
from luoshi.core.checks.rules._names import (
    Name,
    bodies,
    institutions,
    peoples,
    places,
    table,
)
from luoshi.core.reading.model import Span

# Names of these are compared in the papers of that kind of office only.
_BY_KIND = {
    "village": "village",
    "community": "community",
    "school": "school",
    "hospital": "hospital",
    "clinic": "hospital",
}
_ORGAN = re.compile("委|纪委|政府|人大|政协|政务|直")
_BREAK = re.compile(r"[。；！？\n]")
# 与桐川县9家卫生院: so an author counts what belongs to him.
_COUNTED = re.compile(r"[各全]?\d+(?:[个家座所]|万)")
# 上湾村、石埠村都已经复垦，我们村还没有动: named to be compared with.
_COMPARED = re.compile("(?:都|均|早已|已经)[^，。；]{0,12}，[^，。；]{0,4}我们?")
# 由红桥街道党工委委员……负责: nobody charges another office's people.
_OWNER = re.compile(r"(?:由|责任人[：:]|责任单位[：:]|牵头单位[：:])$")
_POSTS = re.compile(r"[^，。；]{0,24}?(?:负责|牵头)")
_GOING = re.compile(r"[到去在](?:[\u4e00-\u9fff]{2,6}[省市区县])?$")


def strangers(page: Page) -> Iterator[tuple[Span, Span]]:
    """Yield each name that is not explained, with the author's own name of that kind."""
    place = header(page)
    if place is None:
        return
    kind = kinds(page)
    found = places(page)
    if kind & {"school", "hospital"}:
        found += institutions(page)
    own = _own(page, place, found, kind)
    yield from _bodies(page, place)
    yield from _peoples(page, place, found, own)
    signed = signature(page)
    known = {name.stem for name in found if _is_career(page, name)}
    yield from _own_people(page, place, own)
    for name in found:
        mine = own.get(name.level)
        if mine is None or name.span.start < place.end:
            continue
        told = any(line.start <= name.span.start < line.end for line in signed)
        told = told or name.stem in {one.stem for one in mine} or name.stem in known
        if not told and not _is_explained(page, name):
            yield name.span, mine[0].span


# Where somebody once worked is his whatever is told of it later.
_CAREER = re.compile(r"[曾原时历]任|任[职过]|年至(?:19|20)\d\d年|工作过|当过|调[来任入离]|我任")


def _is_career(page: Page, name: Name) -> bool:
    return _CAREER.search(page.text, *_sentence(page, name.span)) is not None


_PEOPLE = re.compile(
    r"(?P<stem>[\u4e00-\u9fff]{2})(?P<kind>村|社区|镇|乡|街道|县)(?=的?(?:老百姓|百姓|村民|乡亲|父老|居民|群众)(?!代表|小组|委员))"
)
_GENERAL = frozenset("各全本我该外邻每某其他两几多个有整这那些到在为让对是和与及从向被由的了哪同")


def _own_people(page: Page, place: Span, own: dict[str, list[Name]]) -> Iterator[tuple[Span, Span]]:
    """Yield a place of the author's own level whose people he speaks of, whatever it is called."""
    for match in _PEOPLE.finditer(page.text, place.end):
        level = {"村": "village", "社区": "community", "县": "district"}.get(match["kind"], "town")
        mine, stem = own.get(level), match["stem"]
        if (
            not mine
            or not _GENERAL.isdisjoint(stem)
            or any(stem in one.stem or one.stem in stem for one in mine)
        ):
            continue
        name = Name(level, stem, Span(match.start("stem"), match.end("kind")))
        if match[0] in page.words(place) or _is_foreign(page, name) or _is_career(page, name):
            continue
        yield name.span, mine[0].span


def _own(page: Page, place: Span, found: list[Name], kind: frozenset[str]) -> dict[str, list[Name]]:
    """Return the author's own names by level; none of a level whose own name is not told."""
    own: dict[str, list[Name]] = {}
    for name in found:
        if name.span.start < place.end:
            own.setdefault(name.level, []).append(name)
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


def _peoples(
    page: Page, place: Span, found: list[Name], own: dict[str, list[Name]]
) -> Iterator[tuple[Span, Span]]:
    """Yield a place without its level whose people the author serves (回报萍溪人民)."""
    levels = [level for level in ("district", "town", "city") if level in own]
    known = {name.stem for name in found}
    for name in peoples(page, place.end) if levels else ():
        printed = name.stem in known or name.stem in page.words(place)
        if not printed and not _is_foreign(page, name):
            yield name.span, own[levels[0]][0].span


def _bodies(page: Page, place: Span) -> Iterator[tuple[Span, Span]]:
    """Yield bureaus and companies spoken of as one's own that the header does not name."""
    own = own_names(page)
    for name, ours in bodies(page, place.end):
        mine = own.get(name.level, [])
        if not (mine or ours) or any(_within(name.stem, one) for one, _ in mine):
            continue
        said = ours and page.text[name.span.start - 2 : name.span.start] == "我们"
        if not (quoted(page, name.span.start) if said else _is_foreign(page, name)):
            yield name.span, mine[0][1] if mine else place


def _within(words: str, own: str) -> bool:
    """Tell whether all characters of the name, its district aside, are those of the own one."""
    rest = iter(own)
    return all(sign in rest for sign in words.lstrip("我们本市区县"))


def _is_foreign(page: Page, name: Name) -> bool:
    low, high = _sentence(page, name.span)
    return quoted(page, name.span.start) or _reasons().search(page.text, low, high) is not None
