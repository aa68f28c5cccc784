"""The log says what failed and where, and nothing of a person."""

import io
import json
import logging

import pytest

from luoshi.web.lines import JsonLines

SECRET = "王建国13800000000"


@pytest.fixture
def log():
    """Return a logger by name that writes into a list of lines."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    loggers = []

    def named(name):
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        loggers.append(logger)
        return logger

    named.lines = lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    named.text = stream.getvalue
    yield named
    for logger in loggers:
        logger.removeHandler(handler)


def test_what_is_put_into_a_message_is_not_written(log):
    log("axes.trial").warning("login failure by %s", SECRET)
    log("axes.trial2").warning(f"put together before: {SECRET}")
    log("luoshi.trial").error("failed", extra={"status": 500, "ms": 3, "user": SECRET})
    first, second, third = log.lines()
    assert first["said"] == "login failure by %s"
    assert "said" not in second
    assert (third["said"], third["status"]) == ("failed", 500)
    assert SECRET not in log.text()


def test_an_exception_is_written_without_its_words(log):
    def fail():
        raise ValueError(SECRET)

    try:
        fail()
    except ValueError:
        log("luoshi.trial3").exception("failed")
    (line,) = log.lines()
    assert line["error"] == "ValueError"
    assert line["at"][-1].endswith(" fail")
    assert SECRET not in log.text()


def test_a_page_that_fails_leaves_a_line_without_its_address(log, monkeypatch):
    from django.test import Client

    from luoshi.web import views

    monkeypatch.setattr(views, "connection", None)
    log("django.request")
    log("luoshi.web.requests")
    answer = Client(raise_request_exception=False).get(f"/health?q={SECRET}")
    assert answer.status_code == 500
    lines = log.lines()
    assert {"health"} == {line["page"] for line in lines if "page" in line}
    assert {"AttributeError"} <= {line.get("error") for line in lines}
    assert SECRET not in log.text()
