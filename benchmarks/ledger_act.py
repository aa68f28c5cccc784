"""One real action on a ledger that `ledger_fill` has laid out: after it, everything is asked anew."""

from __future__ import annotations

from typing import Any

WHO = "承办人7"
state: dict[str, Any] = {}


def note() -> None:
    """Add a progress note to the next item in work of one person."""
    from luoshi.office.accounts.models import Person
    from luoshi.office.journal import clock
    from luoshi.office.ledger.actions.work import add_progress
    from luoshi.office.ledger.models import Commitment, Duty

    if not state:
        by = Person.objects.get(name=WHO, office__name="柳河街道办事处")
        mine = Duty.objects.filter(person=by, ends=None).values("commitment_id")
        items = Commitment.objects.filter(pk__in=mine, state="working").order_by("pk")
        state.update(by=by, items=list(items.values_list("pk", flat=True)), number=0)
    item = state["items"][state["number"] % len(state["items"])]
    state["number"] += 1
    add_progress(
        by=state["by"], commitment=item, version=None, text="又清理占道摊点一处。",
        happened_on=clock.today(),
    )  # fmt: skip


def start_again() -> None:
    """Forget what a process keeps, as after the program's start."""
    from luoshi.office.journal import moving, standing

    standing.forget()
    moving.forget()
