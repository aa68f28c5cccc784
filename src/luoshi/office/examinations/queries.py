"""What the pages of materials show. A constant number of statements, however long a material."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.db.models import Count, Q, QuerySet

from luoshi.office.examinations.answers import unanswered
from luoshi.office.examinations.models import Examination, Link, Point

_STATEMENTS = ("problem", "cause", "measure", "previous")


def listing(office: int, *, search: str = "", state: str = "", outline: str = "") -> QuerySet[Any]:
    """Return the materials of an office, newest first, with the numbers of their points."""
    rows = Examination.objects.filter(office=office).select_related("imported_by")
    if search:
        rows = rows.filter(Q(title__icontains=search) | Q(file__name__icontains=search))
    if state:
        rows = rows.filter(state=state)
    if outline:
        rows = rows.filter(outline=outline)
    counts = {
        f"{kind}_count": Count("points", filter=Q(points__kind=kind, points__dropped=False))
        for kind in _STATEMENTS
    }
    found: QuerySet[Any] = rows.defer("text", "blocks", "findings").annotate(**counts)
    return found.order_by("-imported_on", "-id")


@dataclass
class Shown:
    """A point as the page shows it: its words, what answers it, what it answers.

    ``unanswered``: a problem that nothing surely answers (`answers`).
    """

    point: Point
    heading: str
    body: str
    answers: list[tuple[Link, Point]] = field(default_factory=list)
    answered_by: list[tuple[Link, Point]] = field(default_factory=list)
    unanswered: bool = False

    @property
    def guessed(self) -> bool:
        """Tell whether some measure might answer it, which nobody has confirmed."""
        return self.unanswered and any(
            link.kind == Link.Kind.ANSWERS for link, _ in self.answered_by
        )


def shown(examination: Examination) -> list[Shown]:
    """Return the points of a material in text order, with their links."""
    text = examination.text
    points = list(
        Point.objects.filter(examination=examination, dropped=False).order_by("start", "id")
    )
    nothing = unanswered(examination)
    rows = {
        p.pk: Shown(
            p, text[p.start : p.heading_end].strip(), text[p.heading_end : p.end].strip(),
            unanswered=p.pk in nothing,
        )
        for p in points
    }  # fmt: skip
    links = Link.objects.filter(examination=examination).exclude(verdict=Link.Verdict.WRONG)
    for link in links.order_by("-score", "id"):
        one, other = rows.get(link.source_id), rows.get(link.target_id)
        if one and other:
            one.answers.append((link, other.point))
            other.answered_by.append((link, one.point))
    return list(rows.values())


def groups(rows: Sequence[Shown]) -> list[tuple[str, str, list[Shown]]]:
    """Return the statements by kind: what nobody answers first, then problems, causes, measures."""
    open_problems = [row for row in rows if row.unanswered]
    by_kind = [
        (key, label, [r for r in rows if r.point.kind == key and r not in open_problems])
        for key, label in (
            ("problem", "问题"), ("cause", "原因"), ("measure", "措施"), ("previous", "上次整改")
        )
    ]  # fmt: skip
    found = [("unanswered", "没有措施回应的问题", open_problems), *by_kind]
    return [group for group in found if group[2]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph: of a statement (``point``; ``first``: where it begins) or none.

    ``finding`` is the number of the first finding about it, from 1, or 0.
    """

    words: str
    point: Point | None
    first: bool
    finding: int
    finding_first: bool


def paragraphs(examination: Examination, rows: Sequence[Shown]) -> Iterator[list[Piece]]:
    """Yield the text of a material paragraph by paragraph, cut where statements begin or end.

    All pieces together are the whole text, so that nothing of it can be missing on the page.
    """
    text = examination.text
    statements = [r.point for r in rows if r.point.kind in _STATEMENTS]
    spans = [
        (number, start, end)
        for number, finding in enumerate(examination.findings, 1)
        for start, end in finding["spans"][:1]
    ]
    cuts = {0, len(text)}
    cuts.update(at for p in statements for at in (p.start, p.end))
    cuts.update(at for _, start, end in spans for at in (start, end))
    cuts.update(i + 1 for i, char in enumerate(text) if char == "\n")
    edges = sorted(cut for cut in cuts if 0 <= cut <= len(text))
    owner = _Cursor([(p.start, p.end, p) for p in statements])
    found = _Cursor(
        [(start, end, number) for number, start, end in sorted(spans, key=lambda s: s[1:])]
    )
    paragraph: list[Piece] = []
    for start, end in pairwise(edges):
        words = text[start:end]
        point, number = owner.at(start), found.at(start)
        paragraph.append(
            Piece(
                words.rstrip("\n"), point, bool(point and point.start == start), number or 0,
                bool(number and found.start == start),
            )
        )  # fmt: skip
        if words.endswith("\n"):
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


class _Cursor:
    """Tells what covers a place, asked from left to right; where spans overlap, the first wins."""

    def __init__(self, spans: list[tuple[int, int, Any]]) -> None:
        self._spans = sorted(spans, key=lambda span: (span[0], span[1]))
        self._next = 0
        self._end = 0
        self._held: Any = None
        self.start = -1

    def at(self, place: int) -> Any:
        while self._next < len(self._spans) and self._spans[self._next][0] <= place:
            start, end, held = self._spans[self._next]
            if place >= self._end and end > place:
                self.start, self._end, self._held = start, end, held
            elif place < self._end:
                break
            self._next += 1
        return self._held if self.start <= place < self._end else None
