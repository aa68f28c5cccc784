"""What the structure rules share: which parts a material has, and where one is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from luoshi.core import knowledge
from luoshi.core.checks.model import Objection, Severity
from luoshi.core.checks.page import Page
from luoshi.core.material.model import Point, PointKind
from luoshi.core.reading.model import Span
from luoshi.core.text.normalise import folded

# What the heading of a list may add to the name of what it lists.
_OF_A_LIST = "(?:描述|事实|事实描述|清单|情况|明细|汇总|一览|及.{1,8}|和.{1,8}|与.{1,8})?"
# Too short to be an opening: a date or the name of an office.
_SHORTEST_OPENING = 30


@cache
def _severities() -> dict[tuple[str, str], tuple[Severity, str]]:
    rows = knowledge.table("checks/required-parts")["required"]
    return {
        (outline, part): (row["severity"], row["who"])
        for row in rows
        for outline in row["outlines"]
        for part in row["parts"]
    }


@cache
def part_names() -> dict[str, str]:
    """Return the Chinese names of the parts in the order in which they stand."""
    return {row["id"]: row["name"] for row in knowledge.table("checks/required-parts")["part"]}


def severity_of(page: Page, part: str) -> Severity | None:
    """Return how grave it is that ``part`` is missing; None when nothing requires it."""
    found = _severities().get((page.examination.outline, part))
    if found is None or (found[1] == "individual" and of_group(page)):
        return None
    return found[0]


def of_group(page: Page) -> bool:
    """Tell whether the material is that of a leading group and not of one person."""
    title = page.examination.profile.title
    return any(word in title for word in knowledge.table("checks/units")["group"])


def whole(page: Page) -> bool:
    """Tell a whole material from an excerpt, which may lack any part."""
    profile = page.examination.profile
    kinds: tuple[PointKind, ...] = ("problem", "cause", "measure")
    found = sum(bool(page.points(kind)) for kind in kinds)
    excerpt = any(
        word in profile.title for word in knowledge.table("checks/required-parts")["excerpt"]
    )
    return bool(profile.title_span) and found > 0 and not excerpt


def headings(page: Page) -> Iterator[tuple[Point, str]]:
    """Yield every heading with the part it belongs to (empty where none is told)."""
    for point in page.examination.points:
        if point.is_heading():
            yield point, _part_of(page, point)


def _part_of(page: Page, point: Point) -> str:
    aspects = {aspect.name: aspect.part for aspect in page.outline.aspects}
    if point.kind == "aspect_heading" or aspects.get(point.aspect) == "case":
        return aspects.get(point.aspect, "problem")
    nested = "/" in point.path
    return page.outline.part_of(page.text[point.words : point.end], exact=nested) or ""


def present(page: Page, part: str) -> bool:
    """Tell whether the material has a part, under a heading of its own or in prose."""
    if part in ("problem", "cause", "measure", "previous") and any(
        point.kind == part for point in page.examination.points
    ):
        return True
    if any(kind == part for _, kind in headings(page)):
        return True
    if part == "opening":
        return _has_opening(page)
    if part == "case":
        opening = page.examination.profile.opening
        start = opening.end if opening else 0
        return bool(page.hits("part-case", (start, len(page.text))))
    if part not in ("previous", "matters"):
        return False
    # 去年民主生活会上我没有提 in a problem is no report.
    told = [hit for hit in page.hits(f"part-{part}") if not _in_statement(page, hit)]
    return len(told) > len(announcements(page, part))


def _in_statement(page: Page, hit: Span) -> bool:
    point = page.point_at(hit.start)
    return point is not None and point.kind in ("problem", "cause", "measure")


def announcements(page: Page, part: str) -> list[Span]:
    """Return where the opening only says that a part (previous, matters) will follow."""
    opening = page.examination.profile.opening
    if opening is None:
        return []
    words = knowledge.table("checks/announced")
    found: list[Span] = []
    for hit in page.hits(f"part-{part}", opening):
        rest = page.text[hit.end : opening.end].partition("。")[0]
        follows = any(word in rest for word in words["follows"])
        if follows and not re.search(words["told"], rest):
            found.append(hit)
    return found


def _has_opening(page: Page) -> bool:
    profile = page.examination.profile
    if profile.opening is not None:
        return True
    first = min((p.start for p in page.examination.points if not p.is_heading()), default=0)
    start = profile.title_span.end if profile.title_span else 0
    taken = [(p.start, p.end) for p in page.examination.points]
    return any(
        start <= low and high <= first and high - low >= _SHORTEST_OPENING
        for low, high in page.paragraphs
        if not any(low < end and begin < high for begin, end in taken)
    )


def missing(page: Page, part: str) -> Iterator[Objection]:
    """Object to a required part that is not there, at the heading it should stand before."""
    severity = severity_of(page, part)
    if severity is None or not whole(page) or present(page, part):
        return
    message = f"没有“{part_names()[part]}”这一部分，请补写。"
    yield Objection((_place(page, part),), message, severity=severity)


def _place(page: Page, part: str) -> Span:
    order = list(part_names())
    for point, kind in headings(page):
        inside = bool(point.aspect) and point.kind == "section_heading" and kind != "case"
        if kind in order and not inside and order.index(kind) > order.index(part):
            return Span(point.start, point.end)
    return page.examination.profile.title_span or page.paragraphs[0]


def misnamed(page: Page) -> list[tuple[Point, str]]:
    """Return the headings that stand in the place of an aspect of the outline, with its name.

    A heading among those of the outline that names none of them, where an aspect is absent:
    in the order in which both stand. Nothing where their numbers differ.
    """
    wanted = [a.name for a in page.outline.aspects if a.part == "problem" and not a.optional]
    found = [p for p in page.points("aspect_heading") if p.aspect in wanted]
    absent = [name for name in wanted if name not in {p.aspect for p in found}]
    parents = {p.path.rpartition("/")[0] for p in found}
    unnamed = [
        p
        for p in page.points("aspect_heading")
        if not p.aspect and p.path.rpartition("/")[0] in parents
    ]
    if len(found) <= len(unnamed) or len(unnamed) != len(absent) or len(parents) != 1:
        return []
    return list(zip(unnamed, absent, strict=True))


def items_below(page: Page, heading: Point | None, kind: str) -> list[Point]:
    """Return the items of ``kind`` below a heading, or in the whole material.

    An item with sub-items counts once; a heading that only groups items (no full stop
    ends it) does not count itself.
    """
    found: list[Point] = []
    open_items: list[Point] = []
    for point in below(page, heading) if heading else page.examination.points:
        open_items = [p for p in open_items if point.path.startswith(p.path + "/")]
        if open_items:
            continue
        if point.kind == kind:
            found.append(point)
        elif point.kind == "section_heading" and _is_item(page, point):
            open_items.append(point)
            found.append(point)
    if heading is None:
        found = [p for p in found if not p.is_heading() or _holds(page, p, kind)]
    return found


def _is_item(page: Page, point: Point) -> bool:
    return page.text[point.end - 1 : point.end] in "。；;" and point.words > point.start


def _holds(page: Page, heading: Point, kind: str) -> bool:
    return any(point.kind == kind for point in below(page, heading))


def below(page: Page, heading: Point) -> list[Point]:
    """Return the points below a heading: those that follow it and go on from its path."""
    points = page.examination.points
    index = points.index(heading)
    found: list[Point] = []
    for point in points[index + 1 :]:
        if not point.path.startswith(heading.path + "/"):
            break
        found.append(point)
    return found


def lead(page: Page, heading: Point) -> Span:
    """Return the text between a heading and the first point after it."""
    later = (p.start for p in page.examination.points if p.start >= heading.end)
    return Span(heading.end, next(later, len(page.text)))


def ending(page: Page, point: Point) -> str:
    """Return the comparable words of a heading without its number and final stop."""
    return folded(page.text[point.words : point.end]).rstrip("。：:")


def listed_under(page: Page, name: str) -> list[int]:
    """Return by which numbers the problems below the one heading that ends in ``name`` count.

    None if there is no such heading, or several; the number of items comes first.
    """
    under = [
        (heading, items)
        for heading, part in headings(page)
        if part != "previous"
        and re.search(f"{name}{_OF_A_LIST}$", ending(page, heading))
        and (items := items_below(page, heading, "problem"))
    ]
    if len(under) != 1:
        return []
    heading, items = under[0]
    return [len(items), len(direct(page, heading))]


def direct(page: Page, heading: Point) -> list[Point]:
    """Return the points one step below a heading."""
    depth = heading.path.count("/") + 1
    return [point for point in below(page, heading) if point.path.count("/") == depth]


def causes_apart(page: Page) -> bool:
    """Tell whether the causes stand after all problems, not under each of them."""
    causes, problems = page.points("cause"), page.points("problem")
    return bool(causes and problems) and causes[0].start > problems[-1].start
