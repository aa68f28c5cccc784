"""Set-up of the auditor's pages."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The app of the auditor's pages."""

    name = "luoshi.office.audit"
    label = "audit"
    verbose_name = "留痕查阅"
