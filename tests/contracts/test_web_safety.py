"""What every answer carries, and what no template may hold: headers, secrets of pages, addresses."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.contracts.web_office import Everything, routes
from tests.office.make import PASSWORD

SOURCE = Path(__file__).resolve().parents[2] / "src" / "luoshi"
TEMPLATES = sorted((SOURCE / "office").rglob("*.html")) + sorted((SOURCE / "web").rglob("*.html"))
OTHER_HOST = re.compile(r"(?i)(?:https?:)?//(?!www\.w3\.org/)[\w.-]+\.\w+")
ACTIVE = {
    "a style in an element": re.compile(r"(?i)<[^>]*\sstyle\s*="),
    "a handler in an element": re.compile(r"(?i)<[a-z][^>]*\son[a-z]+\s*="),
    "a script of its own": re.compile(r"(?i)<script(?![^>]*\ssrc=)[^>]*>\s*\S"),
    "styles of its own": re.compile(r"(?i)<style"),
    "an address that runs": re.compile(
        r"(?i)(?:href|src|action)\s*=\s*[\"']?\s*(?:javascript|data):"
    ),
    "a frame": re.compile(r"(?i)<(?:iframe|object|embed|base)\b"),
    "a page elsewhere": re.compile(r"(?i)(?:href|src|action)\s*=\s*[\"'](?:https?:)?//"),
}
#: Ways to let text through unescaped.
UNSAFE = re.compile(r"\|\s*safe\b|\bautoescape\s+off|mark_safe|format_html_join|SafeString")


#: The library draws this picture of a secret; it holds no words.
QR = "{{ totp_svg|safe }}"


def pages(world, client_of):
    """Yield the name and answer of every page, asked for by somebody who may see it."""
    here = Everything(world)
    clients = [client_of(who) for who in here.persons()]
    for route in routes():
        for client in clients:
            answer = client.get(here.address(route))
            if answer.status_code in {200, 409}:  # a form that cannot be used now says so
                yield route.name, answer
                break


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_anything_active(template):
    text = template.read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", text, flags=re.S)
    for what, pattern in ACTIVE.items():
        assert not pattern.search(text), what
    assert not OTHER_HOST.search(text)
    assert not UNSAFE.search(text.replace(QR, ""))
    for form in re.findall(r"(?is)<form\b.*?</form>", text):
        if re.search(r"(?i)method\s*=\s*[\"']post", form):
            assert "{% csrf_token %}" in form or "_form.html" in form


def test_no_python_lets_text_through_unescaped():
    found = {
        str(path.relative_to(SOURCE))
        for path in (*SOURCE.glob("office/**/*.py"), *SOURCE.glob("web/**/*.py"))
        if UNSAFE.search(path.read_text(encoding="utf-8"))
    }
    assert not found


def test_styles_and_scripts_reach_for_nothing_elsewhere():
    for path in SOURCE.rglob("static/**/*"):
        if path.suffix in {".css", ".js"}:
            text = path.read_text(encoding="utf-8")
            assert not OTHER_HOST.search(re.sub(r"/\*.*?\*/", "", text, flags=re.S)), path
            assert "@import" not in text


def policy(answer):
    parts = answer.headers["Content-Security-Policy"].split(";")
    return {p.split()[0]: p.split()[1:] for p in parts if p.strip()}


def test_every_page_carries_the_headers_and_nothing_active(world, client_of):
    seen = 0
    for name, answer in pages(world, client_of):
        seen += 1
        rules = policy(answer)
        words = " ".join(answer.headers["Content-Security-Policy"].split())
        assert "unsafe" not in words, name
        assert "*" not in words, name
        assert "http" not in words, name
        assert rules["default-src"] == ["'none'"], name
        assert answer.headers["X-Frame-Options"] == "DENY", name
        assert answer.headers["X-Content-Type-Options"] == "nosniff", name
        assert answer.headers["Referrer-Policy"] == "same-origin", name
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", name
        if answer.headers["Content-Type"].startswith("text/html"):
            text = answer.content.decode()
            assert rules["frame-ancestors"] == ["'none'"], name
            assert rules["form-action"] == ["'self'"], name
            assert rules["base-uri"] == ["'none'"], name
            for what, pattern in ACTIVE.items():
                assert not pattern.search(text), (name, what)
            assert "no-store" in answer.headers.get("Cache-Control", ""), name
    assert seen >= 90


def test_even_what_is_wrong_carries_them(client_of, world):
    for client in (Client(), client_of(world.reviewer)):
        for path in ("/nothing/here", "/ledger/999999", "/people"):
            answer = client.get(path)
            assert policy(answer)["default-src"] == ["'none'"]
            assert answer.headers["X-Frame-Options"] == "DENY"


def test_a_download_runs_nowhere(world, client_of):
    here = Everything(world)
    for name in ("ledger:evidence-file", "examinations:file"):
        route = next(r for r in routes() if r.name == name)
        answer = client_of(world.head).get(here.address(route))
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"]


def test_no_post_without_the_secret_of_the_page(world, client_of):
    here = Everything(world)
    for who in (*here.persons(), None):
        client = Client(enforce_csrf_checks=True)
        if who is not None:
            client.cookies = client_of(who).cookies
        for route in routes():
            answer = client.post(here.address(route), {"version": 1})
            assert answer.status_code == 403, route
            assert "重新打开后再提交" in answer.content.decode()
            assert "CSRF" not in answer.content.decode()


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1:80@evil.example",
                                  "evil.example:8000", "[::1].evil.example"])  # fmt: skip
def test_a_host_that_is_not_ours(world, host):
    for path in ("/account/login", "/ledger", "/health"):
        answer = Client(HTTP_HOST=host).get(path)
        assert answer.status_code == 400
        assert answer.content.decode().startswith("这个请求无法处理")
        assert "evil" not in answer.content.decode()


def test_a_forwarded_host_is_not_believed(world, client_of):
    client = client_of(world.reviewer)
    answer = client.get("/ledger", HTTP_X_FORWARDED_HOST="evil.example")
    assert "evil.example" not in answer.content.decode()
    answer = Client().get("/ledger", HTTP_X_FORWARDED_HOST="evil.example")
    assert answer.headers["Location"].startswith("/account/login")


ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)",
             "https:evil.example", "\thttps://evil.example", "/\t/evil.example"]  # fmt: skip


@pytest.mark.parametrize("target", ELSEWHERE)
@pytest.mark.parametrize("name", ["account_login", "account_logout", "account_reauthenticate"])
def test_no_page_sends_people_elsewhere(world, client_of, target, name):
    client = Client() if name == "account_login" else client_of(world.reviewer)
    login = {"login": f"审阅人@{world.office.pk}", "password": PASSWORD}
    answer = client.post(reverse(name), {**login, "next": target})
    assert answer.status_code in {200, 302}
    where = answer.headers.get("Location", "/")
    assert where.startswith("/")
    assert not where.startswith(("//", "/\\", "/\t"))


def test_cookies_are_kept_from_scripts_and_other_sites(world):
    client = Client()
    client.get("/account/login")
    client.post("/account/login", {"login": f"审阅人@{world.office.pk}", "password": PASSWORD})
    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies[name]
        assert cookie["httponly"]
        assert cookie["samesite"] in {"Lax", "Strict"}
    assert not settings.DEBUG


def test_with_https_cookies_and_pages_stay_with_it(tmp_path):
    import os
    import subprocess
    import sys

    check = (
        "import django; django.setup(); from django.conf import settings as s;"
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.SECURE_SSL_REDIRECT;"
        "assert s.SECURE_HSTS_SECONDS >= 31536000"
    )
    environment = os.environ | {"LUOSHI_HTTPS": "1", "LUOSHI_HOME": str(tmp_path),
                                "DJANGO_SETTINGS_MODULE": "luoshi.web.settings"}  # fmt: skip
    done = subprocess.run([sys.executable, "-c", check], env=environment, capture_output=True,
                          text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
