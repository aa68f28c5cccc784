"""Around the rules by another door: a posted field, an address, a stale tab, another office."""

import pytest
from django.test import Client
from tests.office.attacks import spoils
from tests.office.attacks.tools import row
from tests.office.ledger import make
from tests.office.make import days_ago

from luoshi.core.workflow import table
from luoshi.office.accounts.actions import people, signin
from luoshi.office.journal.errors import NotFound
from luoshi.office.journal.models import Entry
from luoshi.office.ledger.actions import closing

SEEN = {"seen": "沿东堤路走了全程，只剩五处摊点。", "place": "东堤路", "seen_on": str(days_ago(7)),
        "passed": "yes", "publish_place": "公告栏", "reason": "", "criterion_met": "yes"}  # fmt: skip
#: The forms that lead towards the end, in the state where they are offered, by whom.
DOORS = {
    "apply": ("working", "owner", {"done_on": str(days_ago(1)), "statement": "全部清理完毕，可以到现场看。"}),
    "assign": ("applied", "clerk", {}),
    "verify": ("verifying", "verifier", SEEN),
    "close": ("published", "clerk", {}),
    "confirm": ("watching", "verifier", {**SEEN, "seen_on": str(days_ago(0))}),
}  # fmt: skip
SMUGGLED = {
    "state": "confirmed", "is_open": "", "target": "99", "baseline": "1", "severity": "0",
    "watch_ends": "2020-01-01", "owner": "1", "created_on": "2026-01-01", "office": "1",
    "by": "1", "verifier_id": "1", "basis": "0" * 64, "result": "passed", "ends": "2020-01-01",
    "publication_days": "-1", "evidence_count": "0",
}  # fmt: skip


def open_door(world, door):
    state, who, data = DOORS[door]
    item = make.commitment(world, state)
    if door == "assign":
        data = {"verifier": world.verifier.pk}
    return item, getattr(world, who), {"version": item.version, **data}


@pytest.mark.parametrize("door", DOORS)
def test_the_doors_open_for_whom_they_are_for(world, client_of, door):
    item, who, data = open_door(world, door)
    assert client_of(who).post(f"/ledger/{item.pk}/{door}", data).status_code == 303
    assert row(item).state == table.moves()["pass" if door == "verify" else door].target


@pytest.mark.parametrize("door", DOORS)
def test_columns_posted_with_a_form_are_not_taken(world, client_of, door):
    item, who, data = open_door(world, door)
    honest = {k: v for k, v in SMUGGLED.items() if k not in data}
    answer = client_of(who).post(f"/ledger/{item.pk}/{door}", {**honest, **data})
    after = row(item)
    if answer.status_code == 303:
        assert after.state != "confirmed" or door == "confirm"
    for name in ("target", "baseline", "severity", "created_on", "evidence_count", "owner_id"):
        assert getattr(after, name) == getattr(item, name)
    assert after.watch_ends is None or after.watch_ends >= days_ago(1)
    for publication in after.publications.all():
        assert (publication.ends - publication.starts).days >= 5


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("method", ["get", "head", "options", "put", "patch", "delete"])
def test_only_a_post_does_anything(world, client_of, door, method):
    item, who, data = open_door(world, door)
    client, before = client_of(who), Entry.objects.count()
    getattr(client, method)(
        f"/ledger/{item.pk}/{door}?" + "&".join(f"{k}={v}" for k, v in data.items())
    )
    assert row(item).version == item.version
    assert Entry.objects.count() == before


@pytest.mark.parametrize("door", DOORS)
def test_without_the_secret_of_the_page(world, client_of, door):
    item, who, data = open_door(world, door)
    client = client_of(who)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(f"/ledger/{item.pk}/{door}", data).status_code == 403
    assert row(item).version == item.version


@pytest.mark.parametrize("door", DOORS)
def test_from_a_stale_page(world, client_of, door):
    item, who, data = open_door(world, door)
    answer = client_of(who).post(f"/ledger/{item.pk}/{door}", {**data, "version": item.version - 1})
    assert answer.status_code == 409
    assert "有了变化" in answer.content.decode()
    assert row(item).state == item.state


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_without_a_version(world, client_of, door, version):
    item, who, data = open_door(world, door)
    answer = client_of(who).post(f"/ledger/{item.pk}/{door}", {**data, "version": version})
    assert answer.status_code in {409, 422}
    assert row(item).state == item.state


@pytest.mark.parametrize("door", DOORS)
def test_pressed_twice(world, client_of, door):
    item, who, data = open_door(world, door)
    client, before = client_of(who), Entry.objects.count()
    answers = [client.post(f"/ledger/{item.pk}/{door}", data).status_code for _ in range(2)]
    assert answers == [303, 409]
    assert Entry.objects.count() == before + 1


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("state", table.states())
def test_in_every_state_that_the_table_does_not_name(world, client_of, door, state):
    move = table.moves()["pass" if door == "verify" else door]
    if state in move.sources:
        return
    _, who, data = open_door(world, door)
    item = make.commitment(world, state)
    data["version"] = item.version
    answer = client_of(who).post(f"/ledger/{item.pk}/{door}", data)
    assert answer.status_code in {403, 422}
    assert row(item).state == state


@pytest.mark.parametrize("door", DOORS)
def test_by_the_same_part_of_another_office(world, elsewhere, client_of, door):
    item, _, data = open_door(world, door)
    who = getattr(elsewhere, DOORS[door][1])
    assert client_of(who).post(f"/ledger/{item.pk}/{door}", data).status_code == 404
    assert row(item).version == item.version


@pytest.mark.parametrize("door", DOORS)
def test_by_nobody(world, door):
    item, _, data = open_door(world, door)
    answer = Client().post(f"/ledger/{item.pk}/{door}", data)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login")
    assert row(item).version == item.version


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("how", ["disabled", "left", "role ended", "password to change"])
def test_by_somebody_who_may_no_more(world, client_of, door, how):
    item, who, data = open_door(world, door)
    client = client_of(who)
    if how == "disabled":
        signin.set_active(by=world.administrator, account=who.accounts.get().pk, active=False)
    elif how == "left":
        spoils.change_row(who, active=False)
    elif how == "role ended":
        for grant in who.roles.all():
            people.end_role(by=world.administrator, grant=grant.pk)
    else:
        signin.reset_password(by=world.administrator, account=who.accounts.get().pk)
    answer = client.post(f"/ledger/{item.pk}/{door}", data)
    assert answer.status_code in {302, 403}
    assert row(item).version == item.version


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("who", ["head", "chief", "colleague", "reviewer", "auditor", "administrator",
                                 "witness", "outsider", "co_owner"])  # fmt: skip
def test_by_everybody_else(world, client_of, door, who):
    item, _, data = open_door(world, door)
    answer = client_of(getattr(world, who)).post(f"/ledger/{item.pk}/{door}", data)
    assert answer.status_code in {403, 404}
    assert row(item).version == item.version


def test_an_outside_verifier_sees_no_other_item(world, client_of):
    opened, other = make.commitment(world, "verifying"), make.commitment(world, "verifying")
    make.access(world, opened)
    client = client_of(world.outsider)
    assert client.get(f"/ledger/{opened.pk}").status_code == 200
    for path in ("", "/sheet", "/verify", "/relapse", "/evidence"):
        assert client.get(f"/ledger/{other.pk}{path}").status_code == 404
    with pytest.raises(NotFound):
        closing.relapse(by=world.outsider, commitment=other.pk, version=other.version,
                        happened_on=days_ago(1), reason="又有摊点占道")  # fmt: skip


def test_access_that_was_taken_back(world, client_of):
    item = make.commitment(world, "applied", owner=world.head)
    closing.assign(by=world.clerk, commitment=item.pk, version=item.version,
                   verifier=world.outsider.pk)  # fmt: skip
    client = client_of(world.outsider)
    assert client.get(f"/ledger/{item.pk}").status_code == 200
    spoils.change_row(item.access_set.get(), revoked=True)
    item.refresh_from_db()
    assert (
        client.post(f"/ledger/{item.pk}/verify", {"version": item.version, **SEEN}).status_code
        == 404
    )


@pytest.mark.parametrize("form", ["evidence-withdraw", "evidence-revise", "objection",
                                  "change-decide", "change-cancel", "access-revoke"])  # fmt: skip
def test_the_row_of_another_item_in_the_address(world, client_of, form):
    from tests.contracts.web_office import Everything

    there = Everything(world)
    item = make.commitment(world, "published")
    about = {"evidence": there.evidence, "objection": there.objection, "change": there.change,
             "access": world.outsider}[form.split("-")[0]]  # fmt: skip
    data = {"version": item.version, "reason": "理由写在这里", "upheld": "no", "approve": "yes"}
    for who in (world.clerk, world.owner, world.witness, world.head, world.deputy):
        answer = client_of(who).post(f"/ledger/{item.pk}/{form}/{about.pk}", data)
        assert answer.status_code in {403, 404}
    assert row(item).version == item.version
    there.evidence.refresh_from_db()
    assert not there.evidence.withdrawn


@pytest.mark.parametrize("verb", ["confirmed", "bulk", "state", "edit-all", "approve"])
def test_no_address_sets_a_state(world, client_of, verb):
    item = make.commitment(world, "verifying")
    answer = client_of(world.clerk).post(f"/ledger/{item.pk}/{verb}", {"state": "confirmed"})
    assert answer.status_code == 404


def test_many_at_once_are_not_closed_by_a_list(world, client_of):
    items = [make.commitment(world, "published") for _ in range(2)]
    client = client_of(world.clerk)
    client.post("/ledger", {"ids": [i.pk for i in items], "action": "close"})
    client.get("/ledger", {"state": "published", "close": "1"})
    assert {row(i).state for i in items} == {"published"}
