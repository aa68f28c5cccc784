"""Findings as lines for people: where, what, the words themselves with a marker, the remedy.

The worker that read the file makes the record (:func:`text_record`), with as much of the
text as is shown; the terminal's width is known only where it is printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from luoshi.core.checks import Finding, Report
from luoshi.core.checks.handbook import BASIS_NAMES, SEVERITY_NAMES
from luoshi.core.checks.model import Severity
from luoshi.formats.record import paths
from luoshi.formats.windows import Window, clip, marker, one_line, place_of, window
from luoshi.formats.wrapping import wrapped

Record = dict[str, Any]
GRADES: tuple[Severity, ...] = ("error", "warning", "note")
_COLOURS = {"error": "bold red", "warning": "yellow", "note": "cyan"}
_INDENT = "    "
_OTHERS = 3
_HINT = (
    "某条规则的说明：luoshi explain 编号。加 -o 意见.html 做成网页，加 -o 批注.docx 批在原文上。"
)


def text_record(report: Report, marks: tuple[str, ...]) -> list[Record]:
    """Return the findings as printing needs them; ``marks`` are their fingerprints."""
    path_at = paths(report.examination)
    pairs = zip(report.findings, marks, strict=True)
    return [_finding(report, finding, mark, path_at) for finding, mark in pairs]


def _finding(report: Report, finding: Finding, mark: str, path_at: Callable[[int], str]) -> Record:
    document = report.document
    first = finding.spans[0] if finding.spans else None
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "why": finding.why,
        "basis": finding.basis,
        "fix": finding.fix,
        "fingerprint": mark,
        "place": place_of(document, first.start) if first else "",
        "path": path_at(first.start) if first else "",
        "window": tuple(window(document, first)) if first else None,
        "others": [
            [place_of(document, s.start), one_line(document.text[s.start : s.end][:80])]
            for s in finding.spans[1 : 1 + _OTHERS]
        ],
        "previous": _previous(report, finding),
    }


def _previous(report: Report, finding: Finding) -> list[str]:
    """Return the first places of earlier materials that a finding goes by, as lines."""
    if not finding.earlier:
        return []
    from luoshi.formats.years import quote_words, quotes

    return [one_line(quote_words(each)) for each in quotes(report, finding)[:_OTHERS]]


def print_findings(
    console: Console, path: str, findings: list[Record], least: Severity, details: bool
) -> None:
    """Print the findings of one file that are at least as grave as ``least``.

    On a terminal the file is named once above them; elsewhere every finding begins with the
    file's name on a line of its own, which is what editors and grep look for. Why a rule
    objects is told once in each file, with ``details`` every time.
    """
    shown = [f for f in findings if GRADES.index(f["severity"]) <= GRADES.index(least)]
    if shown and console.is_terminal:
        _line(console, Text(one_line(path), style="bold underline"))
    told: set[str] = set()
    for finding in shown:
        head = _head_on_terminal if console.is_terminal else _head_in_file
        head(console, path, finding)
        why = details or finding["why"] not in told
        told.add(finding["why"])
        _print_body(console, finding, why, details)
        if console.is_terminal:
            _line(console, Text())


def _head_in_file(console: Console, path: str, finding: Record) -> None:
    place = f":{finding['place']}" if finding["place"] else ""
    grade, code = SEVERITY_NAMES[finding["severity"]], finding["code"]
    _line(console, Text(f"{one_line(path)}{place}: {grade} {code} {one_line(finding['message'])}"))


def _head_on_terminal(console: Console, path: str, finding: Record) -> None:
    head = Text(SEVERITY_NAMES[finding["severity"]], style=_COLOURS[finding["severity"]])
    head.append(f" {finding['code']}", style="bold")
    head.append(f"  {' '.join(filter(None, (finding['place'], finding['path'])))}", style="dim")
    _line(console, head)
    _lines(console, one_line(finding["message"]), console.width - len(_INDENT), "bold")


def _print_body(console: Console, finding: Record, why: bool, details: bool) -> None:
    colour = _COLOURS[finding["severity"]]
    width = max(20, console.width - len(_INDENT))
    if finding["window"] is not None:
        shown = clip(Window(*finding["window"]), width)
        excerpt = Text(_INDENT + shown.words)
        excerpt.stylize(colour, len(_INDENT) + shown.low, len(_INDENT) + shown.high)
        _line(console, excerpt)
        _line(console, Text(_INDENT + marker(shown), style=colour))
    for place, words in finding["others"]:
        other = clip(Window(f"另见{place}：“{words}”", 0, 0), width)
        _line(console, Text(_INDENT + other.words))
    for words in finding["previous"]:
        other = clip(Window(words, 0, 0), width)
        _line(console, Text(_INDENT + other.words))
    if finding["fix"]:
        # No quotation marks around it: what is proposed may be quotation marks.
        _lines(console, f"→ 改为：{one_line(finding['fix'])}", width, "green")
    if why:
        _lines(console, one_line(finding["why"]), width, "dim")
    if details:
        basis = BASIS_NAMES[finding["basis"]]
        _lines(console, f"依据：{basis}。标识：{finding['fingerprint']}", width, "dim")


def _lines(console: Console, words: str, width: int, style: str, indent: str = _INDENT) -> None:
    for line in wrapped(words, width):
        _line(console, Text(indent).append(line, style=style))


def _line(console: Console, line: Text) -> None:
    """Print a line as it is: no wrapping and no padding, so that columns and grep hold."""
    if not console.is_terminal and "\t" not in line.plain:
        # Without colours there is nothing to lay out, and laying out takes its time.
        console.file.write(line.plain + "\n")
        return
    console.print(line, soft_wrap=True, no_wrap=True, overflow="ignore", crop=False)


def summary(counts: Mapping[str, int], least: Severity) -> str:
    """Return how many findings of each severity there are, and how to see those not shown."""
    if not any(counts.values()):
        return "没有发现要改的地方。"
    words = "、".join(f"{SEVERITY_NAMES[grade]} {counts[grade]}" for grade in GRADES) + "。"
    hidden = [g for g in GRADES[GRADES.index(least) + 1 :] if counts[g]]
    if hidden:
        names = "和".join(f"{counts[g]} 处{SEVERITY_NAMES[g]}" for g in hidden)
        words += f"有 {names}没有列出，加 --severity {hidden[-1]} 查看。"
    return words


def policy_words(policy: Record) -> str:
    """Return in one sentence what was switched off, graded anew and accepted."""
    found = sum(each["findings"] for each in policy["off"])
    off = f"已关闭 {len(policy['off'])} 条规则" + (f"（涉及 {found} 处）" if found else "")
    words = [off, f"调整 {len(policy['changed'])} 条", f"已接受 {len(policy['accepted'])} 处"]
    line = "、".join(words)
    if policy["unmatched"]:
        line += f"；{len(policy['unmatched'])} 条接受已对不上"
    if policy["ambiguous"]:
        line += f"；{len(policy['ambiguous'])} 条接受的原文有多处，没有生效，请改写标识"
    return line + "。"


def policy_details(policy: Record) -> list[str]:
    """Return a line for each setting and acceptance: what, by whom and why."""
    lines = [f"关闭 {p['code']}：{p['reason']}（涉及 {p['findings']} 处）" for p in policy["off"]]
    for each in policy["changed"]:
        grade = each["severity"]
        done = f"改为{SEVERITY_NAMES[grade]}" if grade else "启用"
        lines.append(f"{each['code']} {done}：{each['reason']}")
    for key, name in (
        ("accepted", "接受"),
        ("unmatched", "对不上的接受"),
        ("ambiguous", "未生效的接受"),
    ):
        lines += [
            f"{name} {p['code']}“{p['quote'] or p['fingerprint']}”：{p['reason']}（{p['by']}，{p['date']}）"
            for p in policy[key]
        ]
    return [one_line(line) for line in lines]


def print_years(console: Console, lines: list[str]) -> None:
    """Print what became of the problems of the earlier materials, where any were given."""
    for number, words in enumerate(lines):
        if console.is_terminal:
            _lines(
                console,
                words,
                max(20, console.width - len(_INDENT)),
                "bold" if not number else "",
                "",
            )
        else:
            _line(console, Text(one_line(words)))


def print_summary(console: Console, record: Record, least: Severity, details: bool) -> None:
    """Print the last lines of one file's report: the counts, and what policy took away."""
    path = one_line(record["path"])
    words = f"{path}：{summary(record['counts'], least)}"
    if console.is_terminal:
        _lines(console, words, console.width, "bold", "")
    else:
        _line(console, Text(words, style="bold"))
    _line(console, Text(_INDENT + policy_words(record["policy"])))
    if console.is_terminal and any(record["counts"].values()):
        _lines(console, _HINT, max(20, console.width - len(_INDENT)), "dim")
    if details:
        for words in policy_details(record["policy"]):
            _lines(console, words, max(20, console.width - len(_INDENT)), "dim")


def print_total(console: Console, files: int, counts: Counter[str]) -> None:
    """Print the counts of several files together."""
    words = "、".join(f"{SEVERITY_NAMES[grade]} {counts[grade]}" for grade in GRADES)
    _line(console, Text(f"共 {files} 份材料：{words}。", style="bold"))
