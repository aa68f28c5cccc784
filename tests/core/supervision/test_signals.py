"""Signals against cases made by hand over the official calendars, and by properties."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.deadlines.workdays import WorkTable, official
from luoshi.core.supervision import reasons
from luoshi.core.supervision.facts import Item
from luoshi.core.supervision.signals import Today, signals
from luoshi.core.supervision.thresholds import defaults, with_own

D = date.fromisoformat
LIMITS = defaults()


def on(day, item, limits=LIMITS, known=None):
    return signals(item, Today(D(day), limits, known or official()))


def working(deadline, **columns):
    """An item on which somebody works all the time, with evidence from elsewhere."""
    given = {"starts": D("2023-06-01"), "last": D("2099-01-01"), "evidence": 1, "independent": 1}
    return Item(1, "working", 7, deadline=D(deadline), **(given | columns))


# today, deadline, what is said, and the day to which a deadline on a day off moves
CASES = [
    # 2024: Spring Festival 10–17 February, Sunday the 4th and 18th worked.
    ("2024-01-25", "2024-02-02", None, None),
    ("2024-01-26", "2024-02-02", "due_soon", "2024-02-02"),  # 29 30 31 1 2
    ("2024-02-02", "2024-02-02", "due_soon", "2024-02-02"),
    ("2024-02-03", "2024-02-02", "overdue", "2024-02-02"),
    ("2024-02-09", "2024-02-12", "due_soon", "2024-02-18"),  # moves to the worked Sunday
    ("2024-02-18", "2024-02-12", "due_soon", "2024-02-18"),
    ("2024-02-19", "2024-02-12", "overdue", "2024-02-18"),
    ("2024-02-09", "2024-02-23", None, None),  # 18 19 20 21 22 23: six
    ("2024-02-18", "2024-02-23", "due_soon", "2024-02-23"),
    ("2024-04-30", "2024-05-11", None, None),  # 1–5 May off; 6 7 8 9 10 and Saturday the 11th: six
    ("2024-05-06", "2024-05-11", "due_soon", "2024-05-11"),
    ("2024-09-30", "2024-10-05", "due_soon", "2024-10-08"),
    ("2024-10-08", "2024-10-05", "due_soon", "2024-10-08"),
    ("2024-10-09", "2024-10-05", "overdue", "2024-10-08"),
    ("2024-10-07", "2024-10-12", "due_soon", "2024-10-12"),  # a worked Saturday keeps its day
    ("2024-10-13", "2024-10-12", "overdue", "2024-10-12"),
    # 2025: Spring Festival 28 January – 4 February, Sunday 26 January and Saturday 8 February worked.
    ("2025-01-21", "2025-01-28", None, None),  # due 5 February; 22 23 24 26 27 5: six
    ("2025-01-22", "2025-01-28", "due_soon", "2025-02-05"),
    ("2025-02-05", "2025-01-28", "due_soon", "2025-02-05"),
    ("2025-02-06", "2025-01-28", "overdue", "2025-02-05"),
    ("2025-01-24", "2025-01-26", "due_soon", "2025-01-26"),
    ("2025-01-27", "2025-01-26", "overdue", "2025-01-26"),
    ("2025-09-28", "2025-10-08", "due_soon", "2025-10-09"),  # 29 30 9
    ("2025-10-09", "2025-10-01", "due_soon", "2025-10-09"),
    ("2025-10-10", "2025-10-01", "overdue", "2025-10-09"),
    ("2025-10-12", "2025-10-11", "overdue", "2025-10-11"),
    ("2025-12-30", "2026-01-01", "due_soon", "2026-01-04"),  # over the year, worked Sunday
    # 2026: Spring Festival 15–23 February, Saturdays 14 and 28 February worked.
    ("2026-01-04", "2026-01-01", "due_soon", "2026-01-04"),
    ("2026-01-05", "2026-01-01", "overdue", "2026-01-04"),
    ("2026-02-14", "2026-02-16", "due_soon", "2026-02-24"),
    ("2026-02-24", "2026-02-16", "due_soon", "2026-02-24"),
    ("2026-02-25", "2026-02-16", "overdue", "2026-02-24"),
    ("2026-02-24", "2026-02-28", "due_soon", "2026-02-28"),
    ("2026-03-01", "2026-02-28", "overdue", "2026-02-28"),
    ("2026-09-20", "2026-09-26", "due_soon", "2026-09-28"),
    ("2026-09-30", "2026-10-03", "due_soon", "2026-10-08"),
    ("2026-10-09", "2026-10-03", "overdue", "2026-10-08"),
    ("2026-10-11", "2026-10-10", "overdue", "2026-10-10"),
    ("2026-11-23", "2026-11-30", "due_soon", "2026-11-30"),
    ("2026-11-20", "2026-11-30", None, None),  # 23 24 25 26 27 30: six
]  # fmt: skip


@pytest.mark.parametrize(("day", "deadline", "reason", "due"), CASES)
def test_by_hand_over_three_years(day, deadline, reason, due):
    found = on(day, working(deadline))
    assert [one.reason for one in found] == ([reason] if reason else [])
    if due:
        assert found[0].figures["due"] == due
        assert not found[0].estimate


def test_beyond_the_table_it_says_that_it_is_an_estimate():
    found = on("2026-12-30", working("2027-01-04"))
    assert found[0].estimate
    assert "尚未公布" in reasons.sentence(found[0])
    assert not on("2026-11-23", working("2026-11-30"))[0].estimate


def one(day, item, limits=LIMITS):
    return [signal.reason for signal in on(day, item, limits)]


BASE = Item(1, "working", 7, D("2026-01-01"), D("2026-12-31"), last=D("2026-07-01"), wanted=1,
            evidence=1, independent=1)  # fmt: skip


def test_silent():
    item = BASE._replace(deadline=None)
    assert one("2026-07-30", item) == []
    assert one("2026-07-31", item) == ["silent"]
    assert on("2026-07-31", item)[0].period == "2026-07-01:1"
    assert on("2026-08-29", item)[0].period == "2026-07-01:1"
    assert on("2026-08-30", item)[0].period == "2026-07-01:2"
    assert on("2026-08-30", item)[0].since == D("2026-08-30")
    assert one("2026-01-31", item._replace(last=None)) == ["silent"]  # nobody began
    assert one("2026-07-31", item._replace(starts=None, last=None)) == []


def test_evidence():
    item = BASE._replace(last=D("2026-12-01"))
    assert one("2026-07-01", item._replace(evidence=0)) == []
    assert one("2026-07-02", item._replace(evidence=0)) == ["no_evidence"]
    assert one("2026-07-02", item._replace(independent=0)) == []
    assert one("2026-10-01", item._replace(independent=0)) == ["poor_evidence"]
    assert one("2026-10-01", item) == []
    found = on("2026-07-02", item._replace(evidence=0))[0]
    assert (found.since, found.period) == (D("2026-07-02"), "2026-12-31:half")
    assert on("2026-10-01", item._replace(evidence=0))[0].period == "2026-12-31:late"


def test_indicator_behind_and_the_wrong_way():
    item = BASE._replace(last=D("2026-12-01"), baseline=Decimal(30), target=Decimal(5))
    assert one("2026-07-02", item) == ["no_reading"]
    read = item._replace(value=Decimal(20), read_on=D("2026-06-01"))
    assert one("2026-07-02", read) == []  # half of the time, 40 % done: within 25 points
    assert one("2026-09-10", read) == ["behind"]  # 69 % gone, 40 % done
    worse = read._replace(before=Decimal(18), before_on=D("2026-05-01"))
    assert one("2026-07-02", worse) == ["wrong_way"]
    assert one("2026-07-02", worse._replace(value=Decimal(5), before=Decimal(3))) == []  # still met
    growing = worse._replace(
        baseline=Decimal(5), target=Decimal(30), value=Decimal(18), before=Decimal(20)
    )
    assert one("2026-06-30", growing) == ["wrong_way"]
    assert one("2026-06-30", growing._replace(before=Decimal(18))) == []
    done = reasons.sentence(on("2026-09-10", read)[0])
    assert "69%" in done
    assert "40%" in done


def test_standing_suspended_waiting():
    standing = Item(1, "standing", 7, D("2026-01-01"), None, D("2026-10-03"))
    assert one("2026-09-28", standing) == ["check_soon"]
    assert one("2026-10-08", standing) == ["check_soon"]  # moved over National Day
    assert one("2026-10-09", standing) == ["check_overdue"]
    assert on("2026-11-07", standing)[0].period == "2026-10-03:1"
    suspended = Item(1, "suspended", 7, None, returns_on=D("2026-05-01"))
    assert one("2026-05-01", suspended) == []
    assert one("2026-05-02", suspended) == ["not_resumed"]
    waiting = BASE._replace(stage="waiting", deadline=D("2026-05-01"))
    assert one("2026-07-15", waiting) == []
    assert one("2026-07-16", waiting) == ["stalled"]


def test_the_gravest_comes_first_and_overdue_comes_again():
    item = BASE._replace(evidence=0, independent=0)
    assert one("2027-03-01", item) == ["overdue", "no_evidence", "silent"]
    found = {
        on(str(D("2026-06-01") + timedelta(n)), working("2026-05-29"))[0].period for n in range(70)
    }
    assert found == {f"2026-05-29:{n}" for n in (0, 1, 2)}


def test_an_office_has_its_own_figures():
    limits = with_own({"silent": 60, "appraisal": ["06-30"]})
    assert one("2026-07-31", BASE._replace(deadline=None), limits) == []
    assert limits.appraisals == ((6, 30),)
    assert limits.own == {"silent", "appraisal"}
    for wrong in ({"silent": 1}, {"silent": "30"}, {"silent": True}, {"nothing": 5},
                  {"appraisal": ["12-32"]}, {"appraisal": ["x"]}, {"half": 80}):  # fmt: skip
        with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
            with_own(wrong)


def test_every_reason_has_its_words():
    for key, reason in reasons.known().items():
        assert reason.colour in reasons.colours(), key
        assert reason.label
        assert reason.ask.startswith("请")
        assert len(key) <= 20
    order = [reason.colour for reason in reasons.known().values()]
    assert order == sorted(order, key=list(reasons.colours()).index)


days = st.dates(D("2024-01-01"), D("2026-12-31"))
maybe = st.none() | days
figure = st.none() | st.decimals(-1000, 1000, places=2)
items = st.builds(
    Item, st.just(1), st.sampled_from(["working", "waiting", "standing", "suspended"]), st.just(7),
    maybe, maybe, maybe, maybe, maybe, st.integers(0, 3), st.integers(0, 3), st.integers(0, 3),
    figure, figure, figure, maybe, figure, maybe,
)  # fmt: skip


@given(items, days)
def test_whatever_the_facts_each_signal_can_be_said(item, day):
    if item.value is not None and item.read_on is None:
        item = item._replace(read_on=day)
    if item.before is not None and item.before_on is None:
        item = item._replace(before_on=day)
    found = signals(item, Today(day, LIMITS, official()))
    assert len({one.reason for one in found}) == len(found)
    ranks = [reasons.gravity(one.reason) for one in found]
    assert ranks == sorted(ranks)
    for signal in found:
        words = reasons.sentence(signal)
        assert "{" not in words
        assert len(signal.period) <= 40
        if signal.reason not in {"wrong_way"}:
            assert signal.since <= day


@given(days, days)
def test_a_deadline_is_near_or_past_or_neither_and_never_both(day, deadline):
    found = {one.reason for one in signals(working(str(deadline)), Today(day, LIMITS, official()))}
    past = day > Today(day, LIMITS, official()).due(deadline).day
    assert ("overdue" in found) == past
    assert not ({"overdue", "due_soon"} <= found)


@given(days)
def test_the_day_of_notice_is_the_first_with_so_few_working_days(deadline):
    known = official()
    due = Today(deadline, LIMITS, known).due(deadline).day
    before = [due - timedelta(n) for n in range(40, -1, -1)]
    first = next(
        day for day in before if signals(working(str(deadline)), Today(day, LIMITS, known))
    )
    found = signals(working(str(deadline)), Today(first, LIMITS, known))
    assert found[0].since == first


def test_without_any_table_the_week_decides():
    found = on("2026-10-01", working("2026-10-03"), known=WorkTable())
    assert found[0].figures["due"] == "2026-10-05"
    assert found[0].estimate
