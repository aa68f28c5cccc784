"""The one clock of the shell: entries take their time from here and from nowhere else."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo

from django.utils import timezone


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return today's date in the office's time zone (Asia/Shanghai)."""
    return timezone.localtime(now()).date()


def yesterday() -> date:
    """Return yesterday's date in the office's time zone."""
    return date.fromordinal(today().toordinal() - 1)


def zone() -> tzinfo:
    """Return the office's time zone."""
    return timezone.get_default_timezone()
