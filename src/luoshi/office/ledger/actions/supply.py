"""Who may add work to an item, when, and with which dates: for the actions of work."""

from __future__ import annotations

from datetime import date
from typing import Any

from luoshi.core.workflow import table
from luoshi.office.accounts.models import Person
from luoshi.office.journal.act import Act
from luoshi.office.journal.errors import NotAllowed, Refused
from luoshi.office.ledger import values
from luoshi.office.ledger.actions import base
from luoshi.office.ledger.models import Commitment, Verification


def open_item(act: Act, commitment: int, version: int | None) -> Commitment:
    """Return an item that takes work; raises ``Refused`` for a draft and a closed one."""
    item = base.lock(act, commitment, version)
    state = table.states()[item.state]
    if state.open and state.active:
        return item
    advice = (
        "请先认领。"
        if item.state == "draft"
        else "销号以后不能再补记；发现问题又出现的，请登记反弹。"
    )
    raise Refused(f"这一事项现在是“{state.label}”，不能再补充材料。{advice}")


def dated(item: Commitment, given: Any, name: str) -> date:
    """Return a day on which something happened: not ahead, not before the item."""
    day = values.a_day(given, name)
    base.day_not_ahead(day, name)
    if day < item.created_on:
        raise Refused(f"{name}不能早于事项建立的日期（{item.created_on.isoformat()}）。")
    return day


def require_supplier(act: Act, by: Person, item: Commitment) -> None:
    """Raise unless the person may show what is so: whoever can see the item, but its verifier.

    The more independent the source, the better: reading is enough within the office, and an
    outside verifier needs access. Who is to verify would be tied by it and could not any more.
    """
    base.require_seen(act, by, item, "ledger.read")
    waiting = Verification.objects.filter(
        commitment=item, verifier=by, result=Verification.Result.OPEN
    )
    if waiting.exists():
        raise NotAllowed(
            "您是这一事项的核验人，提交读数或佐证后就不能再核验。"
            "请把看到的情况写在核验记录里，佐证请由其他人提交。"
        )
