"""Working days against the notices' own sentences and a count by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.deadlines.workdays import WorkTable, days_after, official, working_days_after

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("year", "off_on_weekdays", "worked_weekends"), [(2024, 19, 8), (2025, 18, 5), (2026, 19, 6)]
)
def test_the_notices_of_three_years(year, off_on_weekdays, worked_weekends):
    known = official()
    off = [d for d in known.off if d.year == year and d.weekday() < 5]
    on = [d for d in known.on if d.year == year]
    assert (len(off), len(on)) == (off_on_weekdays, worked_weekends)
    assert all(d.weekday() >= 5 for d in on)
    assert not set(on) & known.off
    assert year in known.years


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2024, 2, 9), True),  # New Year's Eve of 2024 was left to the units
        (date(2024, 2, 17), False), (date(2024, 2, 18), True), (date(2024, 10, 12), True),
        (date(2025, 1, 26), True), (date(2025, 1, 28), False), (date(2025, 10, 8), False),
        (date(2025, 9, 28), True), (date(2025, 10, 11), True), (date(2025, 12, 31), True),
        (date(2026, 1, 2), False), (date(2026, 1, 4), True), (date(2026, 2, 14), True),
        (date(2026, 2, 23), False), (date(2026, 2, 28), True), (date(2026, 5, 9), True),
        (date(2026, 9, 20), True), (date(2026, 9, 25), False), (date(2026, 10, 10), True),
        (date(2026, 11, 21), False), (date(2026, 11, 23), True),
    ],
)  # fmt: skip
def test_single_days(day, worked):
    assert official().is_working(day) is worked


@pytest.mark.parametrize(
    ("start", "count", "day"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),  # the first day does not count
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday to Monday
        (date(2026, 9, 28), 10, date(2026, 10, 16)),  # over National Day, Saturday the 10th worked
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # a worked Saturday before Spring Festival
        (date(2026, 2, 14), 1, date(2026, 2, 24)),  # nine days off
        (date(2025, 9, 30), 5, date(2025, 10, 14)),
    ],
)
def test_counted_by_hand(start, count, day):
    due = working_days_after(official(), start, count)
    assert (due.day, due.estimate) == (day, False)


def test_beyond_the_notices_it_is_an_estimate():
    due = working_days_after(official(), date(2026, 12, 25), 10)
    assert due.estimate
    assert not working_days_after(official(), date(2026, 12, 25), 4).estimate
    assert working_days_after(WorkTable(), date(2026, 11, 23), 5).day == date(2026, 11, 30)


def test_natural_days_move_on_from_a_holiday():
    assert days_after(official(), date(2026, 9, 25), 7).day == date(2026, 10, 8)
    assert days_after(official(), date(2026, 11, 2), 15).day == date(2026, 11, 17)
    assert days_after(official(), date(2026, 12, 20), 15).estimate


@pytest.mark.parametrize("count", [0, -1])
@pytest.mark.parametrize("function", [working_days_after, days_after])
def test_at_least_one_day(function, count):
    with pytest.raises(ValueError, match="at least one"):
        function(official(), date(2026, 11, 23), count)


days = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@given(st.frozensets(days, max_size=30), st.frozensets(days, max_size=10), days,
       st.integers(1, 120))  # fmt: skip
def test_exactly_so_many_working_days_lie_behind(off, on, start, count):
    known = WorkTable(off, on, frozenset({2024, 2025, 2026}))
    due = working_days_after(known, start, count)
    between = [start + DAY * n for n in range(1, (due.day - start).days + 1)]
    assert sum(known.is_working(d) for d in between) == count
    assert known.is_working(due.day)
    assert due.estimate == (due.day.year > 2026)
