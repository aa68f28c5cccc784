"""Running all rules: the order, and what a finding must say."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from luoshi.core import checks
from luoshi.core.checks import Finding, Report, run
from luoshi.core.material import split
from luoshi.core.reading import read_bytes
from luoshi.core.reading.model import Span

TEXT = "一、存在的主要问题\n1.甲不够。\n2.乙不够。\n二、整改措施\n1.要丙。\n2.要丁。\n"


def finding(code, *spans):
    return Finding(code, "text", "note", spans, "不妥。", "请修改。", "custom")


@pytest.fixture(scope="module")
def bare():
    return replace(split(read_bytes(TEXT.encode())), links=())


def test_findings_come_in_text_order_whatever_the_order_of_the_rules(bare, monkeypatch):
    late, early, whole = (finding("X1", Span(9, 10)), finding("X2", Span(3, 5)), finding("X3"))
    rules = [SimpleNamespace(CODE=f.code, find=lambda _, f=f: [f]) for f in (late, early, whole)]
    monkeypatch.setattr(checks, "ALL", rules)
    assert run(bare) == (whole, early, late)


def test_findings_at_one_place_come_in_the_order_of_their_codes(bare, monkeypatch):
    one, other = finding("X2", Span(3, 5)), finding("X1", Span(3, 9))
    rule = SimpleNamespace(CODE="X", find=lambda _: [one, other])
    monkeypatch.setattr(checks, "ALL", [rule])
    assert run(bare) == (other, one)


def test_without_links_everything_is_left_open(bare):
    text = bare.document.text
    assert [(f.code, text[slice(*f.spans[0])]) for f in run(bare)] == [
        ("M101", "1.甲不够。"),
        ("M101", "2.乙不够。"),
        ("M102", "1.要丙。"),
        ("M102", "2.要丁。"),
    ]


def test_what_a_finding_says(bare):
    for found in run(bare):
        assert found.severity in {"error", "warning", "note"}
        assert found.family == "measures"
        assert found.basis in {"law", "seen", "custom"}
        assert found.message.endswith("。")
        assert found.why.endswith("。")
        # Only law may say what is prescribed (DESIGN.md, principle 4).
        assert "规定" not in found.message + found.why or found.basis == "law"
        assert found.spans


def test_a_report_holds_all_three():
    done = split(read_bytes(TEXT.encode()))
    report = Report(done.document, done, run(done))
    assert report.document is report.examination.document
    assert all(f.spans[0].end <= len(report.document.text) for f in report.findings)
