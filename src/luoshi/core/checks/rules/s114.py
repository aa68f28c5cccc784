"""S114: a heading with nothing under it.

What: a heading that is followed at once by the next heading of its rank, or by nothing.
Why: the part was announced and never written, or its text was lost.
Basis: custom.
Example: “（三）能力本领方面” followed at once by “（四）担当作为方面”.
Counter-example: “三、存在的问题” followed by its first “（一）……方面”.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._structure import headings, lead
from luoshi.core.material.model import Point
from luoshi.core.reading.model import Span
from luoshi.core.text.marks import mark_at

META = Meta(
    code="S114",
    title="标题下面没有内容",
    family="structure",
    severity="warning",
    basis="custom",
    why="标题下面一个字也没有，可能是漏写或者误删；请补上内容，或者删去标题。",
)
_BLANK = " \t\n\r\u3000*#_=-|。：:"


def find(page: Page) -> Iterator[Objection]:
    """Object to every heading without text, item or lower heading."""
    points = page.examination.points
    parts = {point.id: part for point, part in headings(page)}
    for index, point in enumerate(points):
        if not point.is_heading():
            continue
        following = points[index + 1] if index + 1 < len(points) else None
        if following is not None and not _closes(page, parts, point, following):
            continue
        if not page.words(lead(page, point)).strip(_BLANK):
            yield Objection((Span(point.start, point.end),), "这个标题下面没有内容。")


def _closes(page: Page, parts: dict[str, str], point: Point, following: Point) -> bool:
    """Tell whether what follows stands beside the heading and not below it.

    Headings without numbers, and numbers of an unusual kind, are not always seen to stand
    below the name of their part; only a like number or another part is sure to close it.
    """
    if following.path.startswith(point.path + "/") or not following.is_heading():
        return False
    own = mark_at(page.text, point.start, point.end)
    next_one = mark_at(page.text, following.start, following.end)
    if own is not None and next_one is not None and own.scheme == next_one.scheme:
        return True
    return bool(parts[following.id]) and parts[following.id] != parts[point.id]
