"""Of a locked row only what changed is written, and the row is still what its digest says."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.office.ledger import make as ledger
from tests.office.make import days_ago

from luoshi.office.journal.act import SYSTEM, VERBS, action
from luoshi.office.journal.content import content
from luoshi.office.journal.verification import verify_database
from luoshi.office.ledger.actions import work
from luoshi.office.ledger.models import Commitment

VALUES = {
    "title": st.text("整改abc\x00'\"%", max_size=20).map(lambda t: t.replace("\x00", "")),
    "severity": st.integers(0, 9),
    "deadline": st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    "target": st.none() | st.decimals(-999, 999, places=2),
    "reading_dates": st.lists(st.just("2026-01-01"), max_size=3),
    "state": st.sampled_from(["accepted", "working", "watching", "withdrawn"]),
    "next_check": st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
}
CHANGES = st.lists(
    st.one_of(*(st.tuples(st.just(name), values) for name, values in VALUES.items())), max_size=4
)


@pytest.fixture
def run():
    """Run a function as an action on its own."""

    @action("test.held", "测试", needs="")
    def act_on(act, *, by, key, do):
        row = act.lock(Commitment, key)
        do(act, row)
        act.about(row, facts={})
        return row

    yield lambda item, do: act_on(by=SYSTEM, key=item.pk, do=do)
    del VERBS["test.held"]


def written(held):
    return [q["sql"] for q in held if q["sql"].startswith('UPDATE "ledger_commitment"')]


def test_only_what_changed_is_written(world, run):
    item = ledger.commitment(world, "working")

    def change(act, row):
        row.severity, row.title = 7, row.title
        act.save(row)

    with CaptureQueriesContext(connection) as held:
        run(item, change)
    (sql,) = written(held)
    assert sql.count(" = ") == 2
    assert '"severity" = 7' in sql
    assert Commitment.objects.get(pk=item.pk).severity == 7
    assert verify_database().is_good


def test_a_list_that_was_added_to_is_written(world, run):
    item = ledger.commitment(world, "working", reading_dates=["2026-01-01"])

    def change(act, row):
        row.reading_dates.append("2026-02-01")
        act.save(row)

    run(item, change)
    assert Commitment.objects.get(pk=item.pk).reading_dates == ["2026-01-01", "2026-02-01"]
    assert verify_database().is_good


def test_two_copies_of_a_row_leave_what_was_saved_last(world, run):
    item = ledger.commitment(world, "working")

    def change(act, row):
        other = act.lock(Commitment, row.pk)
        row.title = "第一份"
        act.save(row)
        other.severity = 8
        act.save(other)  # its title is the one before

    run(item, change)
    held = Commitment.objects.get(pk=item.pk)
    assert (held.title, held.severity) == (item.title, 8)
    assert verify_database().is_good


def test_a_row_saved_again_in_another_action_is_written_whole(world, run):
    item = run(ledger.commitment(world, "working"), lambda act, row: None)
    run(item, lambda act, row: (setattr(row, "severity", 5), act.save(row)))

    def change(act, row):
        item.title = "旧的一份"
        act.save(item)  # read by the action before

    run(item, change)
    held = Commitment.objects.get(pk=item.pk)
    assert (held.title, held.severity) == ("旧的一份", 1)
    assert verify_database().is_good


def test_what_was_before_is_known_of_locked_rows_only(world, run):
    item = ledger.commitment(world, "working")

    def look(act, row):
        row.state = "applied"
        assert act.before(row, "state") == "working"
        assert act.before(item, "state") is None
        act.save(row)
        assert act.before(row, "state") == "applied"

    run(item, look)


@given(rounds=st.lists(CHANGES, max_size=3))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_changes_the_row_is_what_its_digest_says(world, run, rounds):
    item = ledger.commitment(world, "working")

    def change(act, row):
        for changes in rounds:
            for name, value in changes:
                setattr(row, name, value)
            act.save(row)
            assert content(Commitment.objects.get(pk=row.pk)) == content(row)

    run(item, change)
    assert verify_database().is_good


def test_a_note_sends_few_statements(world):
    item = ledger.commitment(world, "working")

    def note():
        work.add_progress(by=world.owner, commitment=item.pk, version=None, text="清理占道摊点",
                          happened_on=days_ago(0))  # fmt: skip

    note()  # the first one of a person makes the salt
    with CaptureQueriesContext(connection) as held:
        note()
    # A test runs in a transaction of its own, so that the action's is a savepoint.
    sent = [q["sql"] for q in held if "SAVEPOINT" not in q["sql"]]
    assert len(sent) == (9 if connection.vendor == "postgresql" else 12), sent


def test_a_decimal_or_a_day_that_is_the_same_is_not_written(world, run):
    item = ledger.commitment(world, "working", target=Decimal("5.00"))

    def change(act, row):
        row.target, row.deadline = Decimal("5"), row.deadline + timedelta(0)
        act.save(row)

    with CaptureQueriesContext(connection) as held:
        run(item, change)
    assert written(held) == []
    assert verify_database().is_good
