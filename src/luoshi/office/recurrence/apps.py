"""Set-up of the years."""

from __future__ import annotations

from django.apps import AppConfig


class RecurrenceConfig(AppConfig):
    """The app that holds a material against the author's earlier ones."""

    name = "luoshi.office.recurrence"
    label = "recurrence"
    verbose_name = "历年对照"
