"""I101: the author's post contradicts itself.

What: the text gives its author a post other than the title or the line under it: another
rank (主任 for 副主任), another level (区委书记), the head's place for a deputy.
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
from luoshi.core.checks.rules._identity import (
    Post,
    header,
    post_of,
    post_pattern,
    posts_in,
    posts_table,
    quoted,
)
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


def find(page: Page) -> Iterator[Objection]:
    """Object to every post that the author claims and the header contradicts."""
    place = header(page)
    if place is None or of_group(page):
        return
    own = posts_in(page, place)
    yield from _header(page, own)
    table = posts_table()
    stands_in = any(word in page.words(place) for word in table["standing_in"])
    for hit in page.hits("self-post"):
        if hit.start < place.end or not _of_author(page, hit) or quoted(page, hit.start):
            continue
        head = _head_pattern().match(page.text, hit.end)
        claim = None if head else _claim(page, hit)
        if head and own and not stands_in and all(post.deputy for post in own):
            span = Span(head.start("head"), head.end("head"))
            yield _objection(page, own[0], span)
        elif claim and not own:
            own = [claim]
        elif claim and not stands_in and _contradicts(claim, own):
            yield _objection(page, _nearest(claim, own), claim.span)


def _header(page: Page, own: list[Post]) -> Iterator[Objection]:
    """Object to a line under the title that gives another rank than the title."""
    title = page.examination.profile.title_span
    if title is None:
        return
    first = [post for post in own if post.span.start < title.end]
    for post in own[len(first) :]:
        same = [p for p in first if p.title == post.title]
        if same and all(p.deputy != post.deputy for p in same):
            yield _objection(page, same[0], post.span)


def _objection(page: Page, own: Post, span: Span) -> Objection:
    message = f"前面写的职务是“{page.words(own.span)}”，这里写成“{page.words(span)}”。"
    return Objection((span, own.span), message)


@cache
def _head_pattern() -> re.Pattern[str]:
    table = posts_table()
    office = "|".join(map(re.escape, table["head_of"]))
    words = "|".join(map(re.escape, table["head"]))
    return re.compile(rf"(?:一名)?(?:{office})(?P<head>(?:{words})+)")


def _of_author(page: Page, hit: Span) -> bool:
    """Tell whether the words before 作为 leave the author as the one who speaks."""
    before = page.text[max(0, hit.start - 12) : hit.start]
    clause = _CLAUSE.split(before)[-1].strip()
    return (
        not clause or clause.endswith(tuple(posts_table()["speakers"])) or "当" in page.words(hit)
    )


def _claim(page: Page, hit: Span) -> Post | None:
    start = hit.end + (2 if page.text.startswith(("一名", "一个"), hit.end) else 0)
    match = post_pattern().match(page.text, start)
    if match is None or page.text.startswith(tuple(posts_table()["others"]), match.end()):
        return None
    return post_of(match)


def _contradicts(claim: Post, own: list[Post]) -> bool:
    if claim.organ in posts_table()["upper"] and all(post.organ != claim.organ for post in own):
        return all(claim.title != post.title or post.organ not in ("", claim.organ) for post in own)
    same = [post for post in own if post.title == claim.title]
    if same:
        return all(post.deputy != claim.deputy for post in same)
    # A bare 书记 may be that of a branch beside the post in the title.
    return claim.organ not in posts_table()["beside"] and (
        bool(claim.organ) or claim.title != "书记"
    )


def _nearest(claim: Post, own: list[Post]) -> Post:
    return next((post for post in own if post.title == claim.title), own[0])
