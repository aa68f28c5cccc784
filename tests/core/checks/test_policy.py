"""An office's settings and persons' acceptances: what they take away is always counted."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.checks import Finding, policy
from luoshi.core.checks.model import Meta
from luoshi.core.checks.policy import (
    Acceptance,
    Policy,
    PolicyError,
    Setting,
    apply,
    fingerprints,
    parse_acceptances,
    parse_policy,
)
from luoshi.core.reading import read_bytes
from luoshi.core.reading.model import Span

TEXT = "一、问题\n1.要尽快改。后来也要尽快改。\n2.作风不实，要尽快改。\n"
DOCUMENT = read_bytes(TEXT.encode(), "a.txt")
ENTRY = 'code="M107"\nquote="尽快"\nby="王芳"\nreason="已另发通知"\ndate=2026-11-23\n'


def finding(code, words, nth=0, severity="warning"):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    spans = (Span(start, start + len(words)),)
    return Finding(code, "text", severity, spans, "不妥。", "请修改。", "custom")


def accepted(code="M107", quote="", fingerprint=""):
    return Acceptance(code, quote, fingerprint, "王芳", "已另发通知", date(2026, 11, 23))


ONE = (finding("M107", "作风"), finding("M101", "2.作风不实"))
THREE = tuple(finding("M107", "尽快", nth) for nth in range(3))


def test_without_settings_everything_is_kept():
    judged = apply(DOCUMENT, ONE, Policy())
    assert judged.kept == ONE
    assert judged.marks == fingerprints(DOCUMENT, ONE)
    assert (judged.off, judged.accepted, judged.unmatched, judged.ambiguous) == ((), (), (), ())


def test_what_a_rule_switched_off_would_have_said_is_counted():
    judged = apply(DOCUMENT, ONE, Policy((Setting("M107", False, None, "不查"),)))
    assert judged.kept == ONE[1:]
    assert judged.off == ONE[:1]


def test_a_rule_is_graded_anew_whatever_its_findings_were():
    findings = (finding("M107", "作风", severity="error"), finding("M107", "不实", severity="note"))
    judged = apply(DOCUMENT, findings, Policy((Setting("M107", None, "warning", "惯例"),)))
    assert [f.severity for f in judged.kept] == ["warning", "warning"]
    assert [f.spans for f in judged.kept] == [f.spans for f in findings]


def test_an_acceptance_takes_away_the_one_finding_it_quotes():
    judged = apply(DOCUMENT, ONE, Policy(), (accepted(quote="作 风"),))
    assert judged.kept == ONE[1:]
    assert judged.accepted == ((ONE[0], accepted(quote="作 风")),)


@pytest.mark.parametrize(
    "entry", [accepted("M101", "作风"), accepted("M107", "作"), accepted(fingerprint="0" * 12)]
)
def test_an_acceptance_that_fits_nothing_is_told(entry):
    judged = apply(DOCUMENT, ONE, Policy(), (entry,))
    assert judged.kept == ONE
    assert judged.unmatched == (entry,)


def test_a_quote_that_stands_in_several_places_accepts_none_of_them():
    entry = accepted(quote="尽快")
    judged = apply(DOCUMENT, THREE, Policy(), (entry,))
    assert judged.kept == THREE
    assert judged.ambiguous == (entry,)


def test_a_fingerprint_accepts_one_of_several_and_the_others_keep_theirs():
    marks = fingerprints(DOCUMENT, THREE)
    assert len(set(marks)) == 3
    judged = apply(DOCUMENT, THREE, Policy(), (accepted(fingerprint=marks[0]),))
    assert judged.kept == THREE[1:]
    assert judged.marks == marks[1:]


def test_a_fingerprint_does_not_depend_on_the_other_findings():
    text = "要尽快改，尽快。\n要尽快改，尽快。\n"
    document = read_bytes(text.encode(), "a.txt")
    places = [m.start() for m in re.finditer("尽快", text)]
    findings = tuple(
        Finding("M107", "text", "note", (Span(at, at + 2),), "不妥。", "请改。", "custom")
        for at in places
    )
    marks = fingerprints(document, findings)
    assert len(set(marks)) == 4
    assert tuple(fingerprints(document, (one,))[0] for one in findings) == marks


def test_findings_alike_in_everything_are_counted():
    twice = (THREE[2], THREE[2])
    first, second = fingerprints(DOCUMENT, twice)
    assert second == first + "-2"
    judged = apply(DOCUMENT, twice, Policy(), (accepted(fingerprint=second),))
    assert judged.marks == (first,)


def test_a_fingerprint_stays_when_other_passages_change():
    longer = read_bytes(("前言。\n" + TEXT).encode(), "a.txt")
    shift = len("前言。\n")
    moved = tuple(
        Finding(f.code, f.family, f.severity, tuple(Span(a + shift, b + shift) for a, b in f.spans),
                f.message, f.why, f.basis)
        for f in THREE
    )  # fmt: skip
    assert fingerprints(longer, moved) == fingerprints(DOCUMENT, THREE)


def test_a_fingerprint_changes_with_the_sentence():
    other = read_bytes(TEXT.replace("作风不实", "作风不硬").encode(), "a.txt")
    assert fingerprints(other, THREE)[:2] == fingerprints(DOCUMENT, THREE)[:2]
    assert fingerprints(other, THREE)[2] != fingerprints(DOCUMENT, THREE)[2]


def test_a_finding_without_a_place_can_be_accepted_by_its_fingerprint():
    bare = Finding("S101", "structure", "error", (), "缺少一部分。", "请补写。", "seen")
    (mark,) = fingerprints(DOCUMENT, (bare,))
    judged = apply(DOCUMENT, (bare,), Policy(), (accepted("S101", fingerprint=mark),))
    assert judged.kept == ()


def test_an_accepted_finding_of_a_rule_switched_off_is_counted_once():
    off = Policy((Setting("M107", False, None, "不查"),))
    judged = apply(DOCUMENT, ONE, off, (accepted(quote="作风"),))
    assert (len(judged.off), judged.accepted, judged.unmatched) == (1, (), ())


@given(
    st.lists(st.sampled_from([*ONE, *THREE]), max_size=6),
    st.lists(st.sampled_from(["M107", "M101"]), unique=True),
    st.lists(st.sampled_from(["作风", "尽快", "2.作风不实", "没有"]), max_size=4),
)
def test_nothing_is_lost(findings, off, quotes):
    settings = Policy(tuple(Setting(code, False, None, "不查") for code in off))
    entries = tuple(accepted(quote=quote) for quote in quotes)
    judged = apply(DOCUMENT, tuple(findings), settings, entries)
    assert len(judged.kept) + len(judged.off) + len(judged.accepted) == len(findings)
    assert len(judged.marks) == len(judged.kept)


def test_rules_that_are_off_still_run_and_every_report_can_tell_them(monkeypatch):
    metas = [Meta("A1", "", "text", "note", "custom", ""),
             Meta("A2", "", "text", "note", "custom", "", on=False)]  # fmt: skip
    rules = tuple(SimpleNamespace(META=meta) for meta in metas)
    monkeypatch.setattr(policy, "all_rules", lambda: rules)
    assert Policy().rules() == rules
    assert [(s.code, s.reason) for s in Policy().off()] == [("A2", policy.OFF_BY_ITSELF)]
    both = Policy((Setting("A1", False, None, "不查"), Setting("A2", None, "error", "从严")))
    assert [s.code for s in both.off()] == ["A1", "A2"]
    assert Policy((Setting("A2", True, None, "要查"),)).off() == ()
    found = (finding("A1", "作风"), finding("A2", "作风"))
    assert apply(DOCUMENT, found, Policy()).off == found[1:]
    assert apply(DOCUMENT, found, Policy((Setting("A2", True, None, "要查"),))).kept == found


def test_settings_are_read():
    text = (
        '[rules.M101]\noff = true\nreason = "另有台账"\n[rules.M102]\nseverity = "note"\n'
        'reason = " 惯例 "\n[rules.B101]\noff = false\nreason = "要查"\n'
    )
    found = parse_policy(text)
    assert found.settings == (
        Setting("M101", False, None, "另有台账"),
        Setting("M102", None, "note", "惯例"),
        Setting("B101", True, None, "要查"),
    )
    assert [s.code for s in found.off()] == ["M101"]
    assert [s.code for s in found.changed()] == ["M102", "B101"]
    assert parse_policy("") == Policy()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[rules.M999]\noff=true\nreason="甲"', "没有“M999”这条规则"),
        ("[rules.M101]\noff=true", "缺少 reason"),
        ('[rules.M101]\noff=true\nreason="  "', "缺少 reason"),
        ("[rules.M101]\noff=true\nreason=3", "缺少 reason"),
        ('[rules.M101]\nreason="甲"', "二者选一"),
        ('[rules.M101]\noff=true\nseverity="note"\nreason="甲"', "二者选一"),
        ('[rules.M101]\noff="是"\nreason="甲"', "只能写 true"),
        ('[rules.M101]\nseverity="低"\nreason="甲"', "只能写 error"),
        ('[rules.M101]\noff=true\nreason="甲"\nuntil=3', "不认识“until”"),
        ('[rule.M101]\noff=true\nreason="甲"', "不认识“rule”"),
        ("rules = 3", "[rules.编号]"),
        ("[rules]\nM101 = true", "off 或 severity"),
        ("[rules.M101]\noff = 是", "第 2 行附近"),
        ('[rules.M101]\nreason = "甲', "附近写法不对"),
    ],
)
def test_settings_that_cannot_be_followed_are_refused(text, words):
    with pytest.raises(PolicyError) as caught:
        parse_policy(text)
    assert words in str(caught.value)


def test_acceptances_are_read():
    text = "[[accepted]]\n" + ENTRY
    text += text.replace('quote="尽快"', 'fingerprint="abc"').replace("M107", "m107")
    assert parse_acceptances(text) == (accepted(quote="尽快"), accepted(fingerprint="abc"))
    assert parse_acceptances("") == ()


@pytest.mark.parametrize("key", ["code", "by", "reason", "date"])
def test_an_acceptance_names_rule_person_reason_and_date(key):
    lines = [line for line in ENTRY.splitlines() if not line.startswith(key)]
    with pytest.raises(PolicyError, match=f"第 1 条接受.*{key}"):
        parse_acceptances("[[accepted]]\n" + "\n".join(lines))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('quote="尽快"', "", "二者选一"),
        ('quote="尽快"', 'quote="尽快"\nfingerprint="a"', "二者选一"),
        ('quote="尽快"', 'quote=""', "缺少 quote"),
        ('by="王芳"', 'by="　"', "缺少 by"),
        ("date=2026-11-23", 'date="2026-11-23"', "不加引号"),
        ("date=2026-11-23", "date=2026-11-23T08:00:00", "不加引号"),
        ('by="王芳"', 'by="王芳"\nnote="甲"', "不认识“note”"),
        ("[[accepted]]", "[accepted]", "[[accepted]]"),
        ("[[accepted]]", "[[accept]]", "不认识“accept”"),
    ],
)
def test_acceptances_that_cannot_be_followed_are_refused(old, new, words):
    with pytest.raises(PolicyError) as caught:
        parse_acceptances(("[[accepted]]\n" + ENTRY).replace(old, new))
    assert words in str(caught.value)


def test_two_findings_on_one_measure_are_told_as_one():
    same = (finding("M102", "2.作风不实"), finding("M103", "2.作风不实"))
    judged = apply(DOCUMENT, same, Policy())
    assert [f.code for f in judged.kept] == ["M103"]
    assert judged.kept[0].message == "不妥，也没有对应前面提出的任何问题。"
    assert judged.marks == fingerprints(DOCUMENT, same)[1:]


def test_what_is_switched_off_or_accepted_takes_no_other_finding_with_it():
    same = (finding("M102", "2.作风不实"), finding("M103", "2.作风不实"))
    off = apply(DOCUMENT, same, Policy((Setting("M103", False, None, "不查"),)))
    assert [f.code for f in off.kept] == ["M102"]
    taken = apply(DOCUMENT, same, Policy(), (accepted("M103", "2.作风不实"),))
    assert [f.code for f in taken.kept] == ["M102"]
    apart = (finding("M102", "作风"), finding("M103", "2.作风不实"))
    assert apply(DOCUMENT, apart, Policy()).kept == apart
