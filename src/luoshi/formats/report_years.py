"""The table of the years in an HTML report: one row for each problem, worst first."""

from __future__ import annotations

from luoshi.core.checks.model import Finding, Report
from luoshi.core.recurrence import Chain, Line
from luoshi.formats.record import place_words
from luoshi.formats.report_map import point_anchor
from luoshi.formats.report_text import safe
from luoshi.formats.years import (
    STATE_NAMES,
    entry_state,
    heading_words,
    material_name,
    ordered,
    quote_words,
    quotes,
    state_of,
    years_of,
    years_summary,
)

_GRADE = {"empty": "error", "recurring": "warning", "returned": "warning"}


def quoted_lines(report: Report, finding: Finding) -> list[str]:
    """Return the places of earlier materials that a finding goes by, as paragraphs."""
    return [
        f'<p class="also-see">{safe(quote_words(each))}</p>' for each in quotes(report, finding)
    ]


def years_section(report: Report, path: str) -> str:
    """Return the section with the table, or an empty string without earlier materials."""
    found = years_of(report)
    if found is None:
        return ""
    names = [*(former.path for former in report.earlier), path]
    titles = [material_name(m, n) for m, n in zip(found.materials, names, strict=True)]
    head = "".join(f'<th scope="col">{safe(title)}</th>' for title in titles)
    rows = "\n".join(_row(found, titles, line) for line in ordered(found))
    files = "、".join(safe(former.path) for former in report.earlier)
    return f"""<section id="years" aria-labelledby="years-title"><h2 id="years-title">历年对照</h2>
<p>{safe(years_summary(found))}</p>
<table class="map years"><thead><tr><th scope="col">这次</th>{head}</tr></thead>
<tbody>{rows}</tbody></table>
<p class="hint">是不是同一个问题按用词自动判断，请以人的判断为准。对照的材料：{files}。</p>
</section>
"""


def _row(found: Chain, titles: list[str], line: Line) -> str:
    state = state_of(found, line)
    cells = [
        f'<td data-title="这次"><b class="{_GRADE.get(state, "note")}">{STATE_NAMES[state]}</b></td>'
    ]
    for year, title in enumerate(titles):
        words = "".join(_entry(found, year, line))
        cells.append(f'<td data-title="{safe(title)}">{words or "<span>—</span>"}</td>')
    return f"<tr>{''.join(cells)}</tr>"


def _entry(found: Chain, year: int, line: Line) -> list[str]:
    examination = found.materials[year]
    shown = []
    for entry in line.in_year(year):
        point = entry.now.point
        words = safe(heading_words(examination, point))
        if year == len(found.materials) - 1:
            words = f'<a href="#{point_anchor(point.id)}">{words}</a>'
        place = safe(place_words(examination.document, point.start))
        state = "" if entry_state(entry) != "sharpened" else "，说清了"
        shown.append(f'<p>{words}<br><span class="words">{place}{state}</span></p>')
    return shown
