"""Set-up of the whole: what only the top of the house knows both ends of."""

from __future__ import annotations

import logging
from importlib import import_module

from django.apps import AppConfig

# What no page does but commands do: the pages that list what was done need its words.
_DONE_BY_COMMANDS = (
    "luoshi.office.accounts.actions.setup",
    "luoshi.office.demo.people",
    "luoshi.office.keeping.actions.keys",
    "luoshi.office.keeping.actions.packs",
    "luoshi.office.keeping.actions.restored",
    "luoshi.office.supervision.actions.sweeping",
)


class WebConfig(AppConfig):
    """Takes up the imported packs; has the list of the erased written anew whenever it grows."""

    name = "luoshi.web"
    label = "web"
    verbose_name = "网页"

    def ready(self) -> None:
        """Load the words of every action, take up the packs, listen to erasures and lodgings."""
        from luoshi.engines.packs.store import take_up
        from luoshi.office import home
        from luoshi.office.journal.aftermath import listen
        from luoshi.office.keeping.beside import publish

        for name in _DONE_BY_COMMANDS:
            import_module(name)
        for trouble in take_up(home.packs()):
            logging.getLogger("luoshi.packs").warning("%s", trouble)

        listen(publish)
