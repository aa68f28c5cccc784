"""I101: the author's post contradicts itself.

What: the text gives its author a post other than the title or the line under it: another
rank (主任 for 副主任), another level (区委书记), the head's place for a deputy or a deputy's
for the for the head; said by 作为, by since when it is held, or by what he answers for. The signature counts as text.
Why: the words were copied from somebody else's paper; a reviewer stops reading there.
Basis: seen. One real paper gives its author three posts (DOMAIN.md §2).
Example: “街道办事处副主任……对照检查材料” and in the text “作为主任，……”.
Counter-example: “作为主任的助手”, “书记是第一责任人”, a post held earlier or beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._held import held
from luoshi.core.checks.rules._identity import (
    Post,
    any_of,
    header,
    lesser_posts_in,
    post_of,
    post_pattern,
    posts_in,
    posts_table,
    quoted,
    signature,
)
from luoshi.core.checks.rules._lesser import lesser_claims
from luoshi.core.checks.rules._structure import of_group
from luoshi.core.reading.model import Span

META = Meta(
    code="I101",
    title="本人职务前后不一致",
    family="identity",
    severity="error",
    basis="seen",
    why="同一份材料里本人职务只能有一种说法，写错的多半是照搬别人的材料；请逐处核对改正。",
)
_CLAUSE = re.compile(r"[，。；：！？、\n“”\"（(]")
_SINCE = "担任"
# 分管……的副院长 may be said by that deputy only.
_IN_CHARGE = "分管"
_JOINTS = ("、", "兼", "和")
_EMPHASIS = " \t\u3000*_"


def find(page: Page) -> Iterator[Objection]:
    """Object to every post that the author claims and the header contradicts."""
    place = header(page)
    if place is None or of_group(page):
        return
    own = posts_in(page, place) or lesser_posts_in(page, place)
    yield from _lines(page, own)
    lesser = (_objection(page, post, span) for span, post in lesser_claims(page, place, own))
    yield from _apart([*_claimed_by(page, place, own), *_held(page, place, own), *lesser])


def _apart(found: list[Objection]) -> Iterator[Objection]:
    """Yield objections in text order, of two at one place the first."""
    end = 0
    for objection in sorted(found, key=lambda one: one.spans[0].start):
        if objection.spans[0].start >= end:
            end = objection.spans[0].end
            yield objection


def _claimed_by(page: Page, place: Span, own: list[Post]) -> Iterator[Objection]:
    """Object to posts claimed by 作为, 身为, 我是 and their like."""
    stands_in = _stands_in(page, place)
    for hit in page.hits("self-post"):
        if hit.start < place.end or not _of_author(page, hit) or quoted(page, hit.start):
            continue
        role = None if stands_in else _role(page, hit, own)
        claims = [] if role else _claims(page, hit)
        if role:
            yield _objection(page, own[0], role)
        elif not own:
            own = claims
        elif not stands_in:
            wrong = (one for one in claims if _contradicts(one, own, page.words(place)))
            yield from (_objection(page, _nearest(one, own), one.span) for one in wrong)


def _held(page: Page, place: Span, own: list[Post]) -> Iterator[Objection]:
    """Object to posts that the author says he holds in other words, and the header contradicts."""
    if own and not _stands_in(page, place):
        for post in held(page, place.end):
            if _contradicts(post, own, page.words(place)):
                yield _objection(page, _nearest(post, own), post.span)


def _stands_in(page: Page, place: Span) -> bool:
    return any(word in page.words(place) for word in posts_table()["standing_in"])


def _lines(page: Page, own: list[Post]) -> Iterator[Objection]:
    """Object to a line under the title, or a signature, that gives another rank."""
    title = page.examination.profile.title_span
    if title is None:
        return
    first = [post for post in own if post.span.start < title.end]
    for post in own[len(first) :]:
        same = [p for p in first if p.title == post.title]
        if same and all(p.deputy != post.deputy for p in same):
            yield _objection(page, same[0], post.span)
    for line in signature(page):
        for post in posts_in(page, line):
            same = [p for p in own if p.title == post.title]
            if same and all(p.deputy != post.deputy for p in same):
                yield _objection(page, same[0], post.span)


def _objection(page: Page, own: Post, span: Span) -> Objection:
    message = f"前面写的职务是“{page.words(own.span)}”，这里写成“{page.words(span)}”。"
    return Objection((span, own.span), message)


@cache
def _roles() -> re.Pattern[str]:
    """Return the pattern of a role that only the head, or only a deputy, may claim."""
    table = posts_table()
    return re.compile(
        rf"(?:一名|一个)?(?:[\u4e00-\u9fff]{{0,8}}?(?:{any_of(table['head_of'])}))?的?"
        rf"(?:(?P<head>(?:{any_of(table['head'])})+)|(?P<aide>{any_of(table['aide'])}))"
    )


def _role(page: Page, hit: Span, own: list[Post]) -> Span | None:
    match = _roles().match(page.text, hit.end)
    if match is None or not own:
        return None
    rank = "head" if match["head"] else "aide"
    wrong = all(post.deputy == (rank == "head") for post in own)
    return Span(*match.span(rank)) if wrong else None


def _of_author(page: Page, hit: Span) -> bool:
    """Tell whether the words before 作为 leave the author as the one who speaks."""
    point = page.point_at(hit.start)
    first = min(point.words, hit.start) if point else 0
    before = page.text[max(first, hit.start - 16) : hit.start]
    clause = _CLAUSE.split(before)[-1].strip(_EMPHASIS)
    table = posts_table()
    return (
        not clause
        or clause.endswith(tuple(table["speakers"]))
        or "当" in page.words(hit)
        or bool(re.fullmatch(table["since"], clause))
    )


@cache
def _claimed() -> re.Pattern[str]:
    """Return the pattern of a post with the words of the unit before it."""
    return re.compile(rf"(?:一名|一个)?(?P<unit>[\u4e00-\u9fff]{{0,10}}?){post_pattern().pattern}")


def _claims(page: Page, hit: Span) -> list[Post]:
    """Return the posts claimed: 作为党委副书记、院长 claims two."""
    found: list[Post] = []
    claim = _claim(page, hit)
    while claim:
        found.append(claim)
        end = claim.span.end
        joined = page.text[end : end + 1] in _JOINTS
        match = post_pattern().match(page.text, end + 1) if joined else None
        claim = post_of(match) if match else None
    return found


def _claim(page: Page, hit: Span) -> Post | None:
    table = posts_table()
    match = _claimed().match(page.text, hit.end)
    if match is None or page.text.startswith(tuple(table["others"]), match.end()):
        return None
    if page.words(hit) == _SINCE and not page.text.startswith(tuple(table["now"]), match.end()):
        return None
    unit = match["unit"]
    post = post_of(match)
    charge = post.deputy and unit.startswith(_IN_CHARGE)
    strange = any(word in unit for word in table["not_units"]) and not charge
    if strange or unit.endswith(tuple(table["lower"])):
        return None
    return post._replace(span=Span(match.start("unit"), match.end()))


def _contradicts(claim: Post, own: list[Post], printed: str) -> bool:
    table = posts_table()
    lesser = own[0].title in table["lesser"]
    if claim.organ.startswith(tuple(table["own_only"])):
        return not any(
            organ in printed for organ in table["own_only"] if claim.organ.startswith(organ)
        )
    if claim.organ in table["upper"] and all(post.organ != claim.organ for post in own):
        return all(claim.title != post.title or post.organ not in ("", claim.organ) for post in own)
    beside = any(
        claim.organ.endswith(organ) and not (lesser and organ in printed)
        for organ in table["beside"]
    )
    same = [post for post in own if post.title == claim.title]
    branch = all(post.organ.endswith(tuple(table["branch"])) for post in same)
    if same and branch and claim.organ.startswith(tuple(table["above_branch"])):
        return not beside
    if same:
        return not beside and all(post.deputy != claim.deputy for post in same)
    # A bare 书记 may be that of a branch beside the post in the title.
    return not beside and (bool(claim.organ) or claim.title != "书记" or lesser)


def _nearest(claim: Post, own: list[Post]) -> Post:
    return next((post for post in own if post.title == claim.title), own[0])
