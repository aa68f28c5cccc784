"""When the sweep is due, and which days went by without one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

_DAY = timedelta(days=1)
#: More days than this are not recorded one by one.
MISSED_MOST = 400


def missed_days(last: date | None, today: date) -> tuple[date, ...]:
    """Return the days after the last run and before today, at most `MISSED_MOST` latest ones.

    Without an earlier run nothing was missed: the office has just begun. A day is missed whether
    or not it is worked: deadlines do not rest.
    """
    if last is None or last >= today:
        return ()
    first = max(last + _DAY, today - _DAY * MISSED_MOST)
    return tuple(first + _DAY * n for n in range((today - first).days))


def seconds_until(now: datetime, hour: int, last: date | None) -> float:
    """Return how long to wait for the next run: 0 when it is due.

    ``now`` is in the office's time zone. A run is due from ``hour`` on when there was none today,
    and at once when a day before today was missed.
    """
    today = now.date()
    start = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    if last is not None and last >= today:
        return max((start + _DAY * ((last - today).days + 1) - now).total_seconds(), 1)
    if last is not None and missed_days(last, today):
        return 0
    return max((start - now).total_seconds(), 0)
