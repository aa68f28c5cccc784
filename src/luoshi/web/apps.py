"""Set-up of the whole: what only the top of the house knows both ends of."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Has the list of the erased written anew beside the backups whenever it grows."""

    name = "luoshi.web"
    label = "web"
    verbose_name = "网页"

    def ready(self) -> None:
        """Listen to erasures and lodgings."""
        from luoshi.office.journal.aftermath import listen
        from luoshi.office.keeping.beside import publish

        listen(publish)
