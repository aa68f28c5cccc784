"""Rows of materials → what the core compares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import cast

from luoshi.core.material import model as core
from luoshi.core.reading.model import Block, Document, LineMap
from luoshi.office.examinations.models import Examination, Link, Point


def read(keys: Iterable[int], office: int) -> dict[int, core.Examination]:
    """Return materials of an office as people corrected them, by their keys, in three statements.

    The id of a point is its key. Links that a person called wrong are left out.
    """
    rows = list(Examination.objects.filter(pk__in=keys, office=office).select_related("file"))
    wanted = [row.pk for row in rows]
    points: dict[int, list[core.Point]] = defaultdict(list)
    for row in Point.objects.filter(examination__in=wanted, dropped=False).order_by("start", "id"):
        points[row.examination_id].append(
            core.Point(
                str(row.pk), cast(core.PointKind, row.kind), row.path, row.start, row.end, row.words
            )
        )
    links: dict[int, list[core.Link]] = defaultdict(list)
    held = Link.objects.filter(examination__in=wanted, source__dropped=False, target__dropped=False)
    for link in held.exclude(verdict=Link.Verdict.WRONG).order_by("id"):
        sure = link.by_hand or link.verdict == Link.Verdict.RIGHT
        links[link.examination_id].append(
            core.Link(
                str(link.source_id), str(link.target_id), cast(core.LinkKind, link.kind),
                "strong" if sure else cast(core.Strength, link.strength),
                1.0 if sure else link.score / 1000,
            )
        )  # fmt: skip
    return {
        row.pk: core.Examination(
            _document(row), row.outline, core.Profile(title=row.title), tuple(points[row.pk]),
            tuple(links[row.pk]),
        )
        for row in rows
    }  # fmt: skip


def _document(row: Examination) -> Document:
    text = row.text
    starts = (0, *(at + 1 for at, char in enumerate(text) if char == "\n"))
    blocks = tuple(Block(start, end) for start, end in row.blocks)
    return Document(text, "txt", row.file.sha256, blocks, LineMap(starts))
