"""I104: a street or town that speaks for a whole district.

What: a street's paper that solves, secures or represents a place that is not its own name
(破解某某发展瓶颈, 确保某某有一个风清气正的发展环境), several times over.
Why: the words are those of a district's head.
Basis: seen. A real paper of a street speaks for its whole district (DOMAIN.md §2).
Example: “拿出破解大川发展瓶颈的办法” in the paper of a 街道办事处副主任.
Counter-example: “持续提升云澜的知名度” in the paper of 云澜街道.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import header, kinds, quoted, units_table
from luoshi.core.reading.model import Span

META = Meta(
    code="I104",
    title="替整个地区说话",
    family="identity",
    severity="warning",
    basis="seen",
    why="街道、乡镇的材料通常只说本单位的事；像上级地区的口气，多半是照搬来的，请核对。",
)
# A name that comes once is too thin a ground.
_FEWEST = 3
# So far from the word that betrays it a name may begin or end.
_REACH = 14


@cache
def _pattern() -> re.Pattern[str]:
    texts = units_table()["region"]["patterns"]
    named = (
        t.replace("{place}", f"(?P<p{i}>[\\u4e00-\\u9fff]{{2,3}}?)") for i, t in enumerate(texts)
    )
    return re.compile("|".join(f"(?:{text})" for text in named))


def find(page: Page) -> Iterator[Objection]:
    """Object to every place for which the office answers although it is not the office."""
    region = units_table()["region"]
    place = header(page)
    if place is None or not kinds(page) & set(region["kinds"]):
        return
    own = page.words(place)
    for hit in page.hits("region-anchor", (place.end, len(page.text))):
        match = _pattern().search(page.text, hit.start - _REACH, hit.end + _REACH)
        if match is None or match.end() < hit.end or match.start() > hit.start:
            continue
        group = next(k for k, value in match.groupdict().items() if value)
        name = match[group]
        if page.text.count(name) < _FEWEST:
            name = name[-2:]
        if name in own or any(word in name for word in region["words"]):
            continue
        if page.text.count(name) >= _FEWEST and not quoted(page, match.start()):
            span = Span(match.end(group) - len(name), match.end(group))
            message = f"“{name}”像是整个地区的名称，这里替整个地区说话，与本单位的身份不符。"
            yield Objection((span,), message)
