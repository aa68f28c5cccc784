"""A report as one page for people: the document, the findings, and what answers what.

The page is one file without scripts that loads nothing: it can be sent by mail, opened
without a network, and printed.
"""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from pathlib import PurePath
from typing import Any

from luoshi.core.checks.handbook import BASIS_NAMES, SEVERITY_NAMES
from luoshi.core.checks.model import Finding, Report
from luoshi.core.reading.model import Document, Span
from luoshi.formats.excerpts import excerpt
from luoshi.formats.links import OWN_ROW, Linked, linked
from luoshi.formats.record import document_record, place_words
from luoshi.formats.report_text import Mark, Tag, marked_text, safe

Record = dict[str, Any]
_KINDS = {"problem": "问题", "cause": "原因", "measure": "措施", "previous": "上次问题"}
_QUOTE_AT_MOST = 48
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html_report(path: str, report: Report, remark: str = "") -> str:
    """Return the report as one HTML page; ``path`` names the file in its heading.

    ``remark`` is a sentence under the heading (what was switched off or accepted).

    Everything from the file, its name included, appears as text only.
    """
    record = document_record(report, path, details=True)
    names = _names(record)
    text = marked_text(
        report.document,
        report.examination.profile.title_span,
        _marks(report),
        [
            (point.start, Tag(_anchor(point.id), point.kind, names[point.id]))
            for point in report.examination.points
            if point.id in names
        ],
    )
    name = safe(PurePath(path).name or path)
    said = f'\n<p class="about">{safe(remark)}</p>' if remark else ""
    style = files("luoshi").joinpath("data", "report", "page.css").read_text(encoding="utf-8")
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{name} · 检查结果</title>
<style>
{style}</style>
</head>
<body>
<header>
<h1><bdi>{name}</bdi></h1>
{_summary(report, record)}{said}
</header>
<main>
<article>{text.html}</article>
<aside>
<nav><a href="#findings">检查意见</a><a href="#map">问题、原因、措施对照</a><a href="#legend">图例</a></nav>
<section id="findings"><h2>检查意见（{len(report.findings)} 条）</h2>
{_findings(report, text.anchors)}
</section>
<section id="map"><h2>问题、原因、措施对照</h2>
{_map(report, record, names)}
</section>
<section id="legend"><h2>图例</h2>
{_LEGEND}
</section>
</aside>
</main>
</body>
</html>
"""


def _names(record: Record) -> dict[str, str]:
    """Return what points are called on the page: 问题1, 措施3, by their ids."""
    seen: Counter[str] = Counter()
    names: dict[str, str] = {}
    for point in record["points"]:
        kind = point["kind"]
        if kind in _KINDS:
            seen[kind] += 1
            names[point["id"]] = f"{_KINDS[kind]}{seen[kind]}"
    return names


def _anchor(point: str) -> str:
    return f"p-{point}"


def _marks(report: Report) -> list[Mark]:
    return [
        Mark(
            *span, number, part, finding.severity,
            f"{number}　{SEVERITY_NAMES[finding.severity]}：{finding.message}",
        )
        for number, finding in enumerate(report.findings, 1)
        for part, span in enumerate(finding.spans)
    ]  # fmt: skip


def _summary(report: Report, record: Record) -> str:
    kinds = Counter(point["kind"] for point in record["points"])
    grades = Counter(finding.severity for finding in report.findings)
    counts = [
        f'<li class="{severity}">{name}<b>{grades[severity]}</b></li>'
        for severity, name in SEVERITY_NAMES.items()
    ]
    counts += [f"<li>{_KINDS[kind]}<b>{kinds[kind]}</b></li>" for kind in _KINDS if kinds[kind]]
    if record["unanswered"]:
        counts.append(f'<li class="open">没有措施回应的问题<b>{len(record["unanswered"])}</b></li>')
    about = f"提纲：{safe(record['outline_name'])}　全文 {record['characters']} 字"
    return f'<p class="about">{about}</p>\n<ul class="counts">{"".join(counts)}</ul>'


def _findings(report: Report, anchors: frozenset[str]) -> str:
    if not report.findings:
        return "<p>没有发现要修改的地方。机器只查得出常见的毛病，请再请人通读一遍。</p>"
    items = "\n".join(
        _finding(report.document, number, finding, anchors)
        for number, finding in enumerate(report.findings, 1)
    )
    return f'<ol class="findings">\n{items}\n</ol>'


def _finding(document: Document, number: int, finding: Finding, anchors: frozenset[str]) -> str:
    place = _place(document, finding.spans[0]) if finding.spans else "全文"
    here = f"s{number}"
    severity = finding.severity
    lines = [
        f'<p class="head"><b class="{severity}">{SEVERITY_NAMES[severity]}</b>　'
        f"{_link(here, place, anchors)}　{safe(finding.code)}　依据：{BASIS_NAMES[finding.basis]}</p>",
        f'<p class="message">{safe(finding.message)}</p>',
    ]
    if finding.why:
        lines.append(f'<p class="why">{safe(finding.why)}</p>')
    if finding.fix:
        lines.append(f'<p class="fix">可以改为：<ins>{safe(finding.fix)}</ins></p>')
    if finding.spans:
        quote = _quote(document, finding.spans[0])
        lines.append(f'<p class="quote">原文：“{_link(here, quote, anchors)}”</p>')
    for part, span in enumerate(finding.spans[1:], 1):
        words = f"{_place(document, span)}“{_quote(document, span)}”"
        also = _link(f"{here}-{part}", words, anchors)
        lines.append(f'<p class="also-see">请一并核对：{also}</p>')
    number_link = (
        f'<a class="ref {severity}" href="#{here}">{number}</a>'
        if here in anchors
        else f'<span class="ref {severity}">{number}</span>'
    )
    return f'<li id="f{number}">{number_link}{"".join(lines)}</li>'


def _link(anchor: str, words: str, anchors: frozenset[str]) -> str:
    return f'<a href="#{anchor}">{safe(words)}</a>' if anchor in anchors else safe(words)


def _place(document: Document, span: Span) -> str:
    return place_words(document, span.start) or "正文"


def _quote(document: Document, span: Span) -> str:
    words = excerpt(document, span)
    return words if len(words) <= _QUOTE_AT_MOST else words[: _QUOTE_AT_MOST - 1] + "…"


def _map(report: Report, record: Record, names: dict[str, str]) -> str:
    problems = [point for point in record["points"] if point["kind"] == "problem"]
    if not problems:
        return "<p>没有找到成条的问题，列不出对照表。请核对是不是对照检查材料。</p>"
    measures, causes = linked(record, "problem"), _causes_by_problem(record)
    none = (
        '<p class="none">没有措施回应</p>'
        if report.examination.linked
        else "<p>材料太长，没有自动对应</p>"
    )
    rows = "\n".join(
        f"<tr><td>{_point(point['id'], point['heading'], names)}</td>"
        f"<td>{''.join(_cause(cause, names) for cause in causes.get(point['id'], ())) or '—'}</td>"
        f"<td>{''.join(_measure(each, names) for each in measures[point['id']]) or none}</td></tr>"
        for point in problems
    )
    return (
        '<table class="map"><thead><tr><th>问题</th><th>原因（候选）</th><th>措施</th></tr></thead>'
        f"<tbody>\n{rows}\n</tbody></table>"
        '<p class="hint">原因和措施是按用词自动对应的。原因只是候选；标“弱”的措施请人再看。</p>'
        + _rest(record, names, "没有对应问题的措施", record["rootless"])
        + _rest(record, names, "没有对上问题的原因", _loose_causes(record))
    )


def _causes_by_problem(record: Record) -> dict[str, list[Record]]:
    points = {point["id"]: point for point in record["points"]}
    found: dict[str, list[Record]] = {}
    for link in sorted(record["links"], key=lambda link: -link["score"]):
        if link["kind"] == "explains":
            cause = {**points[link["from"]], "words": link["words"]}
            found.setdefault(link["to"], []).append(cause)
    return found


def _loose_causes(record: Record) -> list[str]:
    tied = {link["from"] for link in record["links"] if link["kind"] == "explains"}
    return [p["id"] for p in record["points"] if p["kind"] == "cause" and p["id"] not in tied]


def _point(point: str, heading: str, names: dict[str, str]) -> str:
    name = names[point]
    kind = next(kind for kind, words in _KINDS.items() if name.startswith(words))
    return f'<a class="tag {kind}" href="#{_anchor(point)}">{name}</a>{safe(heading)}'


def _cause(cause: Record, names: dict[str, str]) -> str:
    return f"<p>{_point(cause['id'], cause['heading'], names)}{_carried(cause['words'])}</p>"


def _measure(each: Linked, names: dict[str, str]) -> str:
    grade = '<span class="weak">弱</span>' if each.weak else '<span class="strong">强</span>'
    own_row = f"{OWN_ROW}：{safe(each.heading)}"
    words = _point(each.id, each.heading, names) if each.id else own_row
    return f"<p>{grade} {words}{_carried(each.words)}</p>"


def _carried(words: tuple[str, ...] | list[str]) -> str:
    shown = "、".join(words[:3])
    return f'<br><span class="words">共同的词：{safe(shown)}</span>' if shown else ""


def _rest(record: Record, names: dict[str, str], title: str, chosen: list[str]) -> str:
    if not chosen:
        return ""
    headings = {point["id"]: point["heading"] for point in record["points"]}
    items = "".join(f"<li>{_point(each, headings[each], names)}</li>" for each in chosen)
    return f'<h3>{title}（{len(chosen)} 条）</h3><ul class="plain">{items}</ul>'


_LEGEND = """<dl class="legend">
<dt><mark class="error">错误</mark></dt><dd>应当改正</dd>
<dt><mark class="warning">提醒</mark></dt><dd>建议修改</dd>
<dt><mark class="note">提示</mark></dt><dd>请酌情处理</dd>
<dt><mark class="note also">细线</mark></dt><dd>要一并核对的另一处</dd>
<dt><span class="ref">3</span></dt><dd>检查意见的序号，点一下在原文和意见之间来回跳</dd>
<dt><span class="tag problem">问题1</span></dt><dd>自动识别的问题、原因、措施</dd>
</dl>"""
