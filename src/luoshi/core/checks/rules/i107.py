"""I107: an individual who speaks as a group, or a group that speaks as one person.

What: 领导班子要… as the subject in the paper of one person, 本人… in that of a group.
Why: whole passages were taken over from the other paper.
Basis: custom.
Example: “领导班子将健全督办机制” among the measures of a 副主任.
Counter-example: “我和班子成员一起”, “由班子成员本人签字”.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._identity import header, posts_in, quoted
from luoshi.core.checks.rules._structure import of_group
from luoshi.core.reading.model import Span

META = Meta(
    code="I107",
    title="个人与班子的口气混用",
    family="identity",
    severity="note",
    basis="custom",
    why="个人材料说个人的事，班子材料说班子的事；口气混用的段落多半来自另一份材料，请核对。",
)
_BOUNDARY = "。；，：！？\n \t\u3000"
_NUMBERED = "是要、.．）)"
_INDIVIDUAL = "个人"


def find(page: Page) -> Iterator[Objection]:
    """Note subjects of sentences that are not the author, in problems and measures."""
    place = header(page)
    if place is None:
        return
    group = of_group(page)
    if not group and _INDIVIDUAL not in page.words(place) and not posts_in(page, place):
        return
    words, whose = ("self-person", "班子") if group else ("self-group", "个人")
    for hit in page.hits(words):
        point = page.point_at(hit.start)
        if point is None or point.kind not in ("problem", "measure") or quoted(page, hit.start):
            continue
        if _subject(page, hit):
            message = f"这是{whose}的材料，“{page.words(hit)}”却是另一种口气。"
            yield Objection((hit,), message)


def _subject(page: Page, hit: Span) -> bool:
    return page.text[hit.start - 1] in _BOUNDARY + _NUMBERED
