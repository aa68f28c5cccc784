"""S117: what is said elsewhere about the number of headings, causes or measures.

What: an opening that counts causes or measures, a “针对以上12个问题” behind the problems, or
the number in the outline's own name (五个带头), where the paper has another number.
Why: items were cut or added, or the sentence comes from another year's paper.
Basis: custom.
Example: “对照‘五个带头’” over four headings of an outline with four.
Counter-example: the numbers of last year's paper, or of the group's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._counts import claims, of_others
from luoshi.core.checks.rules._listed import listed
from luoshi.core.checks.rules._places import sections
from luoshi.core.checks.rules._structure import direct, headings, items_below
from luoshi.core.material.model import PointKind
from luoshi.core.reading.model import Span

META = Meta(
    code="S117",
    title="别处说的数与正文对不上",
    family="structure",
    severity="warning",
    basis="custom",
    why="前后说到的数与正文实际写的对不上，可能是增删后没有改，也可能抄自往年材料；请核对。",
)
# Fewer headings are too few to tell what the paper follows.
_FEWEST = 3
_OWN = "整改"
_LEAD = re.compile("分为|分|由|包括|从")
_JOINT = re.compile("、|以及|[和及与]")


def find(page: Page) -> Iterator[Objection]:
    """Object to every number that the whole paper contradicts, in text order."""
    found = [*_outline(page), *_opening(page), *_back(page), *_parts(page)]
    yield from sorted(found, key=lambda objection: objection.spans[0])


def _counts(page: Page, kind: PointKind) -> set[int]:
    """Return every number by which the points of a kind may rightly be counted."""
    counts = {len(page.points(kind)), len(items_below(page, None, kind))}
    for heading, part in headings(page):
        if part == kind:
            inner = direct(page, heading)
            counts |= {len(inner), sum(point.is_heading() for point in inner)}
            counts.add(len(items_below(page, heading, kind)))
    return counts - {0}


def _opening(page: Page) -> Iterator[Objection]:
    opening = page.examination.profile.opening
    kinds: tuple[PointKind, ...] = ("cause", "measure")
    for kind in kinds if opening else ():
        yield from _compare(page, opening or Span(0, 0), f"opening_{kind}", kind)


def _back(page: Page) -> Iterator[Objection]:
    kinds: tuple[PointKind, ...] = ("problem", "cause", "measure")
    for kind in kinds:
        last = max((p.start for p in page.points(kind)), default=len(page.text))
        yield from _compare(page, Span(last, len(page.text)), f"back_{kind}", kind)


def _compare(page: Page, span: Span, wording: str, kind: PointKind) -> Iterator[Objection]:
    for value, place in claims(page, span, wording):
        there = _counts(page, kind)
        if there and value not in there and not of_others(page, place, _OWN):
            yield _objection(page, place, min(there, key=lambda count: abs(count - value)))


def _parts(page: Page) -> Iterator[Objection]:
    """Compare 共分六个部分 with the parts there are, by name where the names are told."""
    tops = [h for h, _ in headings(page) if "/" not in h.path]
    # Before the parts, or in the first one.
    last = tops[1].start if len(tops) > 1 else 0
    for value, place in claims(page, Span(0, last), "parts"):
        absent = _absent(page, place, value)
        if absent:
            names = "”“".join(absent)
            message = f"这里说有“{names}”这一部分，正文没有。"
            low = page.text.rfind(absent[0], 0, place.start)
            named = Span(low, low + len(absent[0]))
            yield Objection((place, named) if low >= 0 else (place,), message)
        elif any(parts.place.start <= place.start < parts.place.end for parts in listed(page)):
            continue
        elif len(tops) >= _FEWEST and value != sections(page).get((), len(tops)) != 0:
            yield _objection(page, place, len(tops))


def _absent(page: Page, place: Span, value: int) -> list[str]:
    """Return which of the parts named before their number no heading has."""
    low = max(page.text.rfind(sign, 0, place.start) + 1 for sign in "，。；：\n")
    items = _JOINT.split(_LEAD.split(page.text[low : place.start], maxsplit=1)[-1])
    if len(items) != value or value < _FEWEST:
        return []
    titles = [("/" in h.path, page.words((h.words, h.end))) for h, _ in headings(page)]
    absent = [item for item in items if not any(_names(item, *title) for title in titles)]
    return absent if len(absent) < len(items) - 1 else []


def _names(item: str, lower: bool, title: str) -> bool:
    """Tell whether a heading is about what a name says; that of a part may have half of it only."""
    return item in title or (not lower and (item[:2] in title or item[-2:] in title))


def _outline(page: Page) -> Iterator[Objection]:
    """Compare 五个带头 or “五个方面” with the headings there and those of the outline."""
    wanted = {a.name for a in page.outline.aspects if a.part == "problem" and not a.optional}
    there = [p for p in page.points("aspect_heading") if p.aspect in wanted]
    if len(there) < _FEWEST or len({p.aspect for p in there}) != len(there):
        return
    # “五个方面” may count the cases among them, 五个带头 may not.
    fits = {len(there), len(wanted)}
    for wording, right in (
        ("outline_lead", fits),
        ("outline_aspects", fits | {len(page.outline.aspects)}),
    ):
        for value, place in claims(page, Span(0, there[0].start), wording):
            if value > 1 and value not in right and not of_others(page, place):
                yield _objection(page, place, len(there))


def _objection(page: Page, place: Span, there: int) -> Objection:
    return Objection((place,), f"这里写的是“{page.words(place)}”，正文是{there}个。")
