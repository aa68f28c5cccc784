"""The lines of a running server: Chinese, few, without personal data; the trace goes to a file."""

import logging
import logging.config
import stat
from io import StringIO

import pytest
from django.test import Client

from luoshi.web import logs


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Use the server's logging; return what it prints and what it keeps."""
    printed = StringIO()
    monkeypatch.setattr("sys.stderr", printed)
    before = list(logging.root.handlers)
    logging.config.dictConfig(logs.settings(tmp_path) | {"disable_existing_loggers": False})
    file = tmp_path / "log" / "errors.log"

    def found():
        return printed.getvalue(), file.read_text(encoding="utf-8") if file.exists() else ""

    yield found
    logging.root.handlers[:] = before


def test_what_visitors_do_wrong_is_not_shown(world, client_of, written):
    client = client_of(world.owner)
    client.get("/nothing-here")
    client.get("/people")
    Client(enforce_csrf_checks=True).post("/account/login", {"login": "责任人", "password": "x"})
    Client().post("/account/login", {"login": "责任人", "password": "wrong-password"})
    Client().get("/ledger", HTTP_HOST="<b>居民</b>")
    assert written() == ("", "")


def test_a_name_that_was_forgotten_is_shown_once(db, written):
    for _ in range(3):
        assert Client().get("/ledger", HTTP_HOST="luoshi.jiedao:8000").status_code == 400
    shown, kept = written()
    assert shown.count("\n") == 1
    assert "luoshi serve --host luoshi.jiedao" in shown
    assert kept == ""
    for n in range(50):
        Client().get("/ledger", HTTP_HOST=f"a{n}.example")
    assert written()[0].count("\n") == logs.HOSTS_MOST


def test_a_failure_is_one_chinese_line_and_a_trace_in_a_file(
    world, client_of, written, monkeypatch, tmp_path
):
    from luoshi.office.ledger.views import lists

    def fails(*_args):
        raise RuntimeError("居民张桂兰")

    monkeypatch.setattr(lists, "_counts", fails)
    client = client_of(world.owner)
    client.raise_request_exception = False
    assert client.get("/ledger?q=张桂兰").status_code == 500
    shown, kept = written()
    assert len(shown.splitlines()) == 1
    assert "程序出错（页面 /ledger）" in shown
    assert "errors.log" in shown
    assert "张桂兰" not in shown
    assert "Traceback" not in shown
    assert "RuntimeError" in kept
    file = tmp_path / "log" / "errors.log"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_our_own_warnings_are_shown_as_they_are(written):
    logging.getLogger("luoshi.office.ledger.facts").warning("“诉求”的情况没有取到。")
    shown, kept = written()
    assert "提醒：“诉求”的情况没有取到。" in shown
    assert kept == ""


def test_a_librarys_error_says_whom_to_ask(written):
    logging.getLogger("axes").warning("AXES: failure by 10.0.0.1 user 责任人")
    logging.getLogger("some.library").error("boom %s", "责任人")
    shown, _ = written()
    assert "责任人" not in shown
    assert shown.count("\n") == 1
    assert "维护人员" in shown
