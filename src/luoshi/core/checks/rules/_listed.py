"""Parts that an opening lists by name with their number: 分甲、乙、丙三个部分."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from luoshi.core.checks.page import Page
from luoshi.core.reading.model import Span

_LISTED = re.compile(
    r"(?:分为?|按照?|包括|从|围绕)(?P<list>[^，。；：、]{2,16}(?:、[^，。；：、]{2,16}?)+?)(?:等)?"
    r"(?:[二三四五六七八九十]|\d{1,2})个?(?:部分|方面|章节|章|块)"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
# A heading that has so many of a part's characters is that part's; so many others must be found.
_HAS, _SURELY, _OTHERS = 0.5, 0.7, 2
_LONGEST = 32


class Listed(NamedTuple):
    """A list of parts at ``place`` and the names in it that no heading has."""

    place: Span
    missing: tuple[Span, ...]


@lru_cache(maxsize=1)
def listed(page: Page) -> tuple[Listed, ...]:
    """Return the lists of parts in the opening of which some have headings and others none."""
    opening = page.examination.profile.opening
    found = []
    for match in _LISTED.finditer(page.text, *opening) if opening else ():
        names = match["list"].split("、")
        shares = [_best_share(page, name) for name in names]
        if sum(share >= _SURELY for share in shares) < max(_OTHERS, len(names) - 2):
            continue
        low, missing = match.start("list"), []
        for name, share in zip(names, shares, strict=True):
            start = page.text.index(name, low)
            low = start + len(name)
            if share < _HAS:
                missing.append(Span(start, low))
        if missing:
            found.append(Listed(Span(*match.span()), tuple(missing)))
    return tuple(found)


def _best_share(page: Page, name: str) -> float:
    """Return how many of a name's characters the heading has that has most of them."""
    signs = set(_HAN.findall(name))
    found = (set(page.words(line)) for line in _headings(page))
    return max((len(signs & words) / len(signs) for words in found if signs), default=0.0)


def _headings(page: Page) -> list[Span]:
    """Return the lines behind the opening that are short enough to be headings."""
    opening = page.examination.profile.opening
    start = opening.end if opening else 0
    lines = (line for line in page.paragraphs if line.start >= start)
    return [line for line in lines if line.end - line.start < _LONGEST]
