"""The one clock of the shell: entries take their time from here and from nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, tzinfo

from django.utils import timezone

_played: list[datetime] = []


def now() -> datetime:
    """Return the present moment, in UTC."""
    return _played[-1] if _played else datetime.now(UTC)


@contextmanager
def played(moment: datetime) -> Iterator[None]:
    """Let it be another moment meanwhile, for the demonstration office alone.

    Nothing that a request can reach calls it, and what is written shows it: an entry is never
    older than the one before, and the demonstration has a log of its own origin.
    """
    _played.append(moment)
    try:
        yield
    finally:
        _played.pop()


def today() -> date:
    """Return today's date in the office's time zone (Asia/Shanghai)."""
    return timezone.localtime(now()).date()


def yesterday() -> date:
    """Return yesterday's date in the office's time zone."""
    return date.fromordinal(today().toordinal() - 1)


def zone() -> tzinfo:
    """Return the office's time zone."""
    return timezone.get_default_timezone()
