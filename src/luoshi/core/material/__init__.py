"""Document → Examination: points with spans, and what answers what."""

from __future__ import annotations

from luoshi.core.material import outline as outlines
from luoshi.core.material.frame import Frame, frame
from luoshi.core.material.links import MOST_STATEMENTS, link_points, linkable
from luoshi.core.material.model import Examination
from luoshi.core.material.nodes import is_heading_line
from luoshi.core.material.outline import Outline
from luoshi.core.material.parts import assign_parts
from luoshi.core.material.points import collect_points
from luoshi.core.material.profile import profile_of
from luoshi.core.material.tree import build_tree
from luoshi.core.reading.model import Document


def split(document: Document, outline: str | None = None) -> Examination:
    """Return the points and links of a material.

    ``outline`` is the id of the outline to follow; without it the text itself tells (see
    :func:`luoshi.core.material.outline.guess`). Raises
    :class:`~luoshi.core.material.outline.UnknownOutlineError` for an unknown id.
    """
    text = document.text
    around = frame(text, document.blocks)
    chosen = outlines.load(outline or _guess(text, around))
    root = build_tree(text, around.body, around.marks, chosen)
    assign_parts(text, root, chosen)
    points = collect_points(text, root, chosen)
    links, stray = link_points(text, points)
    profile = profile_of(text, around, root, points)
    linked = len(linkable(points)) <= MOST_STATEMENTS
    return Examination(document, chosen.id, profile, points, links, stray, linked)


def _guess(text: str, around: Frame) -> str:
    title = text[slice(*around.title)] if around.title else ""
    opening = " ".join(text[b.start : b.end] for b in (*around.bylines, *around.body[:3]))
    headings: list[str] = []
    for block, mark in zip(around.body, around.marks, strict=True):
        words = mark.end if mark else block.start
        if mark or block.level or is_heading_line(text, words, block.end):
            headings.append(text[words : min(block.end, words + 120)].split("。", maxsplit=1)[0])
    return outlines.guess(f"{title} {opening}"[:1200], headings)


__all__ = ["Examination", "Outline", "split"]
