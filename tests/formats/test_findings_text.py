"""Findings on the terminal: the excerpt, the marker under the right columns, the summary."""

import io
import re
from collections import Counter
from dataclasses import replace

from rich.cells import cell_len
from rich.console import Console

from luoshi.core.checks import Finding, Report
from luoshi.core.material import split
from luoshi.core.reading import read_bytes
from luoshi.core.reading.model import Span
from luoshi.formats.findings_text import (
    policy_details,
    policy_words,
    print_findings,
    print_summary,
    print_total,
    summary,
    text_record,
)

TEXT = "一、存在的问题\n1.AB作风不实。二是要尽快改。\n|甲|要尽快改|\n"
NONE = {"off": [], "changed": [], "accepted": [], "unmatched": [], "ambiguous": []}
ENTRY = {"code": "M107", "quote": "尽快", "fingerprint": "", "by": "王芳", "reason": "已发通知",
         "date": "2026-11-23"}  # fmt: skip


def read(text, name="a.txt"):
    return read_bytes(text.encode(), name)


def span(text, words):
    return Span(text.index(words), text.index(words) + len(words))


def report(findings, text=TEXT):
    examination = split(read(text))
    return Report(examination.document, examination, tuple(findings))


def finding(words="尽快", text=TEXT, severity="warning", fix="", others=()):
    spans = (span(text, words), *(span(text, other) for other in others))
    return Finding(
        "M107", "measures", severity, spans, "“尽快”不是时限。", "请写日期。", "seen", fix
    )


def printed(findings, least="note", details=False, width=100, text=TEXT):
    stream = io.StringIO()
    console = Console(file=stream, width=width, highlight=False, emoji=False)
    made = text_record(report(findings, text), tuple("abc" for _ in findings))
    print_findings(console, "材料.txt", made, least, details)
    return stream.getvalue().splitlines()


def test_a_finding_as_it_is_printed():
    assert printed([finding(fix="6月底前")], details=True) == [
        "材料.txt:第2行第13字: 提醒 M107 “尽快”不是时限。",
        "    二是要尽快改。",
        "          ^^^^",
        "    → 改为：6月底前",
        "    请写日期。",
        "    依据：公开材料所见。标识：abc",
    ]


def test_why_is_told_once_and_with_details_every_time():
    two = [finding("作风不实"), finding()]
    assert printed(two).count("    请写日期。") == 1
    assert printed(two, details=True).count("    请写日期。") == 2


def test_only_what_is_grave_enough_is_printed():
    findings = [finding(severity=grade) for grade in ("error", "warning", "note")]
    for least, count in (("error", 1), ("warning", 2), ("note", 3)):
        assert sum("M107" in line for line in printed(findings, least)) == count


def test_other_places_are_named():
    lines = printed([finding(others=["作风不实"])])
    assert "    另见第2行第5字：“作风不实”" in lines


def test_a_finding_without_a_place():
    bare = Finding("S101", "structure", "error", (), "缺少原因。", "请补写。", "seen")
    assert printed([bare]) == ["材料.txt: 错误 S101 缺少原因。", "    请补写。"]


def test_no_line_is_wider_than_the_console_but_the_first():
    text = "一、存在的问题\n1." + "甲" * 90 + "尽快" + "乙" * 90 + "。\n"
    lines = printed([finding(text=text)], width=60, text=text)
    excerpt, under = lines[1:3]
    assert all(cell_len(line) <= 60 for line in lines[1:])
    assert excerpt.count("…") == 2
    assert cell_len(excerpt[: excerpt.index("尽快")]) == under.index("^")
    assert under.count("^") == 4


def test_the_summary_counts_and_says_what_is_not_shown():
    counts = {"error": 1, "warning": 2, "note": 3}
    assert summary(counts, "note") == "错误 1、提醒 2、提示 3。"
    assert summary(counts, "warning").endswith("有 3 处提示没有列出，加 --severity note 查看。")
    assert "2 处提醒和3 处提示" in summary(counts, "error")
    assert summary({"error": 1, "warning": 2, "note": 0}, "error").endswith(
        "加 --severity warning 查看。"
    )
    assert summary(dict.fromkeys(counts, 0), "warning") == "没有发现要改的地方。"


def test_what_policy_took_away_is_always_counted():
    assert policy_words(NONE) == "已关闭 0 条规则、调整 0 条、已接受 0 处。"
    full = {
        "off": [{"code": "M101", "reason": "另有台账", "findings": 3}],
        "changed": [{"code": "B101", "severity": "note", "reason": "惯例"},
                    {"code": "B102", "severity": None, "reason": "要查"}],
        "accepted": [ENTRY], "unmatched": [ENTRY, ENTRY], "ambiguous": [ENTRY],
    }  # fmt: skip
    assert policy_words(full) == (
        "已关闭 1 条规则（涉及 3 处）、调整 2 条、已接受 1 处；2 条接受已对不上；"
        "1 条接受的原文有多处，没有生效，请改写标识。"
    )
    assert policy_details(full) == [
        "关闭 M101：另有台账（涉及 3 处）",
        "B101 改为提示：惯例",
        "B102 启用：要查",
        "接受 M107“尽快”：已发通知（王芳，2026-11-23）",
        *["对不上的接受 M107“尽快”：已发通知（王芳，2026-11-23）"] * 2,
        "未生效的接受 M107“尽快”：已发通知（王芳，2026-11-23）",
    ]


def test_the_end_of_a_report():
    stream = io.StringIO()
    console = Console(file=stream, width=100, highlight=False)
    counts = {"error": 1, "warning": 0, "note": 0}
    record = {"path": "材料.txt", "counts": counts, "policy": NONE | {"accepted": [ENTRY]}}
    print_summary(console, record, "warning", details=False)
    assert stream.getvalue().splitlines() == [
        "材料.txt：错误 1、提醒 0、提示 0。",
        "    已关闭 0 条规则、调整 0 条、已接受 1 处。",
    ]
    print_summary(console, record, "warning", details=True)
    assert "    接受 M107“尽快”：已发通知（王芳，2026-11-23）" in stream.getvalue()
    print_total(console, 2, Counter(error=1))
    assert stream.getvalue().endswith("共 2 份材料：错误 1、提醒 0、提示 0。\n")


def on_terminal(findings, width, text=TEXT, **options):
    stream = io.StringIO()
    console = Console(file=stream, width=width, highlight=False, force_terminal=True, **options)
    made = text_record(report(findings, text), tuple("abc" for _ in findings))
    print_findings(console, "材料.txt", made, "note", details=False)
    return stream.getvalue()


def test_on_a_terminal_the_file_is_named_once_and_the_message_wraps():
    text = "一、存在的主要问题\n1.作风不实。\n2.要尽快改。\n"
    found = [finding(text=text), replace(finding("作风", text), message="甲" * 30 + "。")]
    options = {"text": text, "no_color": True, "color_system": None}
    lines = on_terminal(found, 40, **options).splitlines()
    assert [line for line in lines if "材料.txt" in line] == ["材料.txt"]
    assert "提醒 M107  第3行第4字 一/2" in lines
    assert lines.count("") == 2
    assert "    " + "甲" * 18 in lines
    assert all(cell_len(line) <= 40 for line in lines)


def test_without_colour_nothing_is_lost():
    plain = on_terminal([finding(fix="六月底前")], 80, no_color=True, color_system=None)
    coloured = on_terminal([finding(fix="六月底前")], 80, color_system="standard")
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
