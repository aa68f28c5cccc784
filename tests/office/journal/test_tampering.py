"""A hand on the database: triggers refuse, the guard refuses, and what got past is found."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from tests.office import make

from luoshi.office.accounts.actions import leaving, people
from luoshi.office.accounts.models import Office, Person
from luoshi.office.journal import checkpoints, clock, guard
from luoshi.office.journal.act import SYSTEM, VERBS, action
from luoshi.office.journal.errors import ClockBackwards, WriteOutsideAction
from luoshi.office.journal.models import Checkpoint, Entry, Facts, Head, Row
from luoshi.office.journal.verification import domain_models, verify_database


def by_hand(sql, *params):
    """Write past the guard, as a hand on the database would."""
    with guard.opened("by hand"), connection.cursor() as cursor:
        cursor.execute(sql, params)


def words():
    return "；".join(t.words for t in verify_database().troubles)


def test_an_untouched_database_is_good(world):
    verdict = verify_database()
    assert verdict.is_good, verdict.troubles
    assert verdict.size == Entry.objects.count() > 0


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal_entry SET verb = 'x'",
        "UPDATE journal_entry SET data = '' WHERE number = 0",
        "DELETE FROM journal_entry WHERE number = 0",
        "UPDATE journal_facts SET facts = '{}' WHERE entry_id = 0",
        "UPDATE journal_facts SET salt = NULL WHERE entry_id = 0",
        "DELETE FROM journal_facts",
        "UPDATE journal_row SET digest = 'x'",
        "UPDATE journal_row SET salt = NULL, digest = 'x'",
        "DELETE FROM journal_row",
        "UPDATE journal_head SET size = 0",
        "DELETE FROM journal_head",
    ],
)
def test_triggers_refuse_to_alter_what_was_recorded(world, sql):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        by_hand(sql)
    assert verify_database().is_good


def test_what_was_altered_by_hand_is_found(world):
    by_hand("UPDATE accounts_person SET name = '别人' WHERE id = %s", world.owner.pk)
    assert f"人员第{world.owner.pk}号与它的留痕不符" in words()


def test_what_was_inserted_by_hand_is_found(world):
    by_hand("INSERT INTO accounts_office (name, settings) VALUES ('假', '{}')")
    assert "没有留痕" in words()


def test_what_was_deleted_by_hand_is_found(world):
    unit = make.save(type(world.city)(office=world.office, name="空", kind="section"))
    by_hand("DELETE FROM accounts_unit WHERE id = %s", unit.pk)
    assert f"部门第{unit.pk}号不见了" in words()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounts_office SET name = 'x'",
        "update accounts_office set name = 'x'",
        "UPDATE \"accounts_office\" SET name = 'x'",
        "UPDATE /* harmless */ accounts_office SET name = 'x'",
        "UPDATE\n\taccounts_office SET name = 'x'",
        "UPDATE -- a comment\naccounts_office SET name = 'x'",
        "DELETE FROM accounts_office",
        "WITH gone AS (SELECT 1) DELETE FROM accounts_office",
        "INSERT INTO accounts_office (name, settings) VALUES ('x', '{}')",
        "INSERT OR REPLACE INTO accounts_office (id, name, settings) VALUES (1, 'x', '{}')",
        "REPLACE INTO accounts_office (id, name, settings) VALUES (1, 'x', '{}')",
        "UPDATE main.accounts_office SET name = 'x'",
        "DELETE FROM journal_entry",
        "TRUNCATE accounts_office",
    ],
)
def test_the_guard_reads_every_spelling(world, sql):
    with pytest.raises(WriteOutsideAction), connection.cursor() as cursor:
        cursor.execute(sql)
    with pytest.raises(WriteOutsideAction), connection.cursor() as cursor:
        cursor.executemany(sql, [()])


def test_reading_is_not_writing(world):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM accounts_office WHERE name <> 'UPDATE accounts_office'")
        assert cursor.fetchall()


@pytest.mark.parametrize("model", domain_models(), ids=lambda m: m.__name__)
def test_no_model_can_be_written_outside_an_action(world, model):
    row = model.objects.first() or model(pk=1)
    for write in (
        row.save,
        row.delete,
        lambda: model.objects.all().delete(),
        lambda: model.objects.update(pk=1),
        lambda: model.objects.bulk_create([row]),
        lambda: model.objects.bulk_update([row], ["pk"]),
        lambda: model._base_manager.update(id=F("id")),
    ):
        with pytest.raises(WriteOutsideAction):
            write()


def test_a_clock_set_back_stops_every_action(world, monkeypatch):
    from datetime import timedelta

    before = Head.objects.get().time
    monkeypatch.setattr(clock, "now", lambda: before - timedelta(minutes=5))
    with pytest.raises(ClockBackwards, match="校准"):
        make.save(Office(name="晚"))
    monkeypatch.setattr(clock, "now", lambda: before - timedelta(seconds=1))
    make.save(Office(name="晚"))
    assert Head.objects.get().time == before
    assert verify_database().is_good


def test_an_action_that_fails_leaves_nothing(world):
    @action("test.fails", "失败", needs="")
    def fails(act, *, by):
        act.save(Office(name="半截"))
        raise ValueError("half-way")

    @action("test.silent", "无声", needs="")
    def silent(act, *, by):
        act.save(Office(name="半截"))

    @action("test.twice", "两次", needs="")
    def twice(act, *, by):
        office = act.save(Office(name="半截"))
        act.about(office, facts={})
        act.about(office, facts={})

    size = Head.objects.get().size
    try:
        for bad, error in ((fails, ValueError), (silent, RuntimeError), (twice, RuntimeError)):
            with pytest.raises(error):
                bad(by=SYSTEM)
            assert not Office.objects.filter(name="半截").exists()
            assert Head.objects.get().size == size == Entry.objects.count()
    finally:
        for name in ("test.fails", "test.silent", "test.twice"):
            del VERBS[name]


def test_actions_do_not_nest(world):
    @action("test.outer", "外", needs="")
    def outer(act, *, by):
        make.save(Office(name="里"))

    try:
        with pytest.raises(RuntimeError, match="nest"):
            outer(by=SYSTEM)
    finally:
        del VERBS["test.outer"]


def test_a_person_can_be_forgotten_and_every_proof_holds(world):
    signed = checkpoints.make_checkpoint(by=SYSTEM)
    who = people.create_person(by=world.administrator, name="要走的人", phone="123456")
    people.edit_person(by=world.administrator, person=who.pk, name="要走的人甲", phone="")
    leaving.leave(by=world.administrator, person=who.pk, day=clock.today())
    leaving.forget(by=world.administrator, person=who.pk)
    who = Person.objects.get(pk=who.pk)
    assert "要走" not in who.name
    assert not Facts.objects.filter(facts__contains="要走").exists()
    assert (
        Row.objects.filter(table="accounts_person", key=str(who.pk), salt__isnull=True).count() == 3
    )
    verdict = verify_database(checkpoints.verified([signed.note], checkpoints.verifier_key()))
    assert verdict.is_good, verdict.troubles
    assert verdict.erased >= 3
    assert len(verdict.matched) == 1


def test_checkpoints_are_made_lodged_and_found_old(world, monkeypatch):
    from datetime import timedelta

    assert checkpoints.standing().is_late
    row = checkpoints.make_checkpoint(by=world.auditor)
    checkpoints.lodge(by=world.auditor, checkpoint=row.pk, body="区档案馆", day=clock.today())
    assert not checkpoints.standing().is_late
    assert "区档案馆" in checkpoints.standing().words()
    later = clock.now() + timedelta(days=checkpoints.WARN_DAYS + 1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert checkpoints.standing().is_late
    assert Checkpoint.objects.count() == 1


def test_the_auditors_pages(world, elsewhere, client_of):
    client = client_of(world.auditor)
    page = client.get("/journal").content.decode()
    assert "测试数据" in page
    number = Entry.objects.filter(office=str(world.office.pk)).first().number
    assert client.get(f"/journal/{number}").status_code == 200
    assert client_of(elsewhere.auditor).get(f"/journal/{number}").status_code == 404
    assert client_of(world.clerk).get("/journal").status_code == 403
    good = client.post("/journal/verify", {"notes": ""}).content.decode()
    assert "全部一致" in good
    assert client.post("/journal/checkpoints/new").status_code == 303
    row = Checkpoint.objects.get()
    note = client.get(f"/journal/checkpoints/{row.pk}/file").content.decode()
    assert note == row.note
    assert client.post("/journal/verify", {"notes": note}).status_code == 200
    bad = client.post("/journal/verify", {"notes": note.replace("\n", "\n9", 1)})
    assert bad.status_code == 422
    by_hand("UPDATE accounts_office SET name = '改了' WHERE id = %s", world.office.pk)
    assert "被直接修改过" in client.post("/journal/verify", {"notes": ""}).content.decode()
