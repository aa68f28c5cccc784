"""Getting in as somebody else: guessing codes and passwords, half a sign-in, a kept session."""

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from tests.office.make import PASSWORD


@pytest.fixture
def secret(world):
    """Give the clerk a second factor; return its secret."""
    found = totp.generate_totp_secret()
    totp.TOTP.activate(world.clerk.accounts.get(), found)
    return found


def first_half(world):
    client = Client()
    name = f"经办人@{world.office.pk}"
    answer = client.post("/account/login", {"login": name, "password": PASSWORD})
    assert answer.headers["Location"].startswith("/account/second")
    return client


def code(secret):
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def test_the_right_code_lets_in(world, secret):
    client = first_half(world)
    assert client.post("/account/second", {"code": code(secret)}).status_code == 302
    assert client.get("/me").status_code == 200


def test_guessing_codes_is_stopped_for_the_person_in_whatever_session(world, secret):
    right = code(secret)
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(3):
        client = first_half(world)
        for _ in range(4):
            client.post("/account/second", {"code": wrong})
    answer = first_half(world).post("/account/second", {"code": right})
    assert answer.status_code in {200, 429}
    words = answer.content.decode()
    assert "次数" in words
    assert "ttempt" not in words


def test_guessing_a_password_from_many_machines_is_stopped(world):
    """Failures are counted by name as well, not by name and machine alone."""
    name = f"经办人@{world.office.pk}"
    for n in range(12):
        Client(REMOTE_ADDR=f"10.0.0.{n}").post(
            "/account/login", {"login": name, "password": "x" * 12}
        )
    answer = Client(REMOTE_ADDR="10.0.1.1").post(
        "/account/login", {"login": name, "password": PASSWORD}
    )
    assert answer.status_code in {200, 429}
    assert "次数" in answer.content.decode()


@pytest.mark.parametrize("page", ["/me", "/ledger", "/account/password", "/account/second/off",
                                  "/account/codes", "/account/second/on"])  # fmt: skip
def test_half_a_sign_in_opens_nothing(world, secret, page):
    client = first_half(world)
    for answer in (client.get(page), client.post(page, {"code": "000000"})):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(("/account/login", "/account/second"))
        assert not answer.headers["Location"].startswith("/account/second/o")


def test_taking_the_second_factor_off_asks_for_it_first(world, secret, client_of):
    client = client_of(world.clerk)
    answer = client.post("/account/second/off")
    assert answer.status_code == 302
    assert "again" in answer.headers["Location"]
    from allauth.mfa.models import Authenticator

    assert Authenticator.objects.filter(user__person=world.clerk).exists()


def test_a_session_dies_with_the_password(world, client_of):
    stolen, own = client_of(world.clerk), client_of(world.clerk)
    own.post("/account/password", {
        "oldpassword": PASSWORD, "password1": "xin-mi-ma-2026", "password2": "xin-mi-ma-2026",
    })  # fmt: skip
    assert stolen.get("/me").status_code == 302


def test_a_session_dies_with_signing_out(world, client_of):
    client = client_of(world.clerk)
    kept = client.cookies["sessionid"].value
    client.post("/account/logout")
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert thief.get("/me").status_code == 302


def test_signing_out_needs_a_post(world, client_of):
    client = client_of(world.clerk)
    client.get("/account/logout")
    assert client.get("/me").status_code == 200
