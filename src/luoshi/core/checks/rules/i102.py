"""I102: the text speaks of another office or place as its author's.

What: a street, town, district, county, city, school, hospital, bureau or village of another
name than the one in the title, in words that claim it (为某街道作贡献, 按照某镇党委要求,
谱写某区新篇章); or two names in title and byline. Also a name of such a kind that nothing in its
sentence explains (a neighbour, a visit, a case, a former post): a warning.
Why: the name was left over from the paper that was copied.
Basis: seen. A name left over from another office is a ground for returning (DOMAIN.md §2).
Example: title “柳荫街道……”, closing “为云台街道高质量发展作出应有贡献”.
Counter-example: “到云台街道学习垃圾分类做法”, “与相邻的云台街道联合执法”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import (
    any_of,
    header,
    name_groups,
    names_in,
    own_names,
    quoted,
    signature,
    units_table,
)
from luoshi.core.checks.rules._strangers import strangers
from luoshi.core.reading.model import Span

META = Meta(
    code="I102",
    title="单位名称前后不一致",
    family="identity",
    severity="error",
    basis="seen",
    why="把别的单位、别的地方写成自己的，多半是照搬后没有改净；请核对名称。",
)
# 某街道党工委原书记: so near the name of the office.
_FORMER = "原"
_FORMER_WITHIN = 8
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,3}(?P<kind>[县区市])(?=.{2})")
_BUREAU = "局"
_STEM = 2

_CHILD = re.compile(
    r"[区县市](?<=[\u4e00-\u9fff]{3})(?P<name>[\u4e00-\u9fff]{2,12}?(?:街道|镇|乡|社区|小区|公司|村))"
)
# A place of one level takes the place of one of these.
_LEVELS = {"区": "区县", "县": "区县", "市": "市"}

Names = dict[str, list[tuple[str, Span]]]


@cache
def _claim() -> re.Pattern[str]:
    """Return the pattern of the words that claim a name, the name among them."""
    claims = units_table()["claims"]
    character = f"(?:(?![{claims['particles']}])[\u4e00-\u9fff])"
    name = (
        rf"(?:(?:{any_of(claims['fillers'])})的?)*(?P<name>{character}{{2,8}}?)"
        rf"(?P<kind>{any_of(name_groups())})(?![{claims['after']}])"
    )
    texts = (
        text.replace("NAME", name.replace("<name>", f"<name{i}>").replace("<kind>", f"<kind{i}>"))
        for i, text in enumerate(
            [*claims["patterns"], rf"(?<=[。；，\n* \u3000]){claims['failing']}"]
        )
    )
    return re.compile("|".join(f"(?:{text})" for text in texts))


def _same(one: str, other: str) -> bool:
    """Tell whether two names may be one: the shorter has only characters of the longer, in order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(character in rest for character in short)


def find(page: Page) -> Iterator[Objection]:
    """Object to names of the same kind as the author's office that are claimed as its own."""
    kept: list[Objection] = []
    # Of two claims at one place the shorter has nothing of the sentence around it.
    claimed = sorted([*_parents(page), *_claimed(page)], key=lambda one: _length(one.spans[0]))
    for objection in (*claimed, *_left_over(page)):
        low, high = objection.spans[0]
        words = page.words(objection.spans[0])
        told = any(page.words(one.spans[0]) == words for one in kept if objection not in claimed)
        if not told and not any(low < o.end and o.start < high for one in kept for o in one.spans):
            kept.append(objection)
    yield from sorted(kept, key=lambda one: one.spans[0])


def _length(span: Span) -> int:
    return span.end - span.start


def _left_over(page: Page) -> Iterator[Objection]:
    """Object once to each name that nothing explains; with less certainty than to those claimed."""
    places: dict[str, list[Span]] = {}
    for span, own in strangers(page):
        places.setdefault(page.words(span), [own]).append(span)
    for name, (own, first, *others) in places.items():
        message = f"本单位的名称里是“{page.words(own)}”，这里写的“{name}”没有交代来由，请核对。"
        yield Objection((first, own, *others), message, severity="warning")


def _claimed(page: Page) -> Iterator[Objection]:
    place = header(page)
    own = own_names(page)
    if place is None or not own:
        return
    for (first, span), *others in (own[group] for group in own if group == "town"):
        for name, other in others:
            if not _same(first, name):
                yield _objection(page, other, span)
    yield from _signed(page, own)
    yield from _renamed(page, place.end, own)
    rest = (place.end, len(page.text))
    starts = {hit.start for hit in page.hits("claim-anchor", rest)}
    for hit in page.hits("group-of-office", rest):
        starts.add(_clause_start(page, hit.start))
    for start in sorted(starts):
        match = _claim().match(page.text, start)
        found = _judged(page, match, own) if match else None
        if found:
            yield found


def _parents(page: Page) -> Iterator[Objection]:
    """Object to a place that is given another district than elsewhere: 临泽区海棠街道."""
    claims = units_table()["claims"]
    told: dict[str, dict[str, Span]] = {}
    for match in _CHILD.finditer(page.text):
        span = Span(match.start() - _STEM, match.end())
        parent = page.text[span.start : match.start() + 1]
        if any(sign in parent[:-1] for sign in claims["particles"] + claims["no_parent"]):
            continue
        if match["name"].startswith(tuple(claims["many"])):
            continue
        told.setdefault(match["name"], {}).setdefault(parent, span)
    for name, parents in told.items():
        ranked = sorted(parents, key=lambda p: -page.text.count(p))
        for parent in ranked[1:]:
            here, there = parents[parent], parents[ranked[0]]
            if parent[-1] in _LEVELS.get(ranked[0][-1], "") and not _told_of(page, here.start):
                words = page.words(there)
                message = f"“{name}”在别处写作“{words}”，这里写成“{page.words(here)}”。"
                yield Objection((here, there), message)


def _renamed(page: Page, start: int, own: Names) -> Iterator[Objection]:
    """Object to the own name with the ending of another kind of place: 云澜镇 for 云澜街道."""
    for tails in units_table()["claims"]["ranks"]:
        for name, span in [one for names in own.values() for one in names]:
            tail = next((t for t in tails if name.endswith(t)), "")
            stem = name.removesuffix(tail)[-_STEM:] if tail else ""
            for other in tails if len(stem) == _STEM else ():
                low = page.text.find(stem + other, start) if other != tail else -1
                if low >= 0 and _really(page, low, stem + other, own):
                    yield _objection(page, Span(low, low + len(stem + other)), span)


def _really(page: Page, low: int, name: str, own: Names) -> bool:
    """Tell whether the words are a name that is not the author's too, nor its former one."""
    high = low + len(name)
    known = any(one.endswith(name) for names in own.values() for one, _ in names)
    other = page.text[high : high + 1] in units_table()["claims"]["after"] + "委"
    return not (known or other or page.text[low - 1] == _FORMER or quoted(page, low))


def _signed(page: Page, own: Names) -> Iterator[Objection]:
    """Object to a signature of another office."""
    for line in signature(page):
        for group, names in names_in(page, line).items():
            for name, span in names:
                known = own.get(group, [])
                if known and not any(_same(one, name) for one, _ in known):
                    yield _objection(page, span, known[0][1])


def _clause_start(page: Page, position: int) -> int:
    return max(page.text.rfind(sign, 0, position) + 1 for sign in "。；，\n* \u3000")


def _judged(page: Page, match: re.Match[str], own: Names) -> Objection | None:
    index = next(k[4:] for k, value in match.groupdict().items() if value and k[:4] == "name")
    name, kind = match["name" + index], match["kind" + index]
    known = own.get(name_groups()[kind], [])
    if not known or quoted(page, match.start()) or _common(name, kind):
        return None
    if any(_same(one, name + kind) for one, _ in known) and not _elsewhere(name, own):
        return None
    span = Span(match.start("name" + index), match.end("kind" + index))
    return None if _of_case(page, page.words(span)) else _objection(page, span, known[0][1])


def _elsewhere(name: str, own: Names) -> bool:
    """Tell whether the place before a name (云岭县人民医院) is another than the author's."""
    place = _PLACE.match(name)
    if place is None:
        return False
    known = own.get(name_groups()[place["kind"]], [])
    return bool(known) and not any(_same(one, place[0]) for one, _ in known)


def _of_case(page: Page, name: str) -> bool:
    """Tell whether the paper knows the office from a case, or as somebody's former office."""
    start = page.text.find(name)
    while start >= 0:
        after = page.text[start + len(name) : start + len(name) + _FORMER_WITHIN]
        if _FORMER in after or _told_of(page, start):
            return True
        start = page.text.find(name, start + 1)
    return False


def _told_of(page: Page, position: int) -> bool:
    before = page.text[_clause_start(page, position) : position]
    return any(word in before for word in units_table()["claims"]["told_of"])


def _common(name: str, kind: str) -> bool:
    """Tell whether the words are no name: 各街道, 高新区, 公立医院."""
    claims = units_table()["claims"]
    never = claims["never"] + ([] if kind == _BUREAU else claims["not_but_bureaus"])
    return any(word in name for word in never) or (name + kind).endswith(tuple(claims["common"]))


def _objection(page: Page, span: Span, own: Span) -> Objection:
    message = f"本单位的名称里是“{page.words(own)}”，这里写成“{page.words(span)}”。"
    return Objection((span, own), message)
