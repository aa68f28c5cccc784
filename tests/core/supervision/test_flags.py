"""Flags of a whole ledger: bunching before an appraisal, and one that looks too good."""

from datetime import date, timedelta

import pytest

from luoshi.core.supervision.flags import Completion, flags
from luoshi.core.supervision.thresholds import defaults, with_own

D = date.fromisoformat
TODAY = D("2026-12-31")
LATER = D("2027-06-01")


def done(*days, closed=True, outside=False, deadline=LATER):
    return [Completion(D(day), deadline, closed, outside) for day in days]


def keys(rows, overdue=1, today=TODAY, limits=None):
    return [flag.key for flag in flags(rows, overdue, today, limits or defaults())]


def test_half_of_a_year_in_the_last_fortnight():
    spread = [f"2026-{month:02}-10" for month in range(1, 6)]
    late = ["2026-12-17", "2026-12-20", "2026-12-28", "2026-12-30", "2026-12-31"]
    assert keys(done(*spread, *late)) == ["bunching"]
    assert keys(done(*spread, *late[:4], "2026-12-16")) == []
    assert keys(done(*late[:4])) == []  # too few to say anything
    words = flags(done(*spread, *late), 0, TODAY, defaults())[0].words
    assert "10项" in words
    assert "5项（50%）" in words


def test_the_window_may_have_begun_before_the_appraisal():
    rows = done(*["2026-12-18"] * 6)
    assert keys(rows, today=D("2026-12-20")) == ["bunching"]
    assert keys(rows, today=D("2026-12-20"), limits=with_own({"appraisal": ["06-30"]})) == []
    assert keys(done(*["2025-12-20"] * 6), today=D("2026-11-01")) == ["bunching"]
    assert keys(done(*["2025-12-20"] * 6), today=D("2027-01-15")) == []  # older than a year


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({}, True), ({"overdue": 1}, False), ({"outside": True}, False), ({"closed": False}, False),
        ({"deadline": D("2026-02-01")}, False), ({"number": 9}, False),
    ],
)  # fmt: skip
def test_too_good(change, seen):
    number = change.pop("number", 12)
    overdue = change.pop("overdue", 0)
    days = [str(D("2026-03-01") + timedelta(20 * n)) for n in range(number)]
    assert ("too_good" in keys(done(*days, **change), overdue)) == seen
