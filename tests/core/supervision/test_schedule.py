"""When the sweep is due, and which days were missed."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.supervision.schedule import MISSED_MOST, missed_days, seconds_until

DAY = date(2026, 11, 23)


def test_missed_days():
    assert missed_days(None, DAY) == ()
    assert missed_days(DAY, DAY) == ()
    assert missed_days(DAY + timedelta(1), DAY) == ()
    assert missed_days(date(2026, 11, 22), DAY) == ()
    assert missed_days(date(2026, 11, 20), DAY) == (date(2026, 11, 21), date(2026, 11, 22))
    assert len(missed_days(date(2000, 1, 1), DAY)) == MISSED_MOST


def test_due():
    early, late = datetime(2026, 11, 23, 5), datetime(2026, 11, 23, 9)
    assert seconds_until(early, 6, date(2026, 11, 22)) == 3600
    assert seconds_until(late, 6, date(2026, 11, 22)) == 0
    assert seconds_until(early, 6, date(2026, 11, 21)) == 0  # a day was missed
    assert seconds_until(late, 6, DAY) == 21 * 3600
    assert seconds_until(late, 6, None) == 0
    assert seconds_until(early, 6, None) == 3600


@given(st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 1)), st.integers(0, 23),
       st.none() | st.integers(-3, 5))  # fmt: skip
def test_after_waiting_it_is_due_and_never_before_its_hour(now, hour, ago):
    last = None if ago is None else now.date() - timedelta(ago)
    wait = seconds_until(now, hour, last)
    assert wait >= 0
    if wait:
        then = now + timedelta(seconds=wait)
        assert then.hour >= hour
        assert last is None or then.date() > last
        assert seconds_until(then + timedelta(seconds=1), hour, last) == 0
