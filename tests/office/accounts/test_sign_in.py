"""Signing in: passwords, the second factor, lock-out, sessions."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.office.make import PASSWORD

from luoshi.office.accounts.actions import people, signin
from luoshi.office.accounts.actions.setup import create_office
from luoshi.office.accounts.models import User
from luoshi.office.journal.act import SYSTEM

LOGIN = "/account/login"


def sign_in(username, password, path=LOGIN, **data):
    client = Client()
    answer = client.post(path, {"login": username, "password": password, **data})
    return client, answer


def test_the_right_password_opens_and_a_wrong_one_says_so(world):
    name = f"经办人@{world.office.pk}"
    client, answer = sign_in(name, PASSWORD)
    assert answer.status_code == 302
    assert client.get("/me").status_code == 200
    _, wrong = sign_in(name, "wrong-password")
    assert wrong.status_code == 200
    assert "不正确" in wrong.content.decode() or "错误" in wrong.content.decode()


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(world):
    known = sign_in(f"经办人@{world.office.pk}", "wrong-password")[1].content.decode()
    unknown = sign_in("谁也不是", "wrong-password")[1].content.decode()
    shown = [
        re.findall(r'class="notice notice-bad".*?</div>', page, re.S) for page in (known, unknown)
    ]
    assert shown[0]
    assert shown[0] == shown[1]


def test_too_many_wrong_passwords_lock_the_account(world):
    name = f"经办人@{world.office.pk}"
    for _ in range(8):
        answer = sign_in(name, "wrong-password")[1]
    answer = sign_in(name, PASSWORD)[1]
    assert answer.status_code == 429
    assert "十五分钟" in answer.content.decode()


def test_the_first_sign_in_must_change_the_password(db):
    _, once = create_office(by=SYSTEM, name="柳河街道办事处")
    client, _ = sign_in("admin", once)
    assert client.get("/people").headers["Location"] == "/account/password"
    weak = client.post(
        "/account/password",
        {"oldpassword": once, "password1": "1234567890", "password2": "1234567890"},
    )
    assert "纯数字" in weak.content.decode() or "数字" in weak.content.decode()
    fine = {"oldpassword": once, "password1": "xin-mi-ma-2026", "password2": "xin-mi-ma-2026"}
    assert client.post("/account/password", fine).status_code == 302
    account = User.objects.get(username="admin")
    assert not account.must_change_password
    assert account.check_password("xin-mi-ma-2026")
    # An administrator needs a second factor before anything else.
    assert client.get("/people").headers["Location"] == "/account/second/on"
    # The password was typed a moment ago: it is not asked for once more.
    assert client.get("/account/second/on").status_code == 200


def test_the_second_factor_is_asked_for_and_recovery_codes_work_once(world):
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    name = f"经办人@{world.office.pk}"
    client, _ = sign_in(name, PASSWORD)
    assert client.get("/account/second/on").headers["Location"].startswith("/account/again")
    again = client.post("/account/again?next=/account/second/on", {"password": PASSWORD})
    assert again.headers["Location"] == "/account/second/on"
    page = client.get("/account/second/on").content.decode()
    secret = re.search(r'class="secret">(\w+)<', page)[1]

    def code():
        return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))

    assert "<svg" in page
    bad = client.post("/account/second/on", {"code": "000000"})
    assert bad.status_code == 200
    good = client.post("/account/second/on", {"code": code()})
    assert good.status_code == 302
    codes = re.findall(r"<code>(\w+)</code>", client.get("/account/codes").content.decode())
    assert len(codes) >= 8

    again, answer = sign_in(name, PASSWORD)
    assert answer.headers["Location"].startswith("/account/second")
    assert again.get("/me").status_code == 302
    assert again.post("/account/second", {"code": codes[0]}).status_code == 302
    assert again.get("/me").status_code == 200
    third, _ = sign_in(name, PASSWORD)
    assert third.post("/account/second", {"code": codes[0]}).status_code == 200
    assert third.get("/me").status_code == 302


def test_a_reset_signs_out_who_was_in(world, client_of):
    client = client_of(world.clerk)
    assert client.get("/me").status_code == 200
    signin.reset_password(by=world.administrator, account=world.clerk.accounts.get().pk)
    assert client.get("/me").headers["Location"].startswith(LOGIN)


def test_a_disabled_account_is_out_at_once(world, client_of):
    client = client_of(world.clerk)
    signin.set_active(by=world.administrator, account=world.clerk.accounts.get().pk, active=False)
    assert client.get("/me").headers["Location"].startswith(LOGIN)
    again, answer = sign_in(f"经办人@{world.office.pk}", PASSWORD)
    assert "停用" in again.get(answer.headers["Location"]).content.decode()
    assert again.get("/me").status_code == 302


def test_half_an_hour_of_silence_ends_the_session(world, client_of, monkeypatch):
    import luoshi.web.middleware as middleware

    client = client_of(world.clerk)
    assert client.get("/me").status_code == 200
    start = middleware.time.time()
    monkeypatch.setattr(middleware.time, "time", lambda: start + middleware.IDLE_SECONDS + 61)
    assert client.get("/me").headers["Location"].startswith(LOGIN)


def test_signing_in_changes_the_session(world):
    client = Client()
    client.get(LOGIN)
    session = client.session
    session["planted"] = "x"
    session.save()
    before = session.session_key
    client.post(LOGIN, {"login": f"经办人@{world.office.pk}", "password": PASSWORD})
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_after_sign_in_only_own_pages(world, target):
    _, answer = sign_in(f"经办人@{world.office.pk}", PASSWORD, next=target)
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    "path",
    ["/account/signup", "/account/email", "/account/password/reset", "/accounts/login/", "/admin/"],
)
def test_pages_that_do_not_exist(world, client_of, path):
    assert client_of(world.clerk).get(path).status_code == 404


def test_pages_about_people_are_the_administrators(world, elsewhere, client_of):
    page = reverse("accounts:person", args=[world.clerk.pk])
    assert client_of(world.administrator).get(page).status_code == 200
    assert client_of(world.clerk).get(page).status_code == 403
    assert client_of(elsewhere.administrator).get(page).status_code == 404
    assert Client().get(page).status_code == 302


def test_an_administrator_does_it_all_by_form(world, client_of):
    client = client_of(world.administrator)
    answer = client.post("/people/new", {"name": "新来的", "phone": "0731-5550123"})
    assert answer.status_code == 303
    page = answer.headers["Location"]
    post = {
        "unit": world.city.pk,
        "title": "科员",
        "rank": "staff",
        "superior": world.chief.pk,
        "starts": "2026-01-05",
    }
    assert client.post(f"{page}/post", post).status_code == 303
    assert client.post(f"{page}/role", {"role": "owner"}).status_code == 303
    assert client.post(f"{page}/account", {"username": "xinlai"}).status_code == 303
    shown = client.get(page).content.decode()
    assert "初始密码" in shown
    assert "科员" in shown
    assert "责任人" in shown
    bad = client.post(f"{page}/role", {"role": "owner"})
    assert bad.status_code == 422
    assert "已经有这个角色" in bad.content.decode()


def test_nobody_gives_themselves_a_role_that_judges(world):
    from luoshi.office.journal.errors import Refused

    with pytest.raises(Refused, match="另一位管理员"):
        people.grant_role(by=world.administrator, person=world.administrator.pk, role="verifier")
