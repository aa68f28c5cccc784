"""Set-up of the ledger."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The app of commitments."""

    name = "luoshi.office.ledger"
    label = "ledger"
    verbose_name = "整改台账"
