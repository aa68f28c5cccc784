"""Findings as SARIF 2.1.0, the format in which editors and review tools take them in.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0; the
numbers of sections below are that document's.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from luoshi.core.checks.model import Finding, Report
from luoshi.core.reading.model import Document, Span
from luoshi.formats.record import place_words

Record = dict[str, Any]
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_SNIPPET_AT_MOST = 300


def sarif_log(reports: Iterable[tuple[str, Report] | tuple[str, Report, str]]) -> Record:
    """Return one SARIF log with one run over all ``reports``, each with the path of its file.

    A third member is a sentence on the file (what was switched off or accepted).

    Lines and columns of txt and md files are those of the file; columns count UTF-16 code
    units. For docx and pdf files, which have no lines, ``charOffset`` and ``charLength``
    count characters of the canonical text, and the location says in words where that is.
    """
    rules = _Rules()
    artifacts: list[Record] = []
    results: list[Record] = []
    for path, report, *remark in reports:
        writer = _Writer(path, len(artifacts), report)
        described = {"description": {"text": remark[0]}} if remark else {}
        artifacts.append(writer.artifact() | described)
        for finding, mark in zip(report.findings, writer.marks, strict=True):
            results.append(writer.result(finding, mark, rules.index(finding)))
    driver = {"name": "luoshi", "version": version("luoshi"), "rules": rules.listed}
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN",
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "artifacts": artifacts,
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


class _Rules:
    """The rules as SARIF lists them; a rule only known from its findings is added."""

    def __init__(self) -> None:
        from luoshi.core.checks import all_rules

        self.listed = [
            _rule(meta.code, meta.title, meta.why, meta.severity, meta.family, meta.basis, meta.on)
            for meta in (rule.META for rule in all_rules())
        ]
        self._index = {rule["id"]: index for index, rule in enumerate(self.listed)}

    def index(self, finding: Finding) -> int:
        if finding.code not in self._index:
            self._index[finding.code] = len(self.listed)
            self.listed.append(
                _rule(
                    finding.code, finding.code, finding.why, finding.severity, finding.family,
                    finding.basis, True,
                )
            )  # fmt: skip
        return self._index[finding.code]


def _rule(
    code: str, title: str, why: str, severity: str, family: str, basis: str, on: bool
) -> Record:
    return {
        "id": code,
        "name": title,
        "shortDescription": _message(title),
        "fullDescription": _message(why or title),
        "defaultConfiguration": {"enabled": on, "level": severity},
        "properties": {"family": family, "basis": basis},
    }


class _Writer:
    """Writes the results about one document."""

    def __init__(self, path: str, index: int, report: Report) -> None:
        from luoshi.core.checks.policy import fingerprints

        self._document = report.document
        self._place = {"uri": _uri(path), "index": index}
        self._lines = _line_starts(report.document.text)
        self._in_lines = report.document.format in ("txt", "md")
        self._exact = not self._in_lines or _is_whole_file(report.document)
        self.marks = fingerprints(report.document, report.findings)

    def artifact(self) -> Record:
        """Return the file itself, with its hash."""
        document = self._document
        found: Record = {
            "location": {"uri": self._place["uri"]},
            "roles": ["analysisTarget"],
            "hashes": {"sha-256": document.sha256},
        }
        if document.encoding:
            found["encoding"] = document.encoding
        return found

    def result(self, finding: Finding, mark: str, rule: int) -> Record:
        """Return one finding."""
        found: Record = {
            "ruleId": finding.code,
            "ruleIndex": rule,
            "level": finding.severity,
            "message": _message(f"{finding.message}{finding.why}"),
            "locations": [self._location(span) for span in finding.spans[:1]]
            or [{"physicalLocation": {"artifactLocation": self._place}}],
            "partialFingerprints": {"luoshi/v1": mark},
        }
        if finding.spans[1:]:
            found["relatedLocations"] = [
                {"id": number, **self._location(span)}
                for number, span in enumerate(finding.spans[1:], 1)
            ]
        if finding.fix and finding.spans and self._in_lines:
            found["fixes"] = [self._fix(finding)]
        return found

    def _location(self, span: Span) -> Record:
        region = self._region(span)
        words = self._document.text[slice(*span)]
        if words and len(words) <= _SNIPPET_AT_MOST:
            region["snippet"] = {"text": words}
        found: Record = {"physicalLocation": {"artifactLocation": self._place, "region": region}}
        where = place_words(self._document, span.start)
        if where and not self._in_lines:
            found["message"] = _message(where)
        return found

    def _region(self, span: Span) -> Record:
        region: Record = {}
        if self._in_lines:
            start_line, start_column = self._line_and_column(span.start)
            end_line, end_column = self._line_and_column(span.end)
            region = {
                "startLine": start_line,
                "startColumn": start_column,
                "endLine": end_line,
                "endColumn": end_column,
            }
        # Offsets next to lines must mean the same characters (3.30): of a file with
        # line ends of two characters they would not.
        if self._exact:
            region |= {"charOffset": span.start, "charLength": span.end - span.start}
        return region

    def _line_and_column(self, position: int) -> tuple[int, int]:
        line = bisect_right(self._lines, position)
        before = self._document.text[self._lines[line - 1] : position]
        return line, len(before.encode("utf-16-le", "surrogatepass")) // 2 + 1

    def _fix(self, finding: Finding) -> Record:
        replacement = {
            "deletedRegion": self._region(finding.spans[0]),
            "insertedContent": {"text": finding.fix},
        }
        change = {"artifactLocation": self._place, "replacements": [replacement]}
        words = f"改为“{finding.fix}”。"
        return {"description": _message(words), "artifactChanges": [change]}


def _message(words: str) -> Record:
    """Return a message; braces stand for arguments and are doubled (3.11.5)."""
    return {"text": words.replace("{", "{{").replace("}", "}}")}


def _line_starts(text: str) -> list[int]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def _is_whole_file(document: Document) -> bool:
    """Tell whether the file holds exactly the canonical text: no other line ends, no more."""
    for text in (document.text, "\ufeff" + document.text):
        data = text.encode(document.encoding or "utf-8", "surrogatepass")
        if hashlib.sha256(data).hexdigest() == document.sha256:
            return True
    return False


def _uri(path: str) -> str:
    """Return a relative path as a relative URI, an absolute one as a file URI."""
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix(), errors="surrogateescape")
