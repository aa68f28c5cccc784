"""What was counted stands until somebody does something, and not a moment longer."""

import pytest
from tests.office import make
from tests.office.ledger import make as ledger

from luoshi.office.accounts.models import Unit
from luoshi.office.journal import guard, standing
from luoshi.office.ledger.actions import work


@pytest.fixture
def asked(world):
    """Count units; the list tells how often it was really done."""
    times = []

    def count():
        times.append(1)
        return Unit.objects.count()

    return lambda key="units": (standing.while_unchanged(key, count), len(times))


def test_asked_again_only_after_an_action(world, asked):
    first, times = asked()
    assert (first, times) == asked()
    make.save(Unit(office=world.office, name="新科", kind="section"))
    assert asked() == (first + 1, times + 1)
    assert asked() == (first + 1, times + 1)


def test_another_question_has_another_answer(asked):
    _, times = asked()
    assert asked("others")[1] == times + 1


def test_inside_an_action_nothing_is_kept(asked):
    _, times = asked()
    with guard.opened("test"):
        assert asked()[1] == times + 1
        assert asked()[1] == times + 2


def test_answers_do_not_pile_up(asked, monkeypatch):
    monkeypatch.setattr(standing, "_KEPT", 3)
    for key in range(10):
        asked(key)
    assert len(standing._answers) <= 3


def test_the_list_counts_anew_after_an_action(world, client_of):
    client = client_of(world.clerk)
    item = ledger.commitment(world, "accepted")

    def shown():
        return {label: n for label, _, n in client.get("/ledger").context["counts"]}

    assert shown() == shown()
    before = shown()["全部"]
    ledger.commitment(world)
    assert shown()["全部"] == before + 1
    assert client.get("/ledger").context["problems_count"] > 0
    waiting = client.get("/ledger").context["problems_count"]
    ledger.examination(world)
    assert client.get("/ledger").context["problems_count"] > waiting
    work.start(by=world.owner, commitment=item.pk, version=item.version)
    assert shown()["全部"] == before + 1


def test_another_office_is_counted_by_itself(world, elsewhere, client_of):
    ledger.commitment(world)
    counts = [client_of(w.clerk).get("/ledger").context["counts"] for w in (world, elsewhere)]
    assert [c[0][2] for c in counts] == [1, 0]
