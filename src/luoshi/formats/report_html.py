"""A report as one page for people: the document, the findings, and what answers what.

The page is one file without scripts that loads nothing: it can be sent by mail, opened
without a network, and printed. What is shown is chosen with checkboxes that stand before
everything they rule, so that the style sheet alone can follow them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from pathlib import PurePath
from typing import Any

from luoshi.core.checks.handbook import BASIS_NAMES, FAMILY_NAMES, SEVERITY_NAMES
from luoshi.core.checks.model import Finding, Report
from luoshi.core.reading.model import Document, Span
from luoshi.formats.excerpts import excerpt
from luoshi.formats.page_frame import framed
from luoshi.formats.record import document_record, paths, place_words
from luoshi.formats.report_map import KINDS, answers_map, point_anchor, point_names
from luoshi.formats.report_text import Mark, Tag, marked_text, safe
from luoshi.formats.report_years import quoted_lines, years_section
from luoshi.formats.windows import window

Record = dict[str, Any]
_QUOTE_AT_MOST = 48
_OTHER_AT_MOST = 32
_CONTEXT = 18


def html_report(path: str, report: Report, remark: str = "", decided: Sequence[str] = ()) -> str:
    """Return the report as one HTML page; ``path`` names the file in its heading.

    ``remark`` is a sentence under the heading (how much was switched off or accepted),
    ``decided`` what exactly, by whom and why.

    Everything from the file, its name included, appears as text only.
    """
    record = document_record(report, path, details=True)
    names = point_names(record)
    text = marked_text(
        report.document,
        report.examination.profile.title_span,
        _marks(report),
        [
            (point.start, Tag(point_anchor(point.id), point.kind, names[point.id]))
            for point in report.examination.points
            if point.id in names
        ],
    )
    name = safe(PurePath(path).name or path)
    style = files("luoshi").joinpath("data", "report", "page.css").read_text(encoding="utf-8")
    body = f"""<header>
<h1><bdi>{name}</bdi></h1>
{_about(report, record)}
{_decided(remark, decided)}
</header>
<main>
{_filters(report)}
<article id="text" aria-label="原文">{text.html}</article>
<aside aria-label="意见和对照">
<section id="findings" aria-labelledby="findings-title"><h2 id="findings-title">检查意见（{len(report.findings)} 条）</h2>
{_findings(report, text.anchors)}
</section>
{years_section(report, path)}<section id="map" aria-labelledby="map-title"><h2 id="map-title">问题、原因、措施对照</h2>
{answers_map(record, is_linked=report.examination.linked)}
</section>
<section id="legend" aria-labelledby="legend-title"><h2 id="legend-title">图例</h2>
{_LEGEND}
</section>
</aside>
</main>
"""
    return framed(f"{name} · 检查意见", f"{style}{_filter_style()}", body)


def _marks(report: Report) -> list[Mark]:
    return [
        Mark(
            *span, number, part, finding.severity, finding.family,
            f"{number}　{SEVERITY_NAMES[finding.severity]}：{finding.message}",
        )
        for number, finding in enumerate(report.findings, 1)
        for part, span in enumerate(finding.spans)
    ]  # fmt: skip


def _about(report: Report, record: Record) -> str:
    kinds = Counter(point["kind"] for point in record["points"])
    counts = [f"{name} {kinds[kind]}" for kind, name in KINDS.items() if kinds[kind]]
    words = [f"提纲：{record['outline_name']}", f"全文 {record['characters']:,} 字", *counts]
    shown = "".join(f"<span>{safe(each)}</span>" for each in words)
    if record["unanswered"]:
        shown += f'<a class="open" href="#map">没有措施回应 {len(record["unanswered"])}</a>'
    return f'<p class="about">{shown}</p>'


def _decided(remark: str, decided: Sequence[str]) -> str:
    if not decided:
        return f'<p class="decided">{safe(remark)}</p>' if remark else ""
    items = "".join(f"<li>{safe(each)}</li>" for each in decided)
    return (
        f'<details class="decided" open><summary>{safe(remark)}</summary><ul>{items}</ul></details>'
    )


def _filters(report: Report) -> str:
    """Return the checkboxes that rule what is shown, and the bar with their labels."""
    grades = Counter(finding.severity for finding in report.findings)
    families = Counter(finding.family for finding in report.findings)
    by_grade = [(key, name, grades[key]) for key, name in SEVERITY_NAMES.items()]
    by_family = [(key, name, families[key]) for key, name in FAMILY_NAMES.items()]
    boxes, groups = [], []
    for title, shown in (("级别", by_grade), ("类别", by_family)):
        chosen = [each for each in shown if each[2]]
        boxes += [
            f'<input type="checkbox" class="filter" id="show-{key}" checked aria-label="显示{name}">'
            for key, name, _ in chosen
        ]
        labels = "".join(
            f'<label class="{key}" for="show-{key}">{name} <b>{count}</b></label>'
            for key, name, count in chosen
        )
        if labels:
            groups.append(f'<div class="choice"><span>{title}</span>{labels}</div>')
    return (
        "".join(boxes)
        + f'\n<div class="bar"><div class="choices">{"".join(groups)}</div>\n<nav aria-label="页内跳转">'
        '<a class="to-text" href="#text">原文</a><a href="#findings">意见</a>'
        + ('<a href="#years">历年</a>' if report.earlier else "")
        + '<a href="#map">对照</a><a href="#legend">图例</a></nav></div>'
    )


def _filter_style() -> str:
    """Return how the page looks while a box is not checked, or has the keyboard's attention."""
    rules = []
    for key in (*SEVERITY_NAMES, *FAMILY_NAMES):
        off, label = f"#show-{key}:not(:checked) ~", f'.bar label[for="show-{key}"]'
        rules += [
            f"{off} aside .findings > .{key}, {off} article .ref.{key} {{ display: none; }}",
            f"{off} article mark.{key} {{ background: none; border-bottom: 0; }}",
            f"{off} {label} {{ background: none; border-style: dashed; text-decoration: line-through; }}",
            f"{off} {label}::before {{ content: none; }}",
            f"#show-{key}:focus-visible ~ {label} {{ outline: 2px solid var(--note); }}",
        ]
    return "\n".join(rules) + "\n"


def _findings(report: Report, anchors: frozenset[str]) -> str:
    if not report.findings:
        return "<p>没有发现要修改的地方。机器只查得出常见的毛病，请再请人通读一遍。</p>"
    path_at = paths(report.examination)
    items = "\n".join(
        _finding(report, number, finding, anchors, path_at(_first(finding)))
        for number, finding in enumerate(report.findings, 1)
    )
    return f'<ol class="findings">\n{items}\n</ol>'


def _first(finding: Finding) -> int:
    return finding.spans[0].start if finding.spans else -1


def _finding(
    report: Report, number: int, finding: Finding, anchors: frozenset[str], path: str
) -> str:
    document = report.document
    place = _place(document, finding.spans[0]) if finding.spans else "全文"
    here = f"s{number}"
    severity = finding.severity
    lines = [
        f'<p class="head"><b class="{severity}">{SEVERITY_NAMES[severity]}</b>'
        f"<span>{_link(here, place, anchors)}{safe(f' {path}') if path else ''}</span>"
        f"<span>{FAMILY_NAMES[finding.family]} {safe(finding.code)}</span>"
        f"<span>依据：{BASIS_NAMES[finding.basis]}</span></p>",
        f'<p class="message">{safe(finding.message)}</p>',
    ]
    if finding.spans:
        lines.append(f'<p class="quote">{_context(document, finding.spans[0], severity)}</p>')
    if finding.fix:
        lines.append(f'<p class="fix">可以改为：<ins>{safe(finding.fix)}</ins></p>')
    if finding.why:
        lines.append(f'<p class="why">{safe(finding.why)}</p>')
    for part, span in enumerate(finding.spans[1:], 1):
        words = f"{_place(document, span)}：{_quote(document, span)}"
        also = _link(f"{here}-{part}", words, anchors)
        lines.append(f'<p class="also-see">另见{also}</p>')
    lines += quoted_lines(report, finding)
    number_link = (
        f'<a class="ref {severity}" href="#{here}" aria-label="到原文中的第{number}处">{number}</a>'
        if here in anchors
        else f'<span class="ref {severity}">{number}</span>'
    )
    classes = f"{severity} {finding.family}"
    return f'<li id="f{number}" class="{classes}">{number_link}{"".join(lines)}</li>'


def _link(anchor: str, words: str, anchors: frozenset[str]) -> str:
    return f'<a href="#{anchor}">{safe(words)}</a>' if anchor in anchors else safe(words)


def _place(document: Document, span: Span) -> str:
    return place_words(document, span.start) or "正文"


def _quote(document: Document, span: Span) -> str:
    return _short(excerpt(document, span), _OTHER_AT_MOST)


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _context(document: Document, span: Span, severity: str) -> str:
    """Return the words objected to, with as much of their sentence as shows where they stand."""
    words, low, high = window(document, span)
    start, end = max(0, low - _CONTEXT), min(len(words), high + _CONTEXT)
    before = ("…" if start else "") + words[start:low]
    after = words[high:end] + ("…" if end < len(words) else "")
    marked = _short(words[low:high], _QUOTE_AT_MOST)
    if marked != words[low:high]:
        after = ""
    return f'{safe(before)}<em class="{severity}">{safe(marked)}</em>{safe(after)}'


_LEGEND = """<dl class="legend">
<dt><mark class="error">错误</mark></dt><dd>应当改正</dd>
<dt><mark class="warning">提醒</mark></dt><dd>建议修改</dd>
<dt><mark class="note">提示</mark></dt><dd>请酌情处理</dd>
<dt><mark class="note also">细线</mark></dt><dd>要一并核对的另一处</dd>
<dt><span class="ref">3</span></dt><dd>意见的序号，点一下在原文和意见之间来回跳</dd>
<dt><span class="tag problem">问题1</span></dt><dd>自动识别的问题、原因、措施</dd>
<dt><span class="strong">强</span> <span class="weak">弱</span></dt><dd>措施回应了问题；措施只沾到边，请人再看</dd>
</dl>"""
