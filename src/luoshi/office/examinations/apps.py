"""Set-up of the examinations."""

from __future__ import annotations

from django.apps import AppConfig


class ExaminationsConfig(AppConfig):
    """The app of uploaded materials."""

    name = "luoshi.office.examinations"
    label = "examinations"
    verbose_name = "材料"
