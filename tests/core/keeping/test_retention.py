"""Which backups stay: against a slow count by hand, on any moments and any wish."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.keeping.retention import Retention, kept

NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
NIGHTS = [NOW - timedelta(days=n) for n in range(400)]


def test_a_year_of_nights():
    found = kept(NIGHTS, Retention(daily=7, weekly=4, monthly=12))
    assert NOW in found
    assert set(NIGHTS[:7]) <= found
    months = {(t.year, t.month): t for t in sorted(NIGHTS)}
    assert len(found) == len(set(NIGHTS[:7]) | set(sorted(months.values())[-12:]) | {
        max(t for t in NIGHTS if t.isocalendar()[:2] == week)
        for week in sorted({t.isocalendar()[:2] for t in NIGHTS})[-4:]
    })  # fmt: skip


def test_several_in_one_night_count_as_one_day():
    night = [NOW + timedelta(minutes=n) for n in range(5)]
    assert kept([*night, *NIGHTS], Retention(daily=2)) == {night[-1], NIGHTS[1]}


def test_without_a_wish_all_stay_and_the_newest_always():
    assert kept(NIGHTS, Retention()) == set(NIGHTS)
    assert kept(NIGHTS, Retention(newest=1)) == {NOW}
    assert kept([], Retention(newest=3)) == frozenset()


COUNTS = st.integers(0, 5)


@given(
    st.lists(st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))),
    st.builds(Retention, COUNTS, COUNTS, COUNTS, COUNTS),
)
def test_each_number_gets_what_it_wants(times, wanted):
    found = kept(times, wanted)
    assert found <= set(times)
    if times:
        assert max(times) in found
    if not wanted.is_set:
        return
    ordered = sorted(set(times), reverse=True)
    needed = set(ordered[: max(1, wanted.newest)])
    for count, period in (
        (wanted.daily, datetime.date),
        (wanted.weekly, lambda t: t.isocalendar()[:2]),
        (wanted.monthly, lambda t: (t.year, t.month)),
    ):
        for mark in sorted({period(t) for t in ordered}, reverse=True)[:count]:
            needed.add(max(t for t in ordered if period(t) == mark))
    assert found == needed
