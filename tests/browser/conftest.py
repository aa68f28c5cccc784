"""Browser tests: Debian's chromium, a server of our own, nothing from any other host."""

import os
from pathlib import Path

import pytest
from tests.browser.server import CHROMIUM, FLAGS, Server
from tests.office.make import PASSWORD

SIZES = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


def _needs_chromium() -> None:
    reason = "no chromium: apt-get install chromium fonts-noto-cjk"
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium():
    _needs_chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """A server with an item in every state."""
    _needs_chromium()
    server = Server(tmp_path_factory.mktemp("office") / "home", "items")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def empty_office(tmp_path_factory):
    """A server with people and nothing else."""
    _needs_chromium()
    server = Server(tmp_path_factory.mktemp("empty") / "home", "people")
    yield server
    server.stop()


class Watched:
    """A page whose outside requests and complaints are kept."""

    def __init__(self, context, server: Server) -> None:
        self.server = server
        self.page = context.new_page()
        self.outside: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", self._request)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _request(self, request) -> None:
        if not request.url.startswith((self.server.url, "data:", "blob:", "about:")):
            self.outside.append(request.url)

    def _console(self, message) -> None:
        # The browser itself reports every answer of 4xx; the tests look at those answers.
        if message.type in {"error", "warning"} and "the server responded with" not in message.text:
            self.complaints.append(message.text)

    def go(self, path: str):
        return self.page.goto(self.server.url + path)

    def clean(self) -> None:
        assert self.outside == []
        assert self.complaints == []


def sign_in(watched: Watched, name: str) -> None:
    page = watched.page
    watched.go("/account/login")
    page.fill("input[name=login]", watched.server.people[name])
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/account/login" not in url)


@pytest.fixture(scope="session")
def cookies():
    """Who is signed in already: signing in again and again would be held off."""
    return {}


@pytest.fixture
def browse(chromium, cookies):
    """Return a function that opens a browser for a person."""
    contexts = []

    def open_(server: Server, name: str | None, size: str = "wide", **more) -> Watched:
        key = (server.url, name)
        context = chromium.new_context(
            viewport=SIZES[size],
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            storage_state=cookies.get(key),
            **more,
        )
        contexts.append(context)
        watched = Watched(context, server)
        if name is not None and key not in cookies:
            sign_in(watched, name)
            cookies[key] = context.storage_state()
        return watched

    yield open_
    for context in contexts:
        context.close()
