"""I102: the text speaks of another office as its author's.

What: a street, town or township with another name than the one in the title, in words
that claim it (我们某街道, 为某街道作贡献); or two names in title and byline.
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
from luoshi.core.checks.rules._identity import header, quoted, units_table
from luoshi.core.reading.model import Span

META = Meta(
    code="I102",
    title="单位名称前后不一致",
    family="identity",
    severity="error",
    basis="seen",
    why="把别的单位写成本单位，多半是照搬后没有改净；请核对单位名称。",
)
_ABOVE = re.compile(r".*(?:省|州|市|区|县)(?=.{2})")


@cache
def _patterns() -> re.Pattern[str]:
    claims = units_table()["claims"]
    kinds = "|".join(claims["kinds"])
    name = f"(?:(?![{claims['particles']}])[\u4e00-\u9fff])"
    texts = []
    for index, pattern in enumerate(claims["patterns"]):
        named = pattern.replace("(?P<name>NAME)", f"(?P<n{index}>{name}{{2,4}}?)")
        texts.append(named.replace("(?P<kind>KIND)", f"(?P<k{index}>{kinds})"))
    return re.compile("|".join(f"(?:{text})" for text in texts))


@cache
def _named() -> re.Pattern[str]:
    kinds = "|".join(units_table()["claims"]["kinds"])
    return re.compile(rf"(?P<n>[\u4e00-\u9fff]{{2,12}}?)(?P<k>{kinds})(?![村建振规])")


def _bare(name: str) -> str:
    """Return the name of an office without the city and district before it."""
    return _ABOVE.sub("", name)


def _same(one: str, other: str) -> bool:
    """Tell whether two names are one, printed with and without what stands before it."""
    return one.endswith(other) or other.endswith(one)


def find(page: Page) -> Iterator[Objection]:
    """Object to names of the same kind as the author's office that are claimed as its own."""
    place = header(page)
    if place is None:
        return
    own: dict[str, tuple[str, Span]] = {}
    for match in _named().finditer(page.text, *place):
        name, kind = _bare(match["n"]), match["k"]
        span = Span(match.end("n") - len(name), match.end("k"))
        if kind in own and not _same(own[kind][0], name):
            yield _objection(page, span, own[kind][1])
        own.setdefault(kind, (name, span))
    if own:
        yield from _claimed(page, place.end, own)


def _claimed(page: Page, start: int, own: dict[str, tuple[str, Span]]) -> Iterator[Objection]:
    never = tuple(units_table()["claims"]["never"])
    for match in _patterns().finditer(page.text, start):
        index = next(k[1:] for k, value in match.groupdict().items() if value and k[0] == "n")
        name, kind = _bare(match["n" + index]), match["k" + index]
        if kind not in own or _same(own[kind][0], name) or quoted(page, match.start()):
            continue
        if not any(word in name for word in never):
            span = Span(match.end("n" + index) - len(name), match.end("k" + index))
            yield _objection(page, span, own[kind][1])


def _objection(page: Page, span: Span, own: Span) -> Objection:
    message = f"本单位是“{page.words(own)}”，这里写成“{page.words(span)}”。"
    return Objection((span, own), message)
