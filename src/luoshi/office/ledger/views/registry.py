"""All forms of an item, in the order in which they are offered."""

from __future__ import annotations

from luoshi.office.ledger.views import changes, closing, draft, work
from luoshi.office.ledger.views.act import Extra
from luoshi.office.ledger.views.screens import Screen

SCREENS: dict[Screen, Extra | None] = {
    **draft.SCREENS,
    **work.SCREENS,
    **closing.SCREENS,
    **changes.SCREENS,
}
