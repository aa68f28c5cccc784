"""Set-up of the journal: from here on no domain table can be written outside an action."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class JournalConfig(AppConfig):
    """Installs the guard on every connection."""

    name = "luoshi.office.journal"
    label = "journal"
    verbose_name = "留痕"

    def ready(self) -> None:
        """Put the guard on connections that are made from now on, and on those there are."""
        from django.db import connections

        from luoshi.office.journal.guard import install

        connection_created.connect(install, dispatch_uid="luoshi.journal.guard")
        for connection in connections.all(initialized_only=True):
            install(connection=connection)
