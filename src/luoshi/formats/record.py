"""A report as plain values: the JSON contract, and what the other formats are made from.

The contract is ``data/schema/split.schema.json``; keys that only ``details`` adds are
allowed there but never required.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import Any

from luoshi.core.checks import Finding, Report
from luoshi.core.material.evidence import carrying
from luoshi.core.material.model import Examination, Point
from luoshi.core.reading.model import BoxPlace, Document, LinePlace, RunPlace
from luoshi.formats.excerpts import excerpt, heading_and_body

Record = dict[str, Any]


def place_words(document: Document, start: int) -> str:
    """Return in Chinese where a character stands in the source: 第12行, 第3页, 第8段."""
    places = document.locate(start, min(start + 1, len(document.text)))
    if not places:
        return ""
    place = places[0]
    if isinstance(place, LinePlace):
        return f"第{place.line}行"
    if isinstance(place, BoxPlace):
        return f"第{place.page}页"
    return _paragraph_words(place)


def _paragraph_words(place: RunPlace) -> str:
    name = {"word/footnotes.xml": "脚注", "word/endnotes.xml": "尾注"}.get(place.part, "")
    return f"{name}第{place.paragraph + 1}段"


def paths(examination: Examination) -> Callable[[int], str]:
    """Return how to find the way down the printed numbers (二/（一）/2) at a character.

    It is empty where no point stands.
    """
    points = sorted((p for p in examination.points if not p.is_heading()), key=lambda p: p.start)

    def path(start: int) -> str:
        index = bisect_right(points, start, key=lambda point: point.start) - 1
        found = index >= 0 and start < points[index].end
        return points[index].path if found else ""

    return path


def document_record(
    report: Report, path: str, *, details: bool = False, with_text: bool = False
) -> Record:
    """Return one document of the contract.

    ``details`` adds what people read (headings, places, the words that carry a link, the
    profile, notes); ``with_text`` adds the canonical text.
    """
    examination, document = report.examination, report.document
    record: Record = {
        "path": path,
        "sha256": document.sha256,
        "outline": examination.outline,
        "characters": len(document.text),
        "points": [_point(examination, point, details) for point in examination.points],
        "links": _links(examination, details),
        "findings": [_finding(report, finding, details) for finding in report.findings],
    }
    if report.earlier:
        from luoshi.formats.years import years_record

        record["previous"] = years_record(report, path)
    if details:
        record |= _details(examination)
    if with_text:
        record["text"] = document.text
    return record


def _point(examination: Examination, point: Point, details: bool) -> Record:
    record: Record = {
        "id": point.id,
        "kind": point.kind,
        "path": point.path,
        "start": point.start,
        "end": point.end,
    }
    if details:
        document = examination.document
        record["heading"], record["body"] = heading_and_body(examination, point)
        record["label"] = document.text[point.start : point.words].strip(" *_\n\u3000\t")
        record["aspect"] = point.aspect
        record["place"] = place_words(document, point.start)
        record["remedy"] = excerpt(document, point.remedy) if point.remedy else ""
    return record


def _links(examination: Examination, details: bool) -> list[Record]:
    links = examination.links
    records: list[Record] = [
        {
            "from": link.source,
            "to": link.target,
            "kind": link.kind,
            "strength": link.strength,
            "score": link.score,
        }
        for link in links
    ]
    if details:
        carried = carrying(examination.document.text, examination.points, links)
        for record, words in zip(records, carried, strict=True):
            record["words"] = list(words)
    return records


def _finding(report: Report, finding: Finding, details: bool) -> Record:
    document = report.document
    record: Record = {
        "code": finding.code,
        "family": finding.family,
        "severity": finding.severity,
        "spans": [{"start": span.start, "end": span.end} for span in finding.spans],
        "message": finding.message,
        "why": finding.why,
        "basis": finding.basis,
        "fix": finding.fix,
    }
    if finding.earlier:
        from luoshi.formats.years import quotes

        record["previous"] = quotes(report, finding)
    if details and finding.spans:
        first = finding.spans[0]
        record["place"] = place_words(document, first.start)
        record["excerpt"] = excerpt(document, first)
    return record


def _details(examination: Examination) -> Record:
    from luoshi.core.material.outline import load

    document, profile = examination.document, examination.profile
    return {
        "format": document.format,
        "encoding": document.encoding,
        "outline_name": load(examination.outline).name,
        "profile": {
            "title": profile.title,
            "post": profile.post,
            "unit": profile.unit,
            "theme": profile.theme,
            "studies": profile.studies,
            "opinions": profile.opinions,
            "talks": profile.talks,
            "opening": list(profile.opening) if profile.opening else None,
            "closing": list(profile.closing) if profile.closing else None,
        },
        "unanswered": [point.id for point in examination.unanswered()],
        "rootless": [point.id for point in examination.rootless()],
        "stray": [list(span) for span in examination.stray],
        "notes": [
            {"kind": n.kind, "text": n.text, "author": n.author, "date": n.date}
            for n in document.notes
        ],
    }
