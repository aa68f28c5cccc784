"""Set-up of the workbooks."""

from __future__ import annotations

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """The app of ledgers in workbooks."""

    name = "luoshi.office.sheets"
    label = "sheets"
    verbose_name = "台账表格"
