"""Lines of a slip's story: written by actions, told on its page."""

from __future__ import annotations

from luoshi.office.accounts.models import Person
from luoshi.office.journal.act import Act
from luoshi.office.supervision.models import Slip, SlipStep

#: What a line says; the moves of the table have their own labels.
MORE = {"raise": "送上一级", "gone": "事由已经消除", "back": "事由再次出现", "handover": "工作交接"}


def line(act: Act, slip: Slip, verb: str, before: str, note: str = "") -> SlipStep:
    """Return a line of a slip's story, not yet saved."""
    return SlipStep(
        office_id=slip.office_id, slip=slip, at=act.time, verb=verb,
        by=act.by if isinstance(act.by, Person) else None, before=before, after=slip.state,
        note=note,
    )  # fmt: skip


def step(act: Act, slip: Slip, verb: str, before: str, note: str = "") -> None:
    """Write a line of a slip's story."""
    act.save(line(act, slip, verb, before, note))
