"""Every rule against its cases (cases/CODE.toml): where it objects and where it keeps quiet.

A ``[[case]]`` holds a paper of its own; a ``[[said]]`` puts a sentence into a part of one of
the whole papers in ``papers/``, in which no rule of these families finds anything by itself.
``earlier`` are the author's materials before it, oldest first, and ``quoted`` what is told of them.
"""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from luoshi.core.checks import all_rules, run
from luoshi.core.material import split
from luoshi.core.reading import read_bytes
from luoshi.core.reading.model import Span

FOLDER = Path(__file__).parent / "cases"
PAPERS = {path.stem: path.read_text("utf-8") for path in FOLDER.parent.glob("papers/*.txt")}
SLOT = re.compile(r"\{(\w+)\}")
RULES = {rule.META.code: rule for rule in all_rules()}
CASES = [
    pytest.param(path.stem.upper(), case, id=f"{path.stem}-{case['name']}")
    for path in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8")).get("case", ())
]


SAID = [
    pytest.param(path.stem.upper(), row, id=f"{path.stem}-{row['paper']}-{row['says'][:16]}")
    for path in sorted(FOLDER.glob("*.toml"))
    for row in tomllib.loads(path.read_text(encoding="utf-8")).get("said", ())
]


FINE = [
    pytest.param(row, id=f"{row['paper']}-{row['says'][:16]}")
    for row in tomllib.loads((FOLDER.parent / "fine.toml").read_text("utf-8"))["said"]
]


def paper(name, part="", words=""):
    return SLOT.sub(lambda slot: words if slot[1] == part else "", PAPERS[name])


def examine(text):
    return split(read_bytes(text.lstrip().encode(), "a.txt"))


@pytest.mark.parametrize(("code", "case"), CASES)
def test_case(code, case):
    done = examine(case["text"])
    earlier = [examine(text) for text in case.get("earlier", ())]
    findings = run(done, [RULES[code]], earlier)
    assert [done.document.text[slice(*f.spans[0])] for f in findings] == case["found"]
    texts = [each.document.text for each in earlier]
    told = [[texts[q.material][slice(*q.span)] for q in f.earlier] for f in findings]
    assert told == case.get("quoted", [[] for _ in findings])
    assert [f.severity for f in findings] == case.get("severity", [f.severity for f in findings])
    assert all(words in f.message for f, words in zip(findings, case.get("says", ()), strict=False))
    for finding in findings:
        assert finding.code == code


@pytest.mark.parametrize(("code", "row"), SAID)
def test_said(code, row):
    done = examine(paper(row["paper"], row["part"], row["says"]))
    findings = [f for f in run(done, [RULES[code]]) if f.severity != "note"]
    assert [done.document.text[slice(*f.spans[0])] for f in findings] == row["found"]


def grave(text):
    """Return what the two families object to; a note is no objection."""
    rules = [rule for rule in RULES.values() if rule.META.family in ("structure", "identity")]
    found = run(examine(text), rules)
    return [(f.code, f.message) for f in found if f.severity != "note"]


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_the_papers_themselves_are_clean(name):
    assert grave(paper(name)) == []


@pytest.mark.parametrize("row", FINE)
def test_what_looks_wrong_and_is_right(row):
    assert grave(paper(row["paper"], row["part"], row["says"])) == []


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_rule_has_cases_that_object_and_cases_that_do_not(code):
    rows = [c.values for c in (*CASES, *SAID)]
    found = [bool(case["found"]) for owner, case in rows if owner == code]
    assert True in found
    assert False in found


def test_every_case_file_belongs_to_a_rule():
    assert {path.stem.upper() for path in FOLDER.glob("*.toml")} == set(RULES)


def test_stray_sentences_of_measures_are_reported_in_text_order():
    text = "一、存在的主要问题\n1.甲不够。\n二、整改措施\n1.要改甲。要办市集。\n2.要办节会。\n"
    start = text.index("要办市集。")
    done = replace(examine(text), links=(), stray=(Span(start, start + 5),))
    places = [finding.spans[0] for finding in run(done, [RULES["M102"]])]
    assert places == sorted(places)
    assert Span(start, start + 5) in places
