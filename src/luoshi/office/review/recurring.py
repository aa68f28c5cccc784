"""Which problems of the meeting before come again in a draft."""

from __future__ import annotations

from typing import Any

from luoshi.office.review.marks import Mark
from luoshi.office.review.models import Draft, Recurrence


def shown(draft: Draft) -> tuple[dict[str, Any] | None, list[Mark]]:
    """Return what was worked out for a draft against the material of the meeting before."""
    held = Recurrence.objects.filter(
        before=draft.submission.previous_id, after=draft.examination_id
    ).order_by("-edition").values_list("held", flat=True).first()  # fmt: skip
    return held, []
