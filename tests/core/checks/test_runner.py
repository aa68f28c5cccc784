"""Running all rules: the order, and what a finding must say."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from luoshi.core import checks
from luoshi.core.checks import Finding, Meta, Objection, Report, run
from luoshi.core.material import split
from luoshi.core.reading import read_bytes
from luoshi.core.reading.model import Span

TEXT = "一、存在的主要问题\n1.甲不够。\n2.乙不够。\n二、整改措施\n1.要丙。\n2.要丁。\n"
MEASURES = [rule for rule in checks.all_rules() if rule.META.code in {"M101", "M102"}]


def rule(code, *objections, on=True):
    meta = Meta(code, "不妥", "text", "note", "custom", "请修改。", on)
    return SimpleNamespace(META=meta, find=lambda page: iter(objections))


def objection(*spans, **fields):
    return Objection(spans, "不妥。", **fields)


@pytest.fixture(scope="module")
def bare():
    return replace(split(read_bytes(TEXT.encode())), links=())


def codes(findings):
    return [found.code for found in findings]


def test_findings_come_in_text_order_whatever_the_order_of_the_rules(bare):
    rules = [
        rule("X1", objection(Span(9, 10)), objection(Span(1, 2))),
        rule("X2", objection(Span(3, 5))),
        rule("X3", objection()),
    ]
    assert codes(run(bare, rules)) == ["X3", "X1", "X2", "X1"]


def test_findings_at_one_place_come_in_the_order_of_their_codes(bare):
    rules = [rule("X2", objection(Span(3, 5))), rule("X1", objection(Span(3, 9)))]
    assert codes(run(bare, rules)) == ["X1", "X2"]


def test_a_finding_is_the_objection_with_what_is_fixed_about_its_rule(bare):
    plain, own = run(
        bare,
        [
            rule(
                "X1",
                objection(Span(3, 5)),
                objection(Span(7, 9), severity="error", why="另因。", fix="改"),
            )
        ],
    )
    assert plain == Finding("X1", "text", "note", (Span(3, 5),), "不妥。", "请修改。", "custom", "")
    assert (own.severity, own.why, own.fix) == ("error", "另因。", "改")


def test_a_rule_that_is_off_runs_only_when_it_is_asked_for(bare, monkeypatch):
    rules = (rule("X1", objection(Span(3, 5)), on=False), rule("X2", objection(Span(3, 5))))
    monkeypatch.setattr(checks, "all_rules", lambda: rules)
    assert codes(run(bare)) == ["X2"]
    assert codes(run(bare, rules)) == ["X1", "X2"]
    assert run(bare, []) == ()


def test_without_links_everything_is_left_open(bare):
    text = bare.document.text
    assert [(f.code, text[slice(*f.spans[0])]) for f in run(bare, MEASURES)] == [
        ("M101", "1.甲不够。"),
        ("M101", "2.乙不够。"),
        ("M102", "1.要丙。"),
        ("M102", "2.要丁。"),
    ]


def test_what_a_finding_says(bare):
    for found in run(bare, MEASURES):
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
