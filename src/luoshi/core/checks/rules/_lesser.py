"""Posts below the author's own that he claims: a hospital's president 作为护理部主任."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import Post, any_of, posts_table, quoted
from luoshi.core.reading.model import Span

_PAST = re.compile(r"当过|曾|原来|以前|那时|当年|期间|过去")


@cache
def _claimed() -> re.Pattern[str]:
    """Return the pattern of a lesser post behind 作为; ``room`` and ``rank`` or ``role``."""
    table = posts_table()["claimed_lesser"]
    return re.compile(
        rf"(?:一名|一个|一位)?(?:(?P<room>[\u4e00-\u9fff]{{0,6}}?(?:{any_of(table['rooms'])}))(?:的)?"
        rf"(?P<rank>{any_of(table['ranks'])})"
        rf"|(?P<role>[\u4e00-\u9fff]{{0,4}}?(?:{any_of(table['roles'])}))"
        rf"|(?P<party>(?:{any_of(table['organs'])})(?:副书记|[\u4e00-\u9fff]{{2}}委员)))(?!的|们|会|助理|医师|治疗师)"
    )


def lesser_claims(page: Page, place: Span, own: list[Post]) -> Iterator[tuple[Span, Post]]:
    """Yield each post below the author's that he says he holds, with his own."""
    table = posts_table()["claimed_lesser"]
    heads = [post for post in own if post.title in table["heads"] and not post.deputy]
    if not heads:
        return
    printed = page.words(place)
    for hit in page.hits("self-post", (place.end, len(page.text))):
        match = _claimed().match(page.text, hit.end)
        if match is None or quoted(page, hit.start) or not _speaks(page, hit):
            continue
        said = match["room"] or match["role"] or match["party"]
        if match["party"] and not any(post.organ.endswith(("支部", "总支")) for post in heads):
            continue
        low = max(page.text.rfind(mark, 0, hit.start) for mark in "。；\n") + 1
        told = _PAST.search(page.text, low, match.end() + 6)
        if not told and said not in printed and not _beside(said):
            yield Span(*match.span()), heads[0]


def _speaks(page: Page, hit: Span) -> bool:
    """Tell whether the author says 作为 of himself, at the beginning of a clause."""
    before = page.text[max(0, hit.start - 4) : hit.start]
    own = before.endswith(("我", "本人", "自己")) or before[-1:] in set("，。；：！？\n \u3000、")
    return own and page.words(hit) in ("作为", "身为", "我是")


def _beside(said: str) -> bool:
    """Tell whether the head of an office may hold the post too: 领导小组办公室主任."""
    return any(word in said for word in posts_table()["claimed_lesser"]["beside"])
