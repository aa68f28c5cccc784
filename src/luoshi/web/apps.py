"""Set-up of the whole: what only the top of the house knows both ends of."""

from __future__ import annotations

import logging

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Takes up the imported packs; has the list of the erased written anew whenever it grows."""

    name = "luoshi.web"
    label = "web"
    verbose_name = "网页"

    def ready(self) -> None:
        """Take up the packs; listen to erasures and lodgings."""
        from luoshi.engines.packs.store import take_up
        from luoshi.office import home
        from luoshi.office.journal.aftermath import listen
        from luoshi.office.keeping.beside import publish

        for trouble in take_up(home.packs()):
            logging.getLogger("luoshi.packs").warning("%s", trouble)

        listen(publish)
