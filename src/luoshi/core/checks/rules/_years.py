"""What the rules on recurrence share: the step from the last material, and how it is quoted."""

from __future__ import annotations

from luoshi.core.checks.model import Quoted
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._substance import shown
from luoshi.core.material.dated import held_for
from luoshi.core.material.model import Examination, Point
from luoshi.core.reading.model import Span
from luoshi.core.recurrence.model import Match, Now, Recurrence

EMPTY = "没有写明哪个环节、哪个地方、多少、是谁"


def last_step(page: Page) -> Recurrence | None:
    """Return this material against the one before it, or None where none was given."""
    return page.years.steps[-1] if page.years is not None and page.years.steps else None


def last(page: Page) -> int:
    """Return the number of the material before this one."""
    return len(page.earlier) - 1


def heading(page: Page, now: Now) -> Span:
    """Return the heading sentence of a problem of this material."""
    return page.examination.heading_of(now.point)


def quoted(examination: Examination, material: int, point: Point) -> Quoted:
    """Return the heading sentence of a point of an earlier material."""
    return Quoted(material, examination.heading_of(point))


def earlier_point(examination: Examination, match: Match) -> Point:
    """Return the problem of the earlier material that a match names."""
    return next(point for point in examination.points if point.id == match.earlier)


def times(page: Page, now: Now) -> int:
    """Return in how many materials in a row, this one included, a problem stands."""
    return len(in_a_row(page, now))


def in_a_row(page: Page, now: Now) -> tuple[int, ...]:
    """Return the materials in a row, ending with this one, in which a problem stands."""
    if page.years is None:
        return ()
    this = len(page.earlier)
    line = next(
        each
        for each in page.years.lines
        if any(e.year == this and e.now.point.id == now.point.id for e in each.entries)
    )
    years = set(line.years())
    first = this
    while first - 1 in years:
        first -= 1
    return tuple(range(first, this + 1))


def year_words(examination: Examination) -> str:
    """Return 2024年度 where the material says which year it is for, else an empty string."""
    year = held_for(examination)
    return f"{year}年度" if year else ""


def words_of(page: Page, point: Point) -> str:
    """Return the words of a point's heading as a message shows them, without number and stop."""
    return shown(page, (point.words, page.examination.heading_of(point).end)).rstrip("。：: ")
