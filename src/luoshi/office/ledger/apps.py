"""Set-up of the ledger."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The app of commitments."""

    name = "luoshi.office.ledger"
    label = "ledger"
    verbose_name = "整改台账"

    def ready(self) -> None:
        """Register how a person's items are handed over, and which problems nothing answers."""
        from luoshi.office.accounts import handover as leaving
        from luoshi.office.examinations import answers
        from luoshi.office.ledger import handover, unanswered

        answers.use(unanswered.of_material)

        leaving.register("整改事项", handover.count, handover.hand_over)
