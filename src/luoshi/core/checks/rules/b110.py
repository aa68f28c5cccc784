"""B110: somebody else's fault in one's own examination.

What: in an individual's paper, 有的同志怕担责任 and the like as the problem.
Why: the meeting examines its author; what others lack is for their own papers.
Basis: seen. 把自己摆进去 is what notices ask for, and what is missing most (DOMAIN.md §2).
Example: “班子里有的同志怕担责任，能拖则拖。” in the paper of the head.
Counter-example: the same sentence in the paper of the leading group.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._measures import author
from luoshi.core.checks.rules._substance import is_quoted, pattern, shown
from luoshi.core.reading.model import Span

META = Meta(
    code="B110",
    title="查别人的问题",
    family="substance",
    severity="warning",
    basis="seen",
    why="个人的对照检查要把自己摆进去。请改写本人在这件事上没有做什么，或者删去。",
)


def find(page: Page) -> Iterator[Objection]:
    """Object in individuals' papers only, once per problem."""
    if author(page) != "person":
        return
    for point in page.points("problem"):
        match = pattern("shirking").search(page.text, point.words, point.end)
        if match is not None and not is_quoted(page, match.start(), point.words):
            place = Span(*match.span())
            yield Objection((place,), f"“{shown(page, place)}”写的是别人的问题，不是本人的问题。")
