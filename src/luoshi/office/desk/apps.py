"""Set-up of the working screens."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The app of the working screens."""

    name = "luoshi.office.desk"
    label = "desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Register what the ledger gives to a person's day, and the saved views beside its list."""
        from luoshi.office import today
        from luoshi.office.desk import duties
        from luoshi.office.desk.views import saved
        from luoshi.office.ledger.views import beside

        today.register("台账", duties.sections, place=50)
        beside.register("desk/_views.html", saved.beside_list)
