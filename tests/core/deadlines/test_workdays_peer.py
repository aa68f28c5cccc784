"""The table of working days, day by day against the package chinesecalendar, by other hands."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from luoshi.core.deadlines.workdays import official


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_of_a_year(year):
    days = [date(year, 1, 1) + timedelta(n) for n in range(366)]
    days = [day for day in days if day.year == year]
    differ = [day for day in days if chinese_calendar.is_workday(day) != official().is_working(day)]
    assert differ == []
    assert len(days) in {365, 366}
