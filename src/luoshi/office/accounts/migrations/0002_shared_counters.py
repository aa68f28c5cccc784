"""The table of what the sign-in counts, shared by all processes of the server.

It is no table of the ledger: nothing in it is kept longer than a lock lasts, and the journal does
not speak of it.
"""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.db import migrations


def _make(apps: Any, schema_editor: Any) -> None:
    del apps
    call_command("createcachetable", verbosity=0, database=schema_editor.connection.alias)


class Migration(migrations.Migration):
    """Makes the table that the setting CACHES names."""

    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(_make, migrations.RunPython.noop)]
