"""A material against the author's earlier ones, as plain values and as lines for people."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import Any

from luoshi.core.checks.model import Finding, Quoted, Report
from luoshi.core.material.dated import held_for
from luoshi.core.material.model import Examination, Point
from luoshi.core.reading.model import Span
from luoshi.core.recurrence import Chain, Entry, Line, chain
from luoshi.formats.excerpts import excerpt
from luoshi.formats.record import place_words

Record = dict[str, Any]
STATE_NAMES = {
    "new": "新提出", "recurring": "又提出", "empty": "又提出，还是老说法", "sharpened": "又提出，这次说清了",
    "returned": "隔了一次又提出", "gone": "不再提",
}  # fmt: skip
_ORDER = ("empty", "recurring", "returned", "sharpened", "new", "gone")
_SHOWN = 32


def years_of(report: Report) -> Chain | None:
    """Return what became of each problem over the years, or None without earlier materials."""
    if not report.earlier:
        return None
    return chain([*(former.examination for former in report.earlier), report.examination])


def quotes(report: Report, finding: Finding) -> list[Record]:
    """Return the places of earlier materials that a finding goes by, with their words."""
    return [_quote(report, each) for each in finding.earlier]


def _quote(report: Report, quoted: Quoted) -> Record:
    former = report.earlier[quoted.material]
    document = former.examination.document
    return {
        "material": quoted.material,
        "path": former.path,
        "year": held_for(former.examination) or None,
        "start": quoted.span.start,
        "end": quoted.span.end,
        "place": place_words(document, quoted.span.start),
        "words": excerpt(document, quoted.span),
    }


def quote_words(quote: Record) -> str:
    """Return a quotation of an earlier material as people read it."""
    words = quote["words"] if len(quote["words"]) <= _SHOWN else quote["words"][: _SHOWN - 1] + "…"
    year = f"{quote['year']}年度" if quote["year"] else "上次"
    return f"{year}材料“{PurePath(quote['path']).name}”{quote['place']}：“{words}”"


def years_record(report: Report, path: str) -> Record | None:
    """Return the earlier materials and the line of each problem, for the JSON contract.

    ``problems`` are in the order in which they first stand; the last material is the one
    that is checked. None without earlier materials.
    """
    found = years_of(report)
    if found is None:
        return None
    paths = [*(former.path for former in report.earlier), path]
    return {
        "materials": [
            {"path": name, "sha256": each.document.sha256, "year": held_for(each) or None}
            for name, each in zip(paths, found.materials, strict=True)
        ],
        "problems": [
            {"state": state_of(found, line), "years": [_entry(found, e) for e in line.entries]}
            for line in found.lines
        ],
    }


def _entry(found: Chain, entry: Entry) -> Record:
    examination = found.materials[entry.year]
    point = entry.now.point
    return {
        "material": entry.year,
        "point": point.id,
        "path": point.path,
        "state": entry_state(entry),
        "concrete": entry.now.concrete,
        "place": place_words(examination.document, point.start),
        "heading": excerpt(examination.document, examination.heading_of(point)),
    }


def entry_state(entry: Entry) -> str:
    """Return the state of a problem in one year; ``returned`` after it was left out for one."""
    return "returned" if entry.after_gap else entry.now.state


def state_of(found: Chain, line: Line) -> str:
    """Return how a line ends in the last material: its state there, or ``gone``."""
    last = line.in_year(len(found.materials) - 1)
    return entry_state(last[0]) if last else "gone"


def material_name(examination: Examination, path: str) -> str:
    """Return what a material is called in a table: the year it is for, else its file's name."""
    year = held_for(examination)
    return f"{year}年度" if year else PurePath(path).name


def years_summary(found: Chain) -> str:
    """Return in one sentence what became of the problems of the material before the last."""
    counted = Counter(state_of(found, line) for line in found.lines)
    back = sum(counted[state] for state in ("empty", "recurring", "sharpened"))
    told = [f"又提出 {back} 个"]
    parts = [
        f"{counted['empty']} 个还是老说法" if counted["empty"] else "",
        f"{counted['sharpened']} 个这次说清了" if counted["sharpened"] else "",
    ]
    inner = "，".join(part for part in parts if part)
    if inner:
        told[0] += f"（{inner}）"
    if counted["returned"]:
        told.append(f"隔了一次又提出 {counted['returned']} 个")
    gone = sum(1 for then in found.steps[-1].then if then.is_gone()) if found.steps else 0
    return "、".join([*told, f"新提出 {counted['new']} 个", f"不再提 {gone} 个"]) + "。"


def ordered(found: Chain) -> list[Line]:
    """Return the lines by how they end, worst first, then in text order."""
    return sorted(found.lines, key=lambda line: _ORDER.index(state_of(found, line)))


def years_lines(report: Report, path: str) -> list[str]:
    """Return the table of the years as lines of text; none without earlier materials."""
    found = years_of(report)
    if found is None:
        return []
    names = [*(former.path for former in report.earlier), path]
    titles = [material_name(m, n) for m, n in zip(found.materials, names, strict=True)]
    lines = [f"历年对照（{' → '.join(titles)}）：{years_summary(found)}"]
    for line in ordered(found):
        if state_of(found, line) == "new":
            continue
        told = [_told(found, titles, entry) for entry in line.entries]
        lines.append(f"  {STATE_NAMES[state_of(found, line)]}：{' → '.join(told)}")
    return lines


def _told(found: Chain, titles: list[str], entry: Entry) -> str:
    document = found.materials[entry.year].document
    words = heading_words(found.materials[entry.year], entry.now.point)
    return f"{titles[entry.year]}{place_words(document, entry.now.point.start)}“{words}”"


def heading_words(examination: Examination, point: Point) -> str:
    """Return a problem's heading without its number, short enough for a table."""
    span = Span(point.words, examination.heading_of(point).end)
    words = excerpt(examination.document, span).rstrip("。：: ")
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
