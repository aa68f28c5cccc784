"""Set-up of supervision."""

from __future__ import annotations

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """The app of slips."""

    name = "luoshi.office.supervision"
    label = "supervision"
    verbose_name = "督办"

    def ready(self) -> None:
        """Register how a person's slips are handed over when they leave."""
        from luoshi.office.accounts import handover as leaving
        from luoshi.office.supervision import handover

        leaving.register("督办单", handover.count, handover.hand_over)
