"""What the materials of a batch share: the table of pairs, clusters, two texts side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.core.overlap.side import COLOURS, Common, Piece, shortened, side_by_side
from luoshi.office.journal.errors import NotFound
from luoshi.office.pages import me
from luoshi.office.review import pairs, queries, reach, tallies
from luoshi.office.review.models import Draft, Passage, Share, Template


@require_GET
def page(request: HttpRequest, batch: int) -> HttpResponse:
    """Show the heat table of a batch, its clusters, and what was copied most."""
    row, seen = reach.batch(me(request), batch)
    done = queries.last_done(row.pk)
    context = {
        "batch": row, "seen": seen, "done": done, "running": tallies.running(row.pk),
        "found": pairs.overview(done) if done else None,
    }  # fmt: skip
    return render(request, "review/overlap.html", context)


_LETTERS = "abcdefgh"  # one for each of COLOURS


@dataclass(frozen=True, slots=True)
class Bit:
    """A piece of a text as the page draws it."""

    words: str
    look: str
    label: str
    anchor: str


@require_GET
def pair(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """Show two drafts side by side; the first is of a batch that the person may open.

    The second one is of the same batch, or of an earlier one with which it was compared: nothing
    else of that batch is shown but what was found.
    """
    by = me(request)
    left, _ = reach.draft(by, one)
    right = Draft.for_office(by.office_id).filter(pk=other).select_related(
        "submission__batch", "submission__unit", "examination"
    ).first()  # fmt: skip
    done = queries.last_done(left.submission.batch_id)
    rows = Passage.objects.filter(comparison=done).filter(
        Q(one=left, other=other) | Q(one=other, other=left)
    )
    spans = [
        ((p.one_start, p.one_end), (p.other_start, p.other_end)) if p.one_id == left.pk
        else ((p.other_start, p.other_end), (p.one_start, p.one_end))
        for p in rows
    ] if done else []  # fmt: skip
    within = right is not None and right.submission.batch_id == left.submission.batch_id
    if right is None or not (within or spans):
        raise NotFound("没有找到要对照的材料。")
    title = right.submission.name if within else (
        f"{right.submission.batch.name}：{right.submission.name}"
    )  # fmt: skip
    grey = dict(
        Share.objects.filter(comparison=done, draft__in=[left.pk, right.pk])
        .values_list("draft_id", "common")
    ) if done else {}  # fmt: skip
    # Of a batch that somebody cannot open they see the passages and what stands round them.
    whole = request.GET.get("whole") == "1" and within
    context = _sides(
        left.examination.text, right.examination.text, spans, whole=whole,
        common=(grey.get(left.pk, []), grey.get(right.pk, [])),
    )  # fmt: skip
    context |= {"left": left, "title": title, "right": right, "within": within, "whole": whole,
                "batch": left.submission.batch}  # fmt: skip
    return render(request, "review/pair.html", context)


@require_GET
def template(request: HttpRequest, one: int, template: int) -> HttpResponse:
    """Show a draft beside a known text with which it shares passages."""
    by = me(request)
    left, _ = reach.draft(by, one)
    right = Template.for_office(by.office_id).filter(pk=template).first()
    done = queries.last_done(left.submission.batch_id)
    rows = Passage.objects.filter(comparison=done, one=left, template=right) if done else ()
    spans = [((p.one_start, p.one_end), (p.other_start, p.other_end)) for p in rows]
    if right is None or not spans:
        raise NotFound("没有找到要对照的范文。")
    whole = request.GET.get("whole") == "1"
    context = _sides(left.examination.text, right.text, spans, whole=whole)
    context |= {"left": left, "title": f"范文《{right.name}》", "right": None, "within": True,
                "whole": whole, "batch": left.submission.batch}  # fmt: skip
    return render(request, "review/pair.html", context)


Spans = Sequence[tuple[tuple[int, int], tuple[int, int]]]


def _sides(
    left: str, right: str, spans: Spans, *, whole: bool,
    common: tuple[list[list[int]], list[list[int]]] = ([], []),
) -> dict[str, Any]:  # fmt: skip
    held = side_by_side(
        left, right, spans, [Common(*c) for c in common[0]], [Common(*c) for c in common[1]]
    )
    mine = held.left if whole else shortened(held.left, left)
    theirs = held.right if whole else shortened(held.right, right)
    return {
        "count": len(held.joined), "characters": sum(b - a for a, b in {j.left for j in held.joined}),
        "columns": ((_bits(mine, left, "a"), "left"), (_bits(theirs, right, "b"), "right")),
    }  # fmt: skip


def _bits(pieces: Sequence[Piece], text: str, side: str) -> list[list[Bit]]:
    """Return the lines of a text as bits; a stretch left out is a line of its own."""
    lines: list[list[Bit]] = [[]]
    begun: set[int] = set()
    for piece in pieces:
        if piece.kind == "gap":
            lines += [[Bit(f"……（略去{piece.end - piece.start:,}字）", "soft", "", "")], []]
            continue
        number = piece.numbers[0] if piece.numbers else 0
        anchor = f"{side}{number}" if number and number not in begun else ""
        begun.add(number)
        for n, words in enumerate(text[piece.start : piece.end].split("\n")):
            if n:
                lines.append([])
            if words:
                lines[-1].append(
                    Bit(words, _look(piece, number), _label(piece, number) if not n else "",
                        anchor if not n else "")
                )  # fmt: skip
    return [line for line in lines if line]


def _look(piece: Piece, number: int) -> str:
    if number:
        colour = f"passage passage-{_LETTERS[(number - 1) % COLOURS]}"
        return f"{colour} differs" if piece.kind == "other" else colour
    return "common" if piece.kind == "common" else ""


def _label(piece: Piece, number: int) -> str:
    return str(number) if number else ""
