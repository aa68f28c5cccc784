"""S108: a heading that breaks off.

What: a heading of the outline without its last words, where its siblings end in 方面 and
so should it (“在带头…方面”); any heading that ends in a word after which more must come.
Why: the sentence has no end; the heading was cut when it was copied.
Basis: seen. Real papers have headings that break off in the middle (DOMAIN.md §2).
Example: “（四）在带头干事创业、担当作为” beside “（三）在带头敬畏人民方面”.
Counter-example: “（五）反面典型案例剖析” beside four headings that end in 方面.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._structure import ending, headings
from luoshi.core.material.model import Point
from luoshi.core.reading.model import Span

META = Meta(
    code="S108",
    title="标题没有写完",
    family="structure",
    severity="warning",
    basis="seen",
    why="标题读起来不完整，多半是复制时截断了；请补全。",
)
_TAIL = "方面"
_OTHER_TAILS = ("情况", "案例", "剖析", "问题", "不足")


def find(page: Page) -> Iterator[Objection]:
    """Object to headings without 方面 among siblings of which two or more have it."""
    groups: dict[str, list[Point]] = {}
    for point, part in headings(page):
        if point.kind == "aspect_heading" and part == "problem":
            groups.setdefault(point.path.rpartition("/")[0], []).append(point)
    found = [one for siblings in groups.values() for one in _without_tail(page, siblings)]
    found += [
        _objection(page, point, "话没有说完")
        for point in page.examination.points
        if point.is_heading() and ending(page, point).endswith(tuple(_dangling()))
    ]
    by_place = {objection.spans[0]: objection for objection in reversed(found)}
    yield from (by_place[place] for place in sorted(by_place))


def _dangling() -> list[str]:
    words: list[str] = knowledge.table("checks/announced")["dangling"]
    return words


def _without_tail(page: Page, siblings: list[Point]) -> Iterator[Objection]:
    ends = [ending(page, point) for point in siblings]
    complete = sum(words.endswith(_TAIL) for words in ends)
    for point, words in zip(siblings, ends, strict=True):
        if complete >= 2 and not words.endswith((_TAIL, *_OTHER_TAILS)):
            yield _objection(page, point, f"末尾少了“{_TAIL}”")


def _objection(page: Page, point: Point, what: str) -> Objection:
    last = page.text[point.start : point.end].rstrip("。 ")
    span = Span(point.start, point.start + len(last))
    return Objection((span,), f"这个标题没有写完，{what}。")
