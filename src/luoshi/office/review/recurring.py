"""Which problems of the meeting before come again in a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from luoshi.core.review.recurring import EDITION
from luoshi.office.review.marks import Mark
from luoshi.office.review.models import Draft, Recurrence

LABELS = {
    "new": "这次新写的", "recurring": "上次也有", "empty": "上次也有，仍然空泛", "sharpened": "上次也有，这次写具体了",
}  # fmt: skip
_ORDER = ("empty", "recurring", "sharpened", "new")
_LOOKS = {"empty": "mark mark-problem doubt doubt-bad", "recurring": "mark mark-problem doubt",
          "sharpened": "mark mark-problem", "new": "mark"}  # fmt: skip
_SHORT = 80


@dataclass(frozen=True, slots=True)
class Again:
    """A problem of a draft: what it says now, whether it stood in the last material, how."""

    number: int
    state: str
    label: str
    now: str
    was: str
    promised: tuple[str, ...]


def shown(draft: Draft) -> tuple[dict[str, Any] | None, list[Mark]]:
    """Return what was worked out for a draft against the material of the meeting before."""
    held = (
        Recurrence.objects.filter(
            before=draft.submission.previous_id, after=draft.examination_id, edition=EDITION
        )
        .values_list("held", flat=True).first()
    )  # fmt: skip
    if held is None:
        return None, []
    text, rows, marks = draft.examination.text, [], []
    for n, row in enumerate(held["rows"], 1):
        words = " ".join(text[row["start"] : row["end"]].split())
        short = words if len(words) <= _SHORT else f"{words[: _SHORT - 1]}…"
        label = LABELS[row["state"]]
        rows.append(Again(n, row["state"], label, short, row["was"], tuple(row["promised"])))
        marks.append(Mark(row["start"], row["end"], f"q{n}", _LOOKS[row["state"]], label))
    rows.sort(key=lambda again: (_ORDER.index(again.state), again.number))
    return {**held, "rows": rows}, marks
