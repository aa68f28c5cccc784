"""What the identity rules share: who the author is, of which office, and who is quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple

from luoshi.core import knowledge
from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span

# A header is no longer: what follows the title further down is the text itself.
_LONGEST_HEADER = 160
# Nor is a line of the signature.
_LONGEST_LINE = 40
_OTHER_RANKS = "(?!医师|科员|会议|办公会|委员|级|助理)"


class Post(NamedTuple):
    """A post as printed at ``span``: its organ (or nothing), whether deputy, its title."""

    organ: str
    deputy: bool
    title: str
    span: Span


@cache
def posts_table() -> dict[str, Any]:
    """Return the lexicon of posts (data/checks/posts.toml)."""
    return knowledge.table("checks/posts")


@cache
def units_table() -> dict[str, Any]:
    """Return the lexicon of offices (data/checks/units.toml)."""
    return knowledge.table("checks/units")


def any_of(words: Iterable[str]) -> str:
    """Return the pattern of any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def post_pattern() -> re.Pattern[str]:
    """Return the pattern of one post; groups ``organ``, ``deputy`` and ``title``."""
    table = posts_table()
    return re.compile(
        rf"(?P<organ>(?:{any_of(table['organs'])})*)的?(?:第一|常务|专职)?"
        rf"(?P<deputy>副)?(?P<title>{any_of(table['titles'])}){_OTHER_RANKS}"
    )


@lru_cache(maxsize=1)
def header(page: Page) -> Span | None:
    """Return the title with the lines under it, or None for a text without a title."""
    profile = page.examination.profile
    if profile.title_span is None:
        return None
    starts = [p.start for p in page.examination.points]
    if profile.opening is not None:
        starts.append(profile.opening.start)
    title = profile.title_span
    end = min((s for s in starts if s >= title.end), default=title.end)
    return Span(title.start, min(end, title.end + _LONGEST_HEADER))


def posts_in(page: Page, span: Span) -> list[Post]:
    """Return the posts that a span names."""
    return [post_of(match) for match in post_pattern().finditer(page.text, *span)]


def lesser_posts_in(page: Page, span: Span) -> list[Post]:
    """Return the posts below those that are compared, as posts of a deputy."""
    pattern = any_of(posts_table()["lesser"])
    found = re.finditer(pattern, page.words(span))
    return [
        Post("", True, match[0], Span(span.start + match.start(), span.start + match.end()))
        for match in found
    ]


def post_of(match: re.Match[str]) -> Post:
    """Return the post of a match of :func:`post_pattern`."""
    return Post(match["organ"] or "", bool(match["deputy"]), match["title"], Span(*match.span()))


@lru_cache(maxsize=1)
def signature(page: Page) -> tuple[Span, ...]:
    """Return the short lines without a full stop that stand after the last point."""
    last = max((point.end for point in page.examination.points), default=len(page.text))
    return tuple(
        line
        for line in page.paragraphs
        if line.start >= last
        and line.end - line.start <= _LONGEST_LINE
        and "。" not in page.words(line)
    )


@lru_cache(maxsize=1)
def kinds(page: Page) -> frozenset[str]:
    """Return the kinds of office (ids of units.toml) that the header names."""
    place = header(page)
    words = _NO_SUFFIX.sub("", page.words(place)) if place else ""
    return frozenset(
        kind["id"] for kind in units_table()["kind"] if any(s in words for s in kind["suffixes"])
    )


# 城乡建设局 is no 乡.
_NO_SUFFIX = re.compile("城乡|城镇|乡村|乡镇|村镇|农村")


@cache
def name_groups() -> dict[str, str]:
    """Return the group of every ending of a name: 镇 and 街道 are compared, 镇 and 区 are not."""
    rows = units_table()["claims"]["groups"]
    return {tail: group for group, tails in rows.items() for tail in tails}


@cache
def _named() -> re.Pattern[str]:
    after = units_table()["claims"]["after"]
    return re.compile(
        rf"(?P<name>[\u4e00-\u9fff]{{2,12}}?)(?P<kind>{any_of(name_groups())})(?![{after}])"
    )


@lru_cache(maxsize=1)
def own_names(page: Page) -> dict[str, list[tuple[str, Span]]]:
    """Return the names of places and offices in the header by group, each with its ending."""
    place = header(page)
    return names_in(page, place) if place else {}


def names_in(page: Page, span: Span) -> dict[str, list[tuple[str, Span]]]:
    """Return the names of places and offices in a span by group, each with its ending."""
    found: dict[str, list[tuple[str, Span]]] = {}
    start, end = span
    while match := _named().search(page.text, start, end):
        start = match.end()
        names = found.setdefault(name_groups()[match["kind"]], [])
        names.append((match["name"] + match["kind"], Span(*match.span())))
    return found


def quoted(page: Page, position: int) -> bool:
    """Tell whether ``position`` stands between quotation or title marks of its line."""
    start = page.text.rfind("\n", 0, position) + 1
    line = page.text[start:position]
    return line.count("“") > line.count("”") or line.count("《") > line.count("》")


def paragraph_at(page: Page, position: int) -> Span:
    """Return the paragraph around ``position``."""
    found = (p for p in page.paragraphs if p.start <= position < p.end)
    return next(found, Span(position, position))


def line_end(page: Page, position: int) -> int:
    """Return where the line of ``position`` ends."""
    end = page.text.find("\n", position)
    return len(page.text) if end < 0 else end
