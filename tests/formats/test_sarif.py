"""SARIF: valid against the schema, and every region leads back to the words it is about."""

import json
from pathlib import Path, PurePosixPath

import pytest
from finding_maker import finding, report_on, span_of
from jsonschema import Draft4Validator

from docx_maker import docx, paragraph
from luoshi.core import checks
from luoshi.core.checks import Report
from luoshi.core.checks.policy import fingerprints
from luoshi.core.material import split
from luoshi.core.reading import read_bytes
from luoshi.core.reading.model import ReadError
from luoshi.formats.sarif import Checked, Graded, sarif_log

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "src" / "luoshi" / "data" / "samples"
VALIDATOR = Draft4Validator(
    json.loads((ROOT / "tests" / "files" / "sarif-schema-2.1.0.json").read_text("utf-8"))
)
TEXT = "一、存在的主要问题\n1.甲𠀀不够。\n2.乙不够。\n二、整改措施\n1.要丙。\n"


def checked(path, report, **more):
    return Checked(path, report, fingerprints(report.document, report.findings), **more)


def valid(log):
    assert [error.message for error in VALIDATOR.iter_errors(log)] == []
    return log


def log_of(report, path="a.txt"):
    log = valid(sarif_log([checked(path, report)]))
    assert json.loads(json.dumps(log)) == log
    return log["runs"][0]


def only(report, path="a.txt"):
    (result,) = log_of(report, path)["results"]
    return result


def region(result, key="locations"):
    return result[key][0]["physicalLocation"]["region"]


def words_at(lines, found):
    """What a reader of SARIF finds at a region, from lines cut as UTF-16."""
    cut = [line.encode("utf-16-le") for line in lines]
    first, last = found["startLine"] - 1, found["endLine"] - 1
    pieces = cut[first : last + 1]
    pieces[-1] = pieces[-1][: 2 * (found["endColumn"] - 1)]
    pieces[0] = pieces[0][2 * (found["startColumn"] - 1) :]
    return b"\n\0".join(pieces).decode("utf-16-le")


@pytest.mark.parametrize(
    "name", ["self-examination.md", "self-examination.docx", "self-examination.pdf"]
)
def test_all_findings_about_the_sample_make_a_valid_log(name):
    document = read_bytes((SAMPLES / name).read_bytes(), name)
    examination = split(document)
    report = Report(document, examination, checks.run(examination))
    run = log_of(report, f"材料/{name}")
    assert len(run["results"]) == len(report.findings) > 10
    rules = run["tool"]["driver"]["rules"]
    for result, each in zip(run["results"], report.findings, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == each.code
        assert result["level"] == each.severity
        if each.spans:
            where = region(result)
            assert (where["charOffset"], where["charLength"]) == (
                each.spans[0].start,
                each.spans[0].end - each.spans[0].start,
            )
        assert len(result.get("relatedLocations", ())) == max(0, len(each.spans) - 1)
    marks = [(r["ruleId"], r["partialFingerprints"]["luoshi/v1"]) for r in run["results"]]
    assert len(set(marks)) == len(marks)


def test_columns_count_utf_16_code_units():
    span = span_of(TEXT, "不够")
    result = only(report_on(TEXT.encode(), finding(span)))
    assert region(result) == {
        "startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 8,
        "charOffset": span.start, "charLength": 2, "snippet": {"text": "不够"},
    }  # fmt: skip


def test_regions_over_several_lines_lead_back_to_the_words():
    span = span_of(TEXT, "𠀀不够。\n2.乙")
    found = region(only(report_on(TEXT.encode(), finding(span))))
    assert words_at(TEXT.split("\n"), found) == "𠀀不够。\n2.乙"


@pytest.mark.parametrize(
    "data", [TEXT.replace("\n", "\r\n").encode(), TEXT.replace("\n", "\r").encode()]
)
def test_offsets_that_would_not_hold_in_the_file_are_left_out(data):
    found = region(only(report_on(data, finding(span_of(TEXT, "乙不够")))))
    assert "charOffset" not in found
    assert words_at(TEXT.split("\n"), found) == "乙不够"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16-le"])
def test_offsets_hold_in_every_encoding(encoding):
    span = span_of(TEXT, "乙不够")
    found = region(only(report_on(TEXT.encode(encoding), finding(span))))
    assert (found["charOffset"], found["charLength"]) == (span.start, 3)


def test_a_docx_is_counted_in_paragraphs_and_named_in_words():
    data = docx(paragraph("一、存在的主要问题") + paragraph("1.甲不够。"))
    result = only(report_on(data, finding((12, 14), fix="很好")), "a.docx")
    assert region(result) == {
        "startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 5,
        "charOffset": 12, "charLength": 2, "snippet": {"text": "甲不"},
    }  # fmt: skip
    assert result["locations"][0]["message"]["text"] == "第2段"
    # What would be put into the text of a package cannot be put into the package.
    assert "fixes" not in result


def test_a_fix_replaces_exactly_the_words_objected_to():
    span = span_of(TEXT, "乙不够")
    result = only(report_on(TEXT.encode(), finding(span, fix="乙{0}不足")))
    ((change,),) = [fix["artifactChanges"] for fix in result["fixes"]]
    (replacement,) = change["replacements"]
    assert words_at(TEXT.split("\n"), replacement["deletedRegion"]) == "乙不够"
    assert replacement["insertedContent"]["text"] == "乙{0}不足"


def test_a_finding_without_a_place_is_about_the_file():
    place = only(report_on(TEXT.encode(), finding()))["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "a.txt", "index": 0}}


def test_braces_in_messages_are_doubled():
    result = only(report_on(TEXT.encode(), finding((0, 1), message="{0}不妥。", why="")))
    assert result["message"]["text"] == "{{0}}不妥。"


def test_a_rule_known_only_from_findings_is_listed_once():
    run = log_of(report_on(TEXT.encode(), finding((0, 1)), finding((2, 3))))
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ids.count("X101") == 1
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("材料/a b#1.txt", "%E6%9D%90%E6%96%99/a%20b%231.txt"),
        ("12:30.txt", "12%3A30.txt"),
        ("./a%.txt", "a%25.txt"),
    ],
)
def test_paths_become_relative_uris(path, uri):
    run = log_of(report_on(TEXT.encode(), finding((0, 1))), path)
    assert run["artifacts"][0]["location"]["uri"] == uri


def test_absolute_paths_become_file_uris():
    path = str(Path.cwd() / "材料.txt")
    run = log_of(report_on(TEXT.encode()), path)
    uri = run["artifacts"][0]["location"]["uri"]
    assert uri.startswith("file:///")
    assert PurePosixPath(uri).name == "%E6%9D%90%E6%96%99.txt"


def test_several_files_stand_in_one_run():
    one = report_on(TEXT.encode(), finding((0, 1)))
    log = valid(sarif_log([checked("a.txt", one), checked("b.txt", one)]))
    places = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]
        for result in log["runs"][0]["results"]
    ]
    assert places == [{"uri": "a.txt", "index": 0}, {"uri": "b.txt", "index": 1}]


def test_the_mark_of_a_finding_stays_when_lines_before_it_change():
    before = only(report_on(TEXT.encode(), finding(span_of(TEXT, "乙不够"))))
    moved = "新的一行。\n" + TEXT
    after = only(report_on(moved.encode(), finding(span_of(moved, "乙不够"))))
    assert before["partialFingerprints"] == after["partialFingerprints"]


def test_an_accepted_finding_is_there_but_suppressed():
    one, two = finding((0, 1)), finding((2, 3))
    report = report_on(TEXT.encode(), one)
    words = "已另发通知（王芳，2026-11-23）"
    log = valid(sarif_log([checked("a.txt", report, accepted=((two, "abc", words),))]))
    left, taken = log["runs"][0]["results"]
    # Once one result has suppressions, the others must have an empty list of them (3.27.23).
    assert left["suppressions"] == []
    assert taken["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": words}
    ]
    assert taken["partialFingerprints"] == {"luoshi/v1": "abc"}


def test_what_the_office_changed_and_what_failed_is_told():
    graded = [Graded("M101", False, None, "另有台账"), Graded("B102", True, "warning", "从严")]
    failures = [("坏.docx", ReadError("damaged", "读不出来。"))]
    log = valid(sarif_log([checked("a.txt", report_on(TEXT.encode()))], graded, failures))
    run = log["runs"][0]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    off, changed = invocation["ruleConfigurationOverrides"]
    rules = run["tool"]["driver"]["rules"]
    assert rules[off["descriptor"]["index"]]["id"] == "M101"
    assert off["configuration"] == {"enabled": False}
    assert changed["configuration"] == {"enabled": True, "level": "warning"}
    assert changed["properties"]["reason"] == "从严"
    (notice,) = invocation["toolExecutionNotifications"]
    assert notice["message"]["text"] == "读不出来。"
    (invocation,) = log_of(report_on(TEXT.encode()))["invocations"]
    assert invocation == {"executionSuccessful": True}


def test_every_rule_brings_its_help():
    rules = log_of(report_on(TEXT.encode()))["tool"]["driver"]["rules"]
    assert len(rules) > 60
    for rule in rules:
        assert "查什么：" in rule["help"]["text"]
        assert "**为什么**" in rule["help"]["markdown"]
        assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")
        assert rule["properties"]["tags"]


def test_a_result_names_the_point_it_is_in():
    result = only(report_on(TEXT.encode(), finding(span_of(TEXT, "乙不够"))))
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "一/2"}]
    heading = only(report_on(TEXT.encode(), finding((0, 1))))
    assert "logicalLocations" not in heading["locations"][0]
