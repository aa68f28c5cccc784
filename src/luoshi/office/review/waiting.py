"""What the review desk gives to a person's day: batches to read, materials returned, opinions."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse

from luoshi.office.review.models import Batch, Decision, Submission
from luoshi.office.review.reach import MANAGES, OWN, REVIEWS
from luoshi.office.today import Asker, Row, Section, Tone

_ROWS = 5
_TONES: dict[str, Tone] = {"waiting": "", "passed": "good", "returned": "warn"}


def sections(asker: Asker) -> list[Section]:
    """Return what waits for a person at the review desk."""
    found: list[Section] = []
    if REVIEWS in asker.allowed:
        found += _to_review(asker)
    if MANAGES in asker.allowed:
        found += _returned(asker)
    if OWN in asker.allowed:
        found += _own(asker)
    return found


def _to_review(asker: Asker) -> Iterator[Section]:
    rows = list(
        Batch.objects.filter(
            office=asker.person.office_id, state=Batch.State.OPEN,
            assignments__person=asker.person, assignments__active=True,
        )
        .annotate(waits=Count("submissions", filter=Q(submissions__state="waiting")
                              & ~Q(submissions__author=asker.person)))
        .filter(waits__gt=0).order_by("held_on", "pk")
    )  # fmt: skip
    if rows:
        yield Section(
            "review", f"等我审阅的材料（{sum(row.waits for row in rows)}）",
            rows=tuple(
                Row(row.name, f"{reverse('review:batch', args=[row.pk])}?state=waiting",
                    f"{row.waits}份待审" + (f"，{row.held_on:%Y-%m-%d}开会" if row.held_on else ""))
                for row in rows[:_ROWS]
            ),
            more=(("全部批次", reverse("review:list")),),
        )  # fmt: skip


def _returned(asker: Asker) -> Iterator[Section]:
    rows = Submission.objects.filter(
        office=asker.person.office_id,
        state=Submission.State.RETURNED,
        batch__state=Batch.State.OPEN,
    )
    held = list(rows.select_related("batch").order_by("pk")[: _ROWS + 1])
    if not held:
        return
    until = _deadlines(held)
    yield Section(
        "returned", "退回修改、等新稿的材料",
        rows=tuple(
            Row(f"{row.name}（{row.batch.name}）",
                f"{reverse('review:batch', args=[row.batch_id])}?state=returned",
                until.get(row.pk, ""), "退回修改", "warn")
            for row in held[:_ROWS]
        ),
        more=(("全部批次", reverse("review:list")),) if len(held) > _ROWS else (),
    )  # fmt: skip


def _own(asker: Asker) -> Iterator[Section]:
    rows = Submission.objects.filter(author=asker.person, batch__state=Batch.State.OPEN)
    held = list(rows.select_related("batch").order_by("pk")[:_ROWS])
    if not held:
        return
    until = _deadlines(held)
    yield Section(
        "own", "本人报送的材料",
        rows=tuple(
            Row(row.batch.name, reverse("review:mine"),
                until.get(row.pk, "") if row.state == Submission.State.RETURNED else "",
                row.get_state_display(), _TONES[row.state])
            for row in held
        ),
    )  # fmt: skip


def _deadlines(rows: list[Submission]) -> dict[int, str]:
    """Return until when new drafts are asked for, in words."""
    held = Decision.objects.filter(
        draft__submission__in=rows, withdrawn=False, outcome=Decision.Outcome.RETURN
    ).order_by("pk")
    return {
        key: f"{day:%Y-%m-%d}前报送新稿"
        for key, day in held.values_list("draft__submission_id", "answer_by") if day
    }  # fmt: skip
