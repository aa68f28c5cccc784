"""Set-up of supervision."""

from __future__ import annotations

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """The app of slips."""

    name = "luoshi.office.supervision"
    label = "supervision"
    verbose_name = "督办"

    def ready(self) -> None:
        """Register the lookup of many keys, a person's day, and how slips are handed over when a person leaves."""
        from luoshi.office import today as home
        from luoshi.office.accounts import handover as leaving
        from luoshi.office.supervision import among, handover, today

        among.register()
        home.register("督办", today.sections, place=10)
        leaving.register("督办单", handover.count, handover.hand_over)
