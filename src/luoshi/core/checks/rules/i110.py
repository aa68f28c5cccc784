"""I110: an author who acts or answers for a place above the office.

What: a street, a school or a company that rolls something out in 全区, commands 全区各社区 or 各乡镇,
or answers for all of them (我对全县17个乡镇负总责); an office of the district or county that does
so for 全市.
Also whoever leads all people of a district and is none of its heads (带领全区干部群众).
Why: nobody can carry it out; the words are those of a higher office's paper.
Basis: seen. A wrong level left over from a copied text is a ground for returning (DOMAIN.md §2).
Example: “2023年秋季学期起在全区中小学推开” among the measures of one school.
Counter-example: “全区排名进入前五”, “参加全区比武”, “按照全区统一部署开展排查”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import any_of, header, kinds, own_names, quoted, units_table
from luoshi.core.material.model import Point
from luoshi.core.reading.model import Span

META = Meta(
    code="I110",
    title="管到了上级的范围",
    family="identity",
    severity="warning",
    basis="seen",
    why="本单位管不到那么大的范围，多半是照搬上级单位的材料；请改成本单位能做到的事。",
)
_HIGHER = ("全市", "全省", "各县区", "各区县", "各县市区", "各市县")
_DISTRICT = ("全区", "全县", "各乡镇", "各镇街", "各街镇", "各街道", "各镇乡")
_TOWN = ("全街道", "全镇", "全乡")
_WORDS = (*_HIGHER, *_DISTRICT, *_TOWN)
_WHOLE_GROUPS = ("whole", "whole2", "whole3", "whole4")
_PARTS = ("problem", "cause", "measure")
# A pattern begins no further before the word.
_BEFORE = 14
# Whoever is of these speaks for the district.
_HEADS = re.compile(
    "[区县市]委(?!办|组织部|宣传部|政法委|统战部|党校|编办)|[区县市](?:人民)?政府(?!办)|[区县市]纪委|[区县市](?:监委|人大常委|政协)|[区县市]长|常委"
)


@cache
def _pattern() -> re.Pattern[str]:
    whole = f"(?:{any_of(_WORDS)})"
    texts = (text.replace("{whole}", whole) for text in units_table()["scope"]["patterns"])
    return re.compile("|".join(f"(?:{text})" for text in texts))


@cache
def _governing() -> re.Pattern[str]:
    """Return the pattern of a clause in which the author governs {whole}; group ``whole``."""
    scope = units_table()["scope"]
    verbs, short = any_of(scope["governs"]), any_of(scope["lacking"])
    whole = f"(?P<whole>{any_of(_WORDS)})"
    groups = any_of(scope["groups"])
    return re.compile(
        rf"(?:[^，。；]*?(?:我们?|本人|自己|班子)[^，。；\d]{{0,6}}?)?(?:在)?(?:{verbs})[^，。；]{{0,4}}?{whole}"
        rf"|[^，。；]*?对{whole.replace('whole', 'whole2')}(?:[^，。；]{{0,20}}负(?:总|主要|全部|领导)责"
        rf"|(?:各|[\d一二两三四五六七八九十]+[个所家名条座处支]|[\u4e00-\u9fff]{{0,6}}(?:{groups}))[^，。；]{{0,14}}(?:{short})"
        rf"|(?:的)?(?:[^，。；]{{0,16}}(?:{any_of(scope['minds'])})(?:得)?(?:{any_of(scope['scarce'])})))"
        rf"|[^，。；]*?{whole.replace('whole', 'whole3')}的?[\d一二两三四五六七八九十]+个(?:{any_of(scope['parts'])})(?![^。；]*(?:{any_of(scope['ranked'])}))"
        rf"|{whole.replace('whole', 'whole4')}(?![^，。；]*(?:{any_of(scope['told'])}))[^，。；]{{3,20}}，我们?(?:没有|没|未|只|却|一直|至今)"
    )


def find(page: Page) -> Iterator[Objection]:
    """Object to what is done for all of a place that the office is only a part of."""
    yield from sorted([*_ranked(page), *_governing_all(page)], key=lambda one: one.spans[0])


def _governing_all(page: Page) -> Iterator[Objection]:
    hits = page.hits("whole-place")
    above = _above(page) if hits else ()
    leading = [hit for hit in hits if page.words(hit) in _DISTRICT and _below(page)]
    closing, end = page.examination.profile.closing, 0
    for hit in hits:
        if (page.words(hit) not in above and hit not in leading) or quoted(page, hit.start):
            continue
        low, high = _clause(page, hit)
        if any(word in page.text[low:high] for word in units_table()["scope"]["never"]):
            continue
        point = page.point_at(hit.start)
        kind = point.kind if point else ""
        acts = kind == "measure" or (closing is not None and closing.start <= hit.start)
        led = _led(page, hit, low, high)
        rolled = _rolled_out(page, hit, low, high) if acts else None
        span = led
        if span is None and page.words(hit) in above:
            span = (
                rolled or _governed(page, hit, point, low, high) or _claimed(page, hit, low, high)
            )
        if span and span.start >= end:
            end = span.end
            yield Objection((span,), f"“{page.words(span)}”超出了本单位的范围。")


@cache
def _leading() -> re.Pattern[str]:
    whole = f"(?:{any_of(_WORDS)})"
    texts = (text.replace("{whole}", whole) for text in units_table()["scope"]["leads"])
    return re.compile("|".join(f"(?:{text})" for text in texts))


def _led(page: Page, hit: Span, low: int, high: int) -> Span | None:
    """Return the words by which the author leads all of the place, or None."""
    match = _leading().search(page.text, max(low, hit.start - _BEFORE), high)
    return Span(*match.span()) if match and match.start() <= hit.start < match.end() else None


@cache
def _claiming() -> re.Pattern[str]:
    whole = rf"(?:[\u4e00-\u9fff]{{0,3}}?)(?:{any_of(_WORDS)})"
    texts = (t.replace("{whole}", whole) for t in units_table()["scope"]["claims_whole"])
    return re.compile("|".join(f"(?:{text})" for text in texts))


def _claimed(page: Page, hit: Span, low: int, high: int) -> Span | None:
    """Return the words by which the author calls himself the head of all of the place."""
    for match in _claiming().finditer(page.text, low, high):
        if match.start() <= hit.start < match.end():
            return Span(*match.span())
    return None


def _ranked(page: Page) -> Iterator[Objection]:
    """Object to an author who calls himself one of a district's leaders and is none."""
    place = header(page)
    if place is None or not _above(page) or _HEADS.search(page.text, *place):
        return
    for match in re.finditer(units_table()["scope"]["ranks_above"], page.text):
        if not quoted(page, match.start()):
            span = Span(*match.span())
            yield Objection((span,), f"“{page.words(span)}”不是本人的职务层级。")


def _below(page: Page) -> bool:
    """Tell whether the author is of an office below the district's own heads."""
    place = header(page)
    own = kinds(page) & {"bureau", "commission", "centre", *units_table()["scope"]["below"]}
    return bool(own) and place is not None and not _HEADS.search(page.words(place))


def _rolled_out(page: Page, hit: Span, low: int, high: int) -> Span | None:
    """Return the words by which something is done in all of the place, or None."""
    match = _pattern().search(page.text, max(low, hit.start - _BEFORE), high)
    return Span(*match.span()) if match and match.start() <= hit.start < match.end() else None


def _governed(page: Page, hit: Span, point: Point | None, low: int, high: int) -> Span | None:
    """Return the words by which the author governs the place, or None."""
    if point is None or point.kind not in _PARTS:
        return None
    start = max(low, point.words)
    match = _governing().match(page.text, start, _sentence_end(page, high))
    if match is None or all(hit.start != match.start(name) for name in _WHOLE_GROUPS):
        return None
    return Span(*match.span()) if match["whole"] else Span(hit.start, min(match.end() + 1, high))


def _sentence_end(page: Page, position: int) -> int:
    ends = [page.text.find(sign, position) for sign in "。；\n"]
    return min((end for end in ends if end >= 0), default=len(page.text))


def _above(page: Page) -> tuple[str, ...]:
    """Return the words for places of which the office is only a part."""
    own, names = kinds(page), own_names(page)
    scope = units_table()["scope"]
    levels = {name[-1] for name, _ in names.get("district", ())}
    # 全县 in the paper of a district is I103's.
    district = tuple(
        w for w in _DISTRICT if len(levels) != 1 or w[1] not in "区县" or w[1] in levels
    )
    if own & set(scope["lowest"]):
        return _TOWN + district + _HIGHER
    if "company" in own and "district" not in names:
        return district + _HIGHER
    sure = own & set(scope["street"]) and "city" not in names
    if own & set(scope["below"]) and (sure or "district" in names):
        return district + _HIGHER
    if own and "district" in names:
        return _HIGHER
    return _HIGHER[1:] if own and "city" in names else _HIGHER[1:2] if own else ()


def _clause(page: Page, hit: Span) -> tuple[int, int]:
    low = max(page.text.rfind(sign, 0, hit.start) + 1 for sign in "，。；：\n")
    ends = [page.text.find(sign, hit.end) for sign in "，。；：\n"]
    return low, min((end for end in ends if end >= 0), default=len(page.text))
