"""All forms of an item, in the order in which they are offered."""

from __future__ import annotations

from luoshi.office.ledger.views import closing, draft
from luoshi.office.ledger.views.act import Extra
from luoshi.office.ledger.views.screens import Screen

SCREENS: dict[Screen, Extra | None] = {**draft.SCREENS, **closing.SCREENS}
