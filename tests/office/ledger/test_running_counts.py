"""What is counted on from action to action is what a plain count finds."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.office import make
from tests.office.ledger import make as ledger

from luoshi.office.examinations.models import Link, Point
from luoshi.office.journal import clock, moving
from luoshi.office.journal.act import SYSTEM, VERBS, action
from luoshi.office.ledger import running
from luoshi.office.ledger.models import Commitment, ProblemLink
from luoshi.office.ledger.unanswered import first_unanswered, unanswered

STATES = ("draft", "accepted", "working", "watching", "withdrawn")
STEPS = (
    "item",
    "state",
    "deadline",
    "kind",
    "link",
    "unlink",
    "drop",
    "verdict",
    "material",
    "much",
)


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    monkeypatch.setattr(running, "STRETCH", 2)
    monkeypatch.setattr(moving, "MOST", 12)
    moving.forget()


@pytest.fixture
def remove():
    @action("test.remove", "测试", needs="")
    def removing(act, *, by, row):
        act.about(row, facts={})
        act.delete(row)

    yield lambda row: removing(by=SYSTEM, row=row)
    del VERBS["test.remove"]


def agree(office):
    today = clock.today()
    assert running.counts(office.pk, today) == running.plain(
        Commitment.for_office(office.pk), today
    )
    for number in (1, 3):
        shown, every = first_unanswered(office.pk, number)
        plain = list(unanswered(office.pk).values_list("pk", flat=True))
        assert [row.pk for row in shown] == plain[:number]
        assert every == len(plain)


def do(world, remove, step, pick):
    """Do one thing to some row of the office, if there is one."""
    tables = {"link": Point, "unlink": ProblemLink, "drop": Point, "verdict": Link}
    model = tables.get(step, Commitment)
    rows = list(model.objects.filter(office=world.office).order_by("pk"))
    row = rows[pick % len(rows)] if rows else None
    if step == "material":
        ledger.examination(world)
    elif step == "much":
        make.rows(by=SYSTEM, rows=[_item(world, n) for n in range(13)])
    elif step == "item" or row is None:
        make.save(_item(world, pick))
    elif step == "state":
        make.save(_with(row, state=STATES[pick % len(STATES)]))
    elif step == "deadline":
        make.save(_with(row, deadline=clock.today() + timedelta(days=pick % 5 - 2)))
    elif step == "kind":
        make.save(_with(row, indicator_kind=("none", "criterion")[pick % 2]))
    elif step == "link":
        items = Commitment.objects.filter(office=world.office)
        if items:
            item = items[pick % len(items)]
            make.save(ProblemLink(office=world.office, commitment=item, point=row))
    elif step == "unlink":
        remove(row)
    elif step == "drop":
        make.save(_with(row, dropped=not row.dropped))
    elif step == "verdict":
        make.save(_with(row, verdict=("", "right", "wrong")[pick % 3]))


def _with(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _item(world, number):
    points = Point.objects.filter(office=world.office, kind="measure").order_by("pk")
    return Commitment(
        office=world.office, number=f"R-{Commitment.objects.count()}-{number}", title="整改",
        state=STATES[number % len(STATES)], time_class="short", created_by=world.clerk,
        created_on=clock.today(), point=points[number % len(points)] if points else None,
    )  # fmt: skip


@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 40)), max_size=9))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_whatever_is_done(world, elsewhere, remove, steps):
    for office in (world, elsewhere):
        ledger.examination(office)
        agree(office.office)
    for place, (step, pick) in enumerate(steps):
        do(world, remove, step, pick)
        if place % 2:  # several actions at once, too
            agree(world.office)
    for office in (world, elsewhere):
        agree(office.office)


def test_only_what_was_touched_is_counted_again(world):
    items = [make.save(_item(world, n)) for n in range(6)]
    counted = []

    def ask():
        return moving.by_parts(
            "test", lambda changed: {int(k) for k in changed.get("ledger_commitment", ())},
            lambda parts: counted.append(parts) or dict.fromkeys(parts or range(3), 1),
        )  # fmt: skip

    ask()
    ask()
    make.save(_with(items[3], severity=3))
    ask()
    make.save(_item(world, 9))
    make.save(_with(items[1], severity=3))
    ask()
    last = Commitment.objects.order_by("pk").last().pk
    assert counted == [None, {items[3].pk}, {items[1].pk, last}]


def test_another_journal_is_counted_anew(world, monkeypatch):
    make.save(_item(world, 1))
    agree(world.office)
    held = dict(moving._answers)
    for key, kept in held.items():  # as if a backup had been restored meanwhile
        nodes = bytes(len(kept.nodes))
        moving._answers[key] = moving._Kept(kept.size, nodes, {1: {"draft": (99, 0, 0)}})
    make.save(_item(world, 2))
    agree(world.office)


def test_inside_an_action_nothing_is_kept(world):
    @action("test.inside", "测试", needs="")
    def inside(act, *, by):
        row = act.save(_item(world, 1))
        assert running.counts(world.office.pk, clock.today()).everything == 1
        act.about(row, facts={})
        raise ValueError("half-way")

    try:
        with pytest.raises(ValueError, match="half-way"):
            inside(by=SYSTEM)
    finally:
        del VERBS["test.inside"]
    agree(world.office)
