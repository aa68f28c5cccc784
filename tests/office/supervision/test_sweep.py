"""The sweep: what it serves to whom, once; what it does about days on which it did not run."""

from datetime import timedelta

import pytest
from tests.office.attacks.spoils import change_row
from tests.office.ledger import make
from tests.office.make import days_ago, save
from tests.office.supervision.supervised import active, late, runs, slip_of

from luoshi.core.supervision.facts import Item
from luoshi.core.supervision.thresholds import defaults
from luoshi.office.journal import clock
from luoshi.office.journal.act import SYSTEM
from luoshi.office.journal.errors import ClockBackwards, NotAllowed
from luoshi.office.journal.models import Entry
from luoshi.office.ledger.actions import work
from luoshi.office.ledger.models import Step
from luoshi.office.supervision import things, trouble
from luoshi.office.supervision.actions import sweeping
from luoshi.office.supervision.models import Slip, SweepRun
from luoshi.office.supervision.plan import Plan
from luoshi.office.supervision.sweep import sweep


def test_an_overdue_item_gets_one_red_slip_however_often_it_is_swept(world):
    item = late(world)
    for _ in range(3):
        sweep()
    slip = slip_of(item)
    assert (slip.colour, slip.reason, slip.state, slip.number) == ("red", "overdue", "served", 1)
    assert slip.person == world.owner
    assert slip.answer_by > clock.today()
    assert slip.late_days == 0  # before the first run of all nothing was missed
    assert runs(world)[-1].served == 1
    assert "已超过" in slip.words


def test_nothing_is_served_where_all_is_well_and_nobody_looks_at_what_is_done(world):
    active(world)
    for state in ("draft", "watching", "confirmed", "withdrawn"):
        make.commitment(world, state, deadline=days_ago(30), created=60)
    active(world, "published", deadline=days_ago(30), created=60)
    (run,) = sweep()
    assert Slip.objects.count() == 0
    assert run.looked == 2  # the published one is looked at, the procedure is not stuck


@pytest.mark.parametrize(
    ("columns", "reason", "colour"),
    [
        ({"deadline": days_ago(-2)}, "due_soon", "blue"),
        ({"created": 400, "deadline": days_ago(-100), "quiet": 200}, "silent", "yellow"),
        ({"created": 400, "deadline": days_ago(-100), "evidence": 0}, "no_evidence", "yellow"),
        ({"created": 400, "deadline": days_ago(-60), "evidence": "own"}, "poor_evidence", "yellow"),
        ({"created": 400, "deadline": days_ago(-100), "readings": (30, 28)}, "behind", "yellow"),
        ({"created": 400, "deadline": days_ago(-100), "readings": (8, 20)}, "wrong_way", "yellow"),
        ({"state": "standing", "next_check": days_ago(20)}, "check_overdue", "red"),
        ({"state": "standing", "next_check": days_ago(-2)}, "check_soon", "blue"),
        ({"state": "suspended", "returns_on": days_ago(3)}, "not_resumed", "yellow"),
    ],
)  # fmt: skip
def test_each_reason(world, columns, reason, colour):
    item = active(world, **columns)
    sweep()
    slip = slip_of(item)
    assert (slip.reason, slip.colour) == (reason, colour)
    assert (slip.answer_by is None) == (colour == "blue")


def test_readings_of_an_indicator_that_was_replaced_say_nothing(world):
    item = active(world, created=400, deadline=days_ago(-100), readings=(8, 20))
    make.change(item, "indicator", {"indicator": "a"}, {"indicator": "b"}, state="approved",
                decided_by=world.deputy, decided_at=clock.now())  # fmt: skip
    sweep()
    assert slip_of(item).reason == "no_reading"


def test_asking_for_an_extension_is_no_sign_of_life(world):
    item = active(world, created=400, deadline=days_ago(-100), quiet=200)
    save(Step(office=world.office, commitment=item, at=make.noon(days_ago(1)), by=world.owner,
              verb="ledger.change.ask", before="working", after="working", version=3))  # fmt: skip
    sweep()
    assert slip_of(item).reason == "silent"


def test_a_graver_reason_takes_the_place_of_a_reminder(world, monkeypatch):
    item = active(world, deadline=days_ago(-2))
    sweep()
    make.later(monkeypatch, 20)
    sweep()
    blue, red = item.slips.order_by("pk")
    assert (blue.colour, blue.state) == ("blue", "closed")
    assert (red.colour, red.state) == ("red", "served")
    assert blue.steps.get().verb in {"replace", "lapse"}


def test_a_reminder_whose_reason_is_gone_ends_and_any_other_waits_for_a_person(world):
    blue, yellow = active(world, deadline=days_ago(-2)), active(world, created=400, quiet=200)
    sweep()
    change_row(blue, deadline=days_ago(-200))
    save(Step(office=world.office, commitment=yellow, at=clock.now(), by=world.owner,
              verb="ledger.progress", before="working", after="working", version=3))  # fmt: skip
    (run,) = sweep()
    assert slip_of(blue).state == "closed"
    slip = slip_of(yellow)
    assert (slip.state, slip.gone_on) == ("served", clock.today())
    assert run.ended == 1
    change_row(yellow, deadline=days_ago(3))
    sweep()
    assert [s.reason for s in yellow.slips.order_by("pk")] == ["silent", "overdue"]


def test_the_slips_of_an_item_that_is_done_end_too(world):
    item = late(world)
    sweep()
    change_row(item, state="watching", is_open=False)
    sweep()
    assert slip_of(item).gone_on == clock.today()
    change_row(item, state="relapsed", is_open=True)
    sweep()
    assert slip_of(item).gone_on is None


def test_red_goes_up_level_by_level_and_stops_at_the_top(world, monkeypatch):
    item = late(world)
    sweep()
    seen = []
    for _ in range(5):
        make.later(monkeypatch, 9)
        sweep()
        slip = slip_of(item)
        seen.append((slip.level, slip.raised_to.name if slip.raised_to else ""))
    assert seen == [(1, "城管科长"), (2, "副主任"), (3, "主任"), (3, "主任"), (3, "主任")]
    assert slip.person == world.owner
    assert slip.state == "urged"
    assert [s.verb for s in slip.steps.all()].count("urge") == 1


def test_closed_slips_are_archived_and_the_reason_is_named_again_later(world, monkeypatch):
    item = late(world)
    sweep()
    change_row(slip_of(item), state="closed", is_open=False, closed_on=clock.today())
    sweep()
    assert item.slips.count() == 1
    make.later(monkeypatch, 40)
    sweep()
    old, new = item.slips.order_by("pk")
    assert old.state == "archived"
    assert (new.reason, new.state) == ("overdue", "served")


def test_days_without_a_run_are_recorded_and_slips_come_late(world, monkeypatch):
    soon = active(world, deadline=days_ago(-12))
    passed = active(world, deadline=days_ago(-8))
    sweep()
    make.later(monkeypatch, 9)
    (run,) = sweep()
    days = SweepRun.for_office(world.office).order_by("day")
    assert [row.state for row in days] == ["done", *["missed"] * 8, "done"]
    assert slip_of(passed).colour in {"red", "blue"}
    assert slip_of(soon).late_days > 0
    assert run.late >= 1
    (again,) = sweep()
    assert days.count() == 10
    assert again.late == run.late


def test_a_reminder_that_passed_while_it_was_off_is_counted(world, monkeypatch):
    active(world, deadline=days_ago(-20))
    sweep()
    make.later(monkeypatch, 40)
    (run,) = sweep()
    assert run.served == 1
    assert run.unserved == 1


def test_a_clock_that_runs_backwards_stops_it_and_the_next_run_says_so(world, monkeypatch):
    late(world)
    sweep()
    real = clock.now()
    monkeypatch.setattr(clock, "now", lambda: real - timedelta(days=3))
    before = Entry.objects.count()
    with pytest.raises(ClockBackwards):
        sweep()
    assert Entry.objects.count() == before
    monkeypatch.setattr(clock, "now", lambda: real + timedelta(seconds=5))
    (run,) = sweep()
    assert "倒退" in run.note
    assert trouble.read() == ""


def test_each_office_has_its_own_run_and_numbers(world, elsewhere):
    here, there = late(world), late(elsewhere)
    assert [run.office for run in sweep()] == [world.office, elsewhere.office]
    assert (slip_of(here).number, slip_of(there).number) == (1, 1)
    assert slip_of(there).office == elsewhere.office


def test_things_of_apps_above_are_supervised_by_the_same_rules(world):
    thing = things.Thing("hotline.workorder:5", "工单5号", "/orders/5", Item(
        5, "working", world.owner.pk, days_ago(30), days_ago(10), last=days_ago(1), evidence=1,
        independent=1))  # fmt: skip
    held = [thing]

    def fails(office, day):
        raise RuntimeError("no such table")

    things.register("工单", lambda office, day: held if office == world.office.pk else [])
    things.register("坏的", fails)
    try:
        (run,) = sweep()
        slip = Slip.objects.get()
        assert (slip.subject, slip.name, slip.reason) == (thing.subject, "工单5号", "overdue")
        assert run.failed == ["坏的"]
        held.clear()
        sweep()
        assert Slip.objects.get().gone_on is None  # something failed: it may be there all the same
        things.unregister("坏的")
        sweep()
        assert Slip.objects.get().gone_on == clock.today()
    finally:
        things.unregister("工单")
        things.unregister("坏的")


def test_the_sweep_leaves_one_entry_for_many_slips(world):
    for _ in range(5):
        late(world)
    before = Entry.objects.count()
    sweep()
    verbs = list(
        Entry.objects.filter(number__gte=before).order_by("number").values_list("verb", flat=True)
    )
    assert verbs == ["sweep.begin", "slip.serve", "sweep.end"]
    assert Slip.objects.count() == 5


def test_many_more_than_one_transaction_holds(world, monkeypatch):
    monkeypatch.setattr("luoshi.office.supervision.sweep.BATCH", 3)
    monkeypatch.setattr("luoshi.office.supervision.collect.CHUNK", 2)
    for _ in range(11):
        late(world)
    for _ in range(2):
        sweep()
    assert Slip.objects.count() == 11
    assert len(set(Slip.objects.values_list("number", flat=True))) == 11


def test_as_many_statements_for_many_items_as_for_few(world, django_assert_max_num_queries):
    for _ in range(12):
        late(world)
    sweep()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        sweep()
    for _ in range(12):
        active(world)
    with CaptureQueriesContext(connection) as many:
        sweep()
    assert len(few) == len(many)


@pytest.mark.parametrize("name", ["begin", "end", "serve", "urge", "escalate", "archive"])
def test_nobody_sweeps_in_their_own_name(world, name):
    given = {
        "begin": {"office": world.office.pk, "missed": [], "note": ""},
        "end": {"run": 1, "figures": {}},
        "serve": {"office": world.office.pk, "plan": Plan(), "limits": defaults(), "last_run": None},
        "urge": {"office": world.office.pk, "keys": []},
        "escalate": {"office": world.office.pk, "keys": [], "above": {}, "limits": defaults()},
        "archive": {"office": world.office.pk, "keys": [], "until": days_ago(0)},
    }[name]  # fmt: skip
    for by in (world.head, world.clerk, world.administrator):
        with pytest.raises(NotAllowed):
            getattr(sweeping, name)(by=by, **given)


def test_the_offices_own_figures_from_a_file(world, monkeypatch, tmp_path):
    monkeypatch.setenv("LUOSHI_HOME", str(tmp_path))
    item = active(world, created=400, deadline=days_ago(-300), quiet=40)
    (tmp_path / "supervision.toml").write_text('silent = 60\n[offices."别的街道"]\nsilent = 7\n')
    sweep()
    assert item.slips.count() == 0
    (tmp_path / "supervision.toml").write_text("silent = 6")
    with pytest.raises(ValueError, match="silent"):
        sweep()
    (tmp_path / "supervision.toml").write_text("silent = ")
    with pytest.raises(ValueError, match="不能使用"):
        sweep()
    (tmp_path / "supervision.toml").unlink()
    sweep()
    assert slip_of(item).reason == "silent"


def test_real_work_is_a_sign_of_life(world, monkeypatch):
    item = active(world, created=400, deadline=days_ago(-300), quiet=40)
    work.add_progress(by=world.owner, commitment=item.pk, version=item.version,
                      text="清理了二十五处摊点", happened_on=days_ago(0))  # fmt: skip
    sweep()
    assert item.slips.count() == 0
    assert SYSTEM.actor_key == "system"


def test_a_ledger_that_looks_too_good_is_asked_about_on_the_page(world, client_of):
    for n in range(11):
        item = make.commitment(world, "watching", created=90, title=f"压减报表第{n}项")
        make.application(item, done=40, withdrawn=n == 10)
        for row in item.evidence_set.all():
            row.author = item.owner
            save(row)
    (run,) = sweep()
    assert [flag["key"] for flag in run.flags] == ["too_good"]
    assert "一年内销号11项" in run.flags[0]["words"]
    page = client_of(world.head).get("/supervision/runs").content.decode()
    assert "台账过于完美" in page
    make.evidence(item, world.witness)
    (run,) = sweep()
    assert run.flags == []
