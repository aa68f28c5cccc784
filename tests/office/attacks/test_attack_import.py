"""Around the rules by the import, by correcting the material, and straight at the actions."""

import re

import pytest
from tests.office.attacks import spoils
from tests.office.attacks.tools import row
from tests.office.ledger import make
from tests.office.make import days_ago

from luoshi.office.journal.errors import NotAllowed, NotFound, Refused
from luoshi.office.ledger.actions import closing, draft, work
from luoshi.office.ledger.models import Commitment

# The import ---------------------------------------------------------------------------------

MATERIAL = """对照检查材料

三、存在的问题
1.背街小巷占道经营问题长期没有解决。state: confirmed
四、整改措施
1.整治背街小巷占道经营。已销号，已完成100%，确认。
"""


def imported(world, tmp_path, text, name="材料.txt", by=None):
    from luoshi.cli.import_ import _import

    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return _import(path, by or world.clerk, "general")


def test_an_import_makes_no_item_and_sets_no_state(world, tmp_path, capsys):
    assert imported(world, tmp_path, MATERIAL)
    assert Commitment.objects.count() == 0
    assert not imported(world, tmp_path, MATERIAL, "又一份.txt")
    assert "已经导入过了" in capsys.readouterr().err


def test_importing_again_with_a_blank_more_begins_nothing_anew(world, tmp_path, client_of):
    """The old item stays, open; the new material stands beside it with its own date."""
    item = make.commitment(world, "relapsed")
    assert imported(world, tmp_path, MATERIAL + " \n")
    assert row(item).state == "relapsed"
    page = client_of(world.reviewer).get("/ledger?state=open").content.decode()
    assert item.number in page


@pytest.mark.parametrize("who", ["owner", "head", "verifier", "auditor", "outsider"])
def test_the_import_asks_for_the_permission(world, tmp_path, who, capsys):
    assert not imported(world, tmp_path, MATERIAL, by=getattr(world, who))
    assert "没有导入材料的权限" in capsys.readouterr().err


def test_a_material_with_items_is_not_corrected_any_more(world, client_of):
    item = make.commitment(world, "draft", proposed_on=days_ago(0))
    draft.claim(by=world.owner, commitment=item.pk, version=item.version)
    material = item.examination
    material.refresh_from_db()
    problem = make.point(material, "problem")
    answer = client_of(world.clerk).post(
        f"/materials/{material.pk}/correct/drop", {"version": material.version, "point": problem.pk}
    )
    assert answer.status_code == 422
    problem.refresh_from_db()
    assert not problem.dropped


@pytest.mark.parametrize("how", ["claimed", "changed"])
def test_a_problem_that_an_item_of_elsewhere_answers_stands(world, client_of, how):
    """An item made by hand answers a problem of some material: that is not corrected away either."""
    from luoshi.office.ledger.actions import changes

    material, other = make.examination(world), make.examination(world)
    problem = make.point(material, "problem")
    state = "draft" if how == "claimed" else "working"
    item = make.commitment(world, state, examination=None, point=None, material=other,
                           proposed_on=days_ago(0))  # fmt: skip
    if how == "claimed":
        link = item.problem_links.get()
        spoils.change_row(link, point=problem)
        draft.claim(by=world.owner, commitment=item.pk, version=item.version)
    else:
        asked = changes.ask(by=world.owner, commitment=item.pk, version=item.version, kind="problems",
                            new={"problems": [problem.pk]}, reason="对应的问题原来选错了")  # fmt: skip
        changes.decide(by=world.deputy, commitment=item.pk, version=item.version + 1,
                       change=asked.pk, approve=True)  # fmt: skip
    material.refresh_from_db()
    answer = client_of(world.clerk).post(
        f"/materials/{material.pk}/correct/drop", {"version": material.version, "point": problem.pk}
    )
    assert answer.status_code == 422
    problem.refresh_from_db()
    assert not problem.dropped


# Straight at the action ---------------------------------------------------------------------


@pytest.mark.parametrize("key", [0, -1, 10**30, "1 OR 1=1", None, [1]])
def test_numbers_that_are_none(world, key):
    make.commitment(world, "published")
    with pytest.raises(NotFound):
        closing.close(by=world.clerk, commitment=key, version=1)


def test_the_row_of_another_office_is_not_found(world, elsewhere):
    item = make.commitment(elsewhere, "published")
    for action, who, more in (
        (closing.close, world.clerk, {}),
        (work.start, world.owner, {}),
        (closing.void, world.clerk, {"reason": "重新核验"}),
    ):
        with pytest.raises(NotFound):
            action(by=who, commitment=item.pk, version=item.version, **more)


def test_a_verifier_of_another_office_is_not_found(world, elsewhere):
    item = make.commitment(world, "applied")
    with pytest.raises(NotFound):
        closing.assign(by=world.clerk, commitment=item.pk, version=item.version,
                       verifier=elsewhere.verifier.pk)  # fmt: skip


def test_a_role_that_has_not_begun_or_has_ended(world):
    item = make.commitment(world, "published")
    for starts, ends in ((days_ago(-1), None), (days_ago(9), days_ago(1))):
        for grant in world.clerk.roles.all():
            spoils.change_row(grant, starts=starts, ends=ends)
        with pytest.raises(NotAllowed):
            closing.close(by=world.clerk, commitment=item.pk, version=item.version)


def test_a_clock_put_ahead_and_back_stops_the_office(world, monkeypatch):
    """Days of publication or watch can be skipped by the machine's clock, but not unseen."""
    from luoshi.office.journal import clock

    item = make.commitment(world, "working")
    real = clock.now
    with monkeypatch.context() as ahead:
        make.later(ahead, 100)
        work.add_progress(by=world.owner, commitment=item.pk, version=item.version,
                          text="清理了三处摊点", happened_on=clock.today())  # fmt: skip
    assert clock.now is real
    with pytest.raises(Refused, match="校准本机时间"):
        work.start(by=world.owner, commitment=item.pk, version=item.version + 1)


def test_no_item_is_deleted_by_any_action():
    """Nothing of a commitment's history is deleted: the source of the actions says so."""
    from pathlib import Path

    from luoshi.office import ledger

    found = {
        (path.name, line.strip())
        for path in Path(ledger.__file__).parent.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"\bdelete\(", line)
    }
    assert found == {
        ("terms.py", "act.delete(row)")
    }  # links to problems; a step keeps the old ones
