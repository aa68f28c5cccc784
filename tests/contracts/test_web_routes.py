"""Every address is behind a sign-in and a permission, and shows no row of another office.

Each is tried by nobody, by everybody of another office with the real number of a row of this
one, and, as the positive control, by everybody of this office: somebody must get through.
"""

import pytest
from django.test import Client
from tests.contracts.web_office import Everything, routes
from tests.office.ledger import make
from tests.office.make import days_ago

from luoshi.office.accounts.permissions import roles
from luoshi.office.ledger.models import Commitment
from luoshi.office.ledger.views.registry import SCREENS
from luoshi.web.middleware import PUBLIC

ROUTES = routes()
NAMES = [route.name for route in ROUTES]
#: Every signed-in person has these: their own account, and the way to their work.
EVERYBODY = {
    "home", "accounts:me", "mfa_index", "account_change_password", "account_reauthenticate",
    "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
}  # fmt: skip
#: A checkpoint speaks of the whole journal and holds no office's row.
OF_THE_DEPLOYMENT = {"journal:checkpoint_file", "journal:lodge"}
POSTED = {
    "examinations:correct", "journal:new_checkpoint", "review:act", "review:turn", "review:compare",
}  # fmt: skip
OWN = [route for route in ROUTES if route.parts and route.name not in OF_THE_DEPLOYMENT | PUBLIC]
GUARDED = [route for route in ROUTES if route.name not in PUBLIC]


def ids(route):
    return route.name


def ask(client, route, everything):
    """Ask for a page as it is reached: by GET, or by POST where there is no page."""
    address = everything.address(route)
    if route.name in POSTED:
        point = make.point(everything.material, "problem")
        return client.post(address, {"version": 999, "point": point.pk})
    return client.get(address)


def test_all_addresses_have_a_name_of_their_own():
    assert len(NAMES) == len(set(NAMES))
    assert all(NAMES)
    assert set(NAMES) >= PUBLIC | EVERYBODY | OF_THE_DEPLOYMENT | POSTED


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_in(world, method):
    here = Everything(world)
    for route in GUARDED:
        answer = getattr(Client(), method)(here.address(route))
        assert answer.status_code == 302, route
        assert answer.headers["Location"].startswith("/account/login"), route


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_the_public_ones_say_nothing_of_the_office(world, name):
    here = Everything(world)
    address = here.address(next(route for route in ROUTES if route.name == name))
    answer = Client().get(address)
    assert answer.status_code in {200, 302}
    for word in (world.office.name, "责任人", "整治背街小巷"):
        assert word not in answer.content.decode()


@pytest.mark.parametrize("route", OWN, ids=ids)
def test_another_office_is_told_that_there_is_no_such_thing(world, elsewhere, client_of, route):
    here, there = Everything(world), Everything(elsewhere)
    through = [n for n, who in enumerate(here.persons())
               if ask(client_of(who), route, here).status_code in {200, 422, 409}]  # fmt: skip
    assert through, "nobody of the office itself gets through: the trial proves nothing"
    for n, who in enumerate(there.persons()):
        answer = ask(client_of(who), route, here)
        assert answer.status_code in ({404} if n in through else {403, 404}), who.name
        words = answer.content.decode()
        assert world.office.name not in words
        assert "整治背街小巷" not in words


def test_a_page_is_not_for_everybody(world, client_of):
    """Somebody in the office gets through, and somebody does not: a permission stands before it."""
    here = Everything(world)
    clients = [client_of(who) for who in here.persons()]
    for route in GUARDED:
        if route.name not in EVERYBODY:
            found = {ask(client, route, here).status_code for client in clients}
            assert found & {200, 302, 303, 409, 422}, route
            assert found & {403, 404}, route


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_every_form_asks_for_a_permission_that_a_role_gives(screen):
    given = set().union(*(role.permissions for role in roles().values()))
    assert screen.needs
    assert screen.needs <= given


@pytest.mark.parametrize("route", [r for r in ROUTES if r.parts == ("key",) and
                                   r.name.startswith("ledger:")
                                   and "special" not in r.name
                                   and "handover" not in r.name  # tests/web/test_handing_pages.py
                                   and r.name != "ledger:material"], ids=ids)  # fmt: skip
def test_a_post_from_another_office_changes_nothing(world, elsewhere, client_of, route):
    here = Everything(world)
    item = make.commitment(world, "verifying")
    before = Commitment.objects.filter(office=world.office).order_by("pk").values()
    before = list(before)
    data = {"version": item.version, "reason": "理由写在这里", "passed": "yes", "text": "字" * 20,
            "seen": "字" * 20, "place": "东堤路", "seen_on": str(days_ago(0))}  # fmt: skip
    address = here.address(route).replace(f"/{here.item.pk}", f"/{item.pk}")
    for who in Everything(elsewhere).persons():
        assert client_of(who).post(address, data).status_code in {403, 404}
    assert list(Commitment.objects.filter(office=world.office).order_by("pk").values()) == before
