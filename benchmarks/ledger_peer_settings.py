"""Settings of the peer: the databases exactly as luoshi opens them, no mail to anybody."""

from __future__ import annotations

from luoshi.office.home import database

SECRET_KEY = "measured and thrown away"
DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.humanize",
    "rest_framework",
    "helpdesk",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
ROOT_URLCONF = "ledger_peer_settings"  # the addresses stand at the end
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
SITE_ID = 1
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
# Its documented way to run without pinax-teams, which it does not need for tickets.
HELPDESK_TEAMS_MODEL = "auth.User"
HELPDESK_TEAMS_MIGRATION_DEPENDENCIES: list[tuple[str, str]] = []


def HELPDESK_KBITEM_TEAM_GETTER(_: object) -> None:  # noqa: N802  # its name for it
    """Say that an article has no team."""


def __getattr__(name: str) -> object:
    """Return the addresses once Django asks for them: they cannot be loaded before it is set up."""
    if name != "urlpatterns":
        raise AttributeError(name)
    from django.urls import include, path

    return [path("", include("helpdesk.urls", namespace="helpdesk"))]
