"""Kept statements write and read exactly what Django's own would."""

from datetime import date

import pytest
from django.db import connection, models
from tests.office import make
from tests.office.ledger import make as ledger

from luoshi.office.accounts.models import Office, Person, Unit
from luoshi.office.accounts.permissions import acting_for, roles_of
from luoshi.office.journal import guard, statements
from luoshi.office.journal.act import SYSTEM, Act, Verb
from luoshi.office.journal.content import content
from luoshi.office.journal.errors import NotFound
from luoshi.office.journal.verification import verify_database
from luoshi.office.ledger.models import Commitment, Evidence, Step


def stored(row):
    """Return the columns as the database holds them, without Django's reading."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {row._meta.db_table} WHERE id = %s", [row.pk])
        names = [column[0] for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))


def by_django(row):
    with guard.opened("test"):
        models.Model.save_base(row, force_insert=not row.pk)
    return row


@pytest.fixture
def item(world):
    return ledger.commitment(world, "watching", watch_ends=date(2026, 12, 1))


@pytest.mark.parametrize("model", [Commitment, Step, Evidence, Person, Unit])
def test_a_row_is_written_as_django_writes_it(item, model, monkeypatch):
    if model is Step:
        make.save(Step(office=item.office, commitment=item, at=ledger.noon(item.created_on), verb="x",
                       before="draft", after="accepted", version=2, old={"a": None}, new={"b": [1]}))  # fmt: skip
    row = model.objects.order_by("-pk").first()
    ours = stored(row)
    for quick in (True, False):
        with monkeypatch.context() as patched:
            if not quick:
                for name in ("_do_insert", "_do_update"):
                    patched.setattr(statements.QuickModel, name, getattr(models.Model, name))
            by_django(row)  # an update
            assert stored(row) == ours
    copies = []
    for quick in (True, False):
        with monkeypatch.context() as patched:
            if not quick:
                for name in ("_do_insert", "_do_update"):
                    patched.setattr(statements.QuickModel, name, getattr(models.Model, name))
            copy = model.objects.get(pk=row.pk)
            copy.pk, copy._state.adding = None, True
            if model is Commitment:
                copy.number = f"K-{quick}"
            if model is Unit:
                copy.name = f"第二科{quick}"
            copies.append(stored(by_django(copy)))
    different = (
        {"id", "number"} if model is Commitment else {"id", "name"} if model is Unit else {"id"}
    )
    assert {k: v for k, v in copies[0].items() if k not in different} == {
        k: v for k, v in copies[1].items() if k not in different
    }
    assert copies[0]["id"] != copies[1]["id"]


def test_a_locked_row_is_the_row(item):
    act = Act(Verb("test", "测试", "", lambda: None), item.owner)
    with guard.opened("test"):
        locked = act.lock(Commitment, item.pk)
    again = Commitment.objects.get(pk=item.pk)
    assert content(locked) == content(again)
    assert all(
        type(getattr(locked, f.attname)) is type(getattr(again, f.attname))
        for f in Commitment._meta.concrete_fields
    )
    assert not locked._state.adding


@pytest.mark.parametrize("key", [0, -1, 2**31, 2**63, 2**80, "x", None, True, "1; DROP TABLE"])
def test_no_such_key_is_not_found(world, elsewhere, key):
    other = ledger.commitment(elsewhere)
    act = Act(Verb("test", "测试", "", lambda: None), world.owner)
    for wanted in (key, other.pk):
        with guard.opened("test"), pytest.raises(NotFound):
            act.lock(Commitment, wanted)


def test_the_program_locks_in_every_office(item):
    act = Act(Verb("test", "测试", "", lambda: None), SYSTEM)
    with guard.opened("test"):
        assert act.lock(Commitment, item.pk) == item
        assert act.lock(Office, item.office_id) == item.office


def test_a_query_whose_values_stand_otherwise_is_refused(world):
    with pytest.raises(RuntimeError, match="takes"):
        statements.Select(lambda: Person.objects.filter(pk=2, office=1), 2, 1).rows(2, 1)


def test_many_rows_of_an_action_and_few_are_the_same_to_the_verifier(world):
    for number in (1, 7, 8, 9, 40):
        rows = [
            Unit(office=world.office, name=f"{number}之{n}", kind="section") for n in range(number)
        ]
        make.rows(by=SYSTEM, rows=rows)
    assert verify_database().is_good


def test_roles_and_deputising_of_a_day(world):
    assert roles_of(world.owner) == {"owner"}
    assert roles_of(world.owner, date(2019, 12, 31)) == set()
    assert acting_for(world.owner, date(2026, 1, 1)) == {world.owner.pk}
