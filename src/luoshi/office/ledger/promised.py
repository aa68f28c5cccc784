"""When what an item promises was promised: no deadline makes sense before that day."""

from __future__ import annotations

from datetime import date, timedelta

from luoshi.core.workflow import table
from luoshi.office.ledger.models import Commitment


def promised_on(item: Commitment) -> date:
    """Return the day before which no deadline of an item makes sense.

    That is the day of its material; where only the meeting's year is known, the first day of
    that year. Without a material, a number of days before the item was entered (default).
    """
    material = item.examination
    if material is None:
        return item.created_on - timedelta(days=table.default_days("backdated"))
    if material.written_on is not None:
        return min(material.written_on, item.created_on)
    first = date(material.year, 1, 1) if material.year else material.imported_on
    return min(first, item.created_on)
