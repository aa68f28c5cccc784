"""S107: a heading departs from the wording of the outline.

What: a heading that names an aspect of the outline in other words. A phrase with other
characters than the outline's (敬畏纪法 for 敬畏法纪) is probably a slip; a phrase that is
not there at all is only noted; one that is shortened is let pass. A heading that names no aspect at
all and stands in the place of one is taken for it.
Why: the wording of an outline is fixed; a slip in it is seen at once.
Basis: seen. The headings are those of public notices (data/outlines).
Example: “（三）在带头敬畏人民、敬畏组织、敬畏纪法方面”.
Counter-example: “（三）带头敬畏人民、敬畏组织、敬畏法纪，走好群众路线方面”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from luoshi.core import knowledge
from luoshi.core.checks.model import Meta, Objection
from luoshi.core.checks.page import Page
from luoshi.core.checks.rules._structure import misnamed
from luoshi.core.material.model import Point
from luoshi.core.reading.model import Span
from luoshi.core.text.normalise import folded, normalise

META = Meta(
    code="S107",
    title="标题与提纲的提法不一致",
    family="structure",
    severity="warning",
    basis="seen",
    why="提纲的提法通常是固定的，标题中照原文写；请与会议通知核对后改正。",
)
_PARTS = re.compile(r"[、，,；;：:。]")
# How much of a phrase may differ for the difference to be a slip.
_SLIP = 0.5
# In a phrase so long two characters between the same ends are one word put for another.
_LONG = 6


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(knowledge.table("checks/announced")["filler"])


def find(page: Page) -> Iterator[Objection]:
    """Object to misworded phrases; note aspects of which the heading has no phrase in full."""
    names = {aspect.name for aspect in page.outline.aspects if aspect.part == "problem"}
    for point in page.points("aspect_heading"):
        if point.aspect in names:
            yield from _compare(page, point)
    for point, name in misnamed(page):
        words = page.text[point.words : point.end].rstrip("。：: ")
        message = f"提纲的提法是“{name}”，这里写成“{words}”。"
        yield Objection((Span(point.words, point.words + len(words)),), message)


def _compare(page: Page, point: Point) -> Iterator[Objection]:
    phrases = [folded(phrase) for phrase in _PARTS.split(point.aspect)]
    words = folded(page.text[point.words : point.end])
    absent = [phrase for phrase in phrases if phrase not in words]
    if not absent:
        return
    heading = normalise(page.text[point.words : point.end])
    whole = _filler().sub("", heading.text.rstrip("。"))
    pieces = [_filler().sub("", piece) for piece in _PARTS.split(heading.text)]
    noted = False
    for phrase in absent:
        slip = next((piece for piece in pieces if _is_slip(piece, phrase, phrases)), "")
        other = "" if slip else _in_its_place(page, phrase, phrases, pieces)
        if other:
            start = heading.text.index(other)
            low, high = heading.span(start, start + len(other))
            span = Span(point.words + low, point.words + high)
            yield Objection((span,), f"提纲的提法是“{phrase}”，这里写成“{other}”。")
        elif slip and _certain(page, slip, phrase):
            low, high = heading.span(heading.text.index(slip), heading.text.index(slip) + len(slip))
            span = Span(point.words + low, point.words + high)
            yield Objection((span,), f"提纲的提法是“{phrase}”，这里写成“{slip}”。", phrase)
        elif slip or page.outline.basis == "default":
            continue
        elif not noted and not any(_shortened(piece, phrase) for piece in [*pieces, whole]):
            noted = True
            message = f"提纲的提法是“{point.aspect}”，标题里没有“{phrase}”。"
            yield Objection((Span(point.start, point.end),), message, severity="note")


def _in_its_place(page: Page, phrase: str, phrases: list[str], pieces: list[str]) -> str:
    """Return what stands where the phrase should, all others being right; nothing if unsure."""
    pieces = [piece for piece in pieces if piece]
    if page.outline.basis == "default" or len(pieces) != len(phrases) or len(phrases) == 1:
        return ""
    pairs = list(zip(pieces, phrases, strict=True))
    other = next(piece for piece, wanted in pairs if wanted == phrase)
    alone = sum(piece != wanted for piece, wanted in pairs) == 1
    return other if alone and other not in phrase and not _shortened(other, phrase) else ""


def _certain(page: Page, piece: str, phrase: str) -> bool:
    """Tell a slip from another wording where the outline's own wording is not confirmed."""
    different = sum(a != b for a, b in zip(piece, phrase, strict=True))
    ends = piece[:2] == phrase[:2] and piece[-2:] == phrase[-2:] and len(phrase) >= _LONG
    few = different == 1 or (different == 2 and ends)
    return page.outline.basis != "default" or few or sorted(piece) == sorted(phrase)


def _is_slip(piece: str, phrase: str, phrases: list[str]) -> bool:
    if len(piece) != len(phrase) or piece in phrases:
        return False
    if sorted(piece) == sorted(phrase):
        return True
    different = sum(a != b for a, b in zip(piece, phrase, strict=True))
    # 改进作风 for 砥砺作风: the same end or the same beginning; 政治能力 for 廉洁自律 is neither.
    alike = piece[:2] == phrase[:2] or piece[-2:] == phrase[-2:]
    return alike and 0 < different <= _SLIP * len(phrase)


def _shortened(piece: str, phrase: str) -> bool:
    """Tell whether one of the two is the other with words left out."""
    short, long = sorted((piece, phrase), key=len)
    rest = iter(long)
    return len(short) >= len(phrase) // 2 and all(character in rest for character in short)
