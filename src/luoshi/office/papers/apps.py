"""Set-up of the papers."""

from __future__ import annotations

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """The app of reports and lists; it keeps no rows of its own."""

    name = "luoshi.office.papers"
    label = "papers"
    verbose_name = "报告和清单"
