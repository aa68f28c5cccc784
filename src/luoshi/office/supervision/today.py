"""What slips give to a person's day: those to answer first, then what else waits."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from luoshi.core.supervision import reasons
from luoshi.office.supervision import queries
from luoshi.office.supervision.models import Slip
from luoshi.office.today import Asker, Row, Section, Tone

_TONES: dict[str, Tone] = {"red": "bad", "yellow": "warn", "blue": ""}
_ROWS = 5
_OTHERS = (
    ("raised", "送到我这一级的{}张"),
    ("review", "等待审结的{}张"),
    ("reminders", "临近时限的提醒{}张"),
)


def sections(asker: Asker) -> list[Section]:
    """Return the slips that wait for a person, and how many others there are to look at."""
    if "supervision.read" not in asker.allowed:
        return []
    reviews = "supervision.review" in asker.allowed
    digest = queries.digest(asker.person, reviews=reviews, most=_ROWS)
    page = reverse("supervision:today")
    more = [
        (words.format(digest.counts[key]), page) for key, words in _OTHERS if digest.counts[key]
    ]
    if digest.counts["answer"] > len(digest.answer):
        more.insert(0, (f"全部{digest.counts['answer']}张", page))
    warnings = queries.standing(asker.person.office_id).warnings
    if not digest.answer and not more and not warnings:
        return []
    return [
        Section(
            "slips",
            f"等我反馈的督办单（{digest.counts['answer']}）" if digest.answer else "督办",
            "".join(warnings),
            rows=tuple(_row(slip, asker.today) for slip in digest.answer),
            more=tuple(more),
        )
    ]


def _row(slip: Slip, today: date) -> Row:
    late = slip.answer_by is not None and slip.answer_by < today
    until = f"，{slip.answer_by:%Y-%m-%d}前反馈" if slip.answer_by else ""
    return Row(
        f"{reasons.known()[slip.reason].label}：{slip.name}",
        reverse("supervision:slip", args=[slip.pk]),
        f"第{slip.number}号{until}{'，过期没有反馈' if late else ''}",
        reasons.colours()[slip.colour],
        _TONES.get(slip.colour, ""),
    )
