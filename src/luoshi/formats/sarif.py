"""Findings as SARIF 2.1.0, the format in which editors and review tools take them in.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0; the
numbers of sections below are that document's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import PurePath
from typing import Any, NamedTuple
from urllib.parse import quote

from luoshi.core.checks.handbook import BASIS_NAMES, FAMILY_NAMES, explained
from luoshi.core.checks.model import Finding, Meta, Report
from luoshi.core.reading.model import ReadError, Span
from luoshi.formats.record import paths, place_words
from luoshi.formats.regions import Regions, is_whole_file

Record = dict[str, Any]
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_SNIPPET_AT_MOST = 300
# The grades of GitHub's code scanning.
_PROBLEM = {"error": "error", "warning": "warning", "note": "recommendation"}


class Checked(NamedTuple):
    """One file that was checked.

    ``marks`` are the fingerprints of the report's findings; ``remark`` is a sentence on the
    file (what was switched off or accepted); ``accepted`` are findings that a named person
    let stand, each with its fingerprint and with who, why and when in words.
    """

    path: str
    report: Report
    marks: tuple[str, ...]
    remark: str = ""
    accepted: tuple[tuple[Finding, str, str], ...] = ()


class Graded(NamedTuple):
    """What the office says of a rule: ``severity`` None leaves the rule's own."""

    code: str
    on: bool
    severity: str | None
    reason: str


def sarif_log(
    checked: Iterable[Checked],
    graded: Sequence[Graded] = (),
    failures: Sequence[tuple[str, ReadError]] = (),
) -> Record:
    """Return one SARIF log with one run over all files ``checked``.

    ``failures``, read after the files, are paths that could not be checked, with why. What
    was accepted is there too, as suppressed: a tool that takes the log in can show it.

    Lines and columns of txt and md files are those of the file; columns count UTF-16 code
    units. Docx and pdf files have no lines, and code-scanning tools ask for them: theirs are
    those of the canonical text, one for each paragraph, as ``luoshi read`` prints it, and the
    location says in words where in the file that is.
    """
    rules = _Rules()
    artifacts: list[Record] = []
    results: list[Record] = []
    for each in checked:
        writer = _Writer(each.path, len(artifacts), each.report)
        described = {"description": {"text": each.remark}} if each.remark else {}
        artifacts.append(writer.artifact() | described)
        left = ((f, mark, "") for f, mark in zip(each.report.findings, each.marks, strict=True))
        for finding, mark, why in (*left, *each.accepted):
            results.append(writer.result(finding, mark, rules.index(finding), why))
    driver = {"name": "luoshi", "version": version("luoshi"), "rules": rules.listed}
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "luoshi/check/"},
        "invocations": [_invocation(rules, graded, failures)],
        "language": "zh-CN",
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "artifacts": artifacts,
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _invocation(
    rules: _Rules, graded: Sequence[Graded], failures: Sequence[tuple[str, ReadError]]
) -> Record:
    """Return how the run went: what the office changed, and what could not be checked."""
    found: Record = {"executionSuccessful": not failures}
    if graded:
        found["ruleConfigurationOverrides"] = [
            {
                "descriptor": {"id": each.code, "index": rules.place[each.code]},
                "configuration": {"enabled": each.on}
                | ({"level": each.severity} if each.severity else {}),
                "properties": {"reason": each.reason},
            }
            for each in graded
        ]
    if failures:
        found["toolExecutionNotifications"] = [
            {
                "level": "error",
                "message": message_of(why.message),
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": file_uri(path)}}}],
            }
            for path, why in failures
        ]
    return found


class _Rules:
    """The rules as SARIF lists them; a rule only known from its findings is added."""

    def __init__(self) -> None:
        from luoshi.core.checks import all_rules

        self.listed = [_rule(rule.META) for rule in all_rules()]
        self.place = {rule["id"]: index for index, rule in enumerate(self.listed)}

    def index(self, finding: Finding) -> int:
        if finding.code not in self.place:
            self.place[finding.code] = len(self.listed)
            meta = Meta(
                finding.code, finding.code, finding.family, finding.severity, finding.basis,
                finding.why,
            )  # fmt: skip
            self.listed.append(_rule(meta))
        return self.place[finding.code]


def _rule(meta: Meta) -> Record:
    """Return a rule with its help, which code-scanning tools show beside a finding."""
    return {
        "id": meta.code,
        "name": meta.title,
        "shortDescription": message_of(meta.title),
        "fullDescription": message_of(meta.why or meta.title),
        "help": _help(meta),
        "defaultConfiguration": {"enabled": meta.on, "level": meta.severity},
        "properties": {
            "family": meta.family,
            "basis": meta.basis,
            "tags": [FAMILY_NAMES[meta.family]],
            "problem.severity": _PROBLEM[meta.severity],
        },
    }


def _help(meta: Meta) -> Record:
    told = explained(meta.code)
    rows = [("为什么", meta.why), ("依据", BASIS_NAMES[meta.basis])]
    if told is not None:
        rows = [("查什么", told.what), *rows, ("例子", told.wrong), ("不算", told.right)]
    rows = [(name, words) for name, words in rows if words]
    text = "\n".join(f"{name}：{words}" for name, words in rows)
    markdown = "\n\n".join(f"**{name}**　{words}" for name, words in rows)
    return message_of(text) | {"markdown": markdown.replace("{", "{{").replace("}", "}}")}


class _Writer:
    """Writes the results about one document."""

    def __init__(self, path: str, index: int, report: Report) -> None:
        self._report = report
        self._document = report.document
        self._path_at = paths(report.examination)
        self._place = {"uri": file_uri(path), "index": index}
        self._in_lines = report.document.format in ("txt", "md")
        document = report.document
        exact = not self._in_lines or is_whole_file(
            document.text, document.encoding, document.sha256
        )
        self._regions = Regions(document.text, exact)

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

    def result(self, finding: Finding, mark: str, rule: int, accepted: str) -> Record:
        """Return one finding; ``accepted`` says who lets it stand and why, or is empty."""
        found: Record = {
            "ruleId": finding.code,
            "ruleIndex": rule,
            "level": finding.severity,
            "message": message_of(f"{finding.message}{finding.why}"),
            "locations": [self._location(span) for span in finding.spans[:1]]
            or [{"physicalLocation": {"artifactLocation": self._place}}],
            "partialFingerprints": {"luoshi/v1": mark},
            # With one suppressed result all others must say that they are not (3.27.23).
            "suppressions": [_suppression(accepted)] if accepted else [],
        }
        related = [self._location(span) for span in finding.spans[1:]]
        related += self._earlier(finding)
        if related:
            found["relatedLocations"] = [
                {"id": number, **location} for number, location in enumerate(related, 1)
            ]
        if finding.fix and finding.spans and self._in_lines:
            found["fixes"] = [self._fix(finding)]
        return found

    def _earlier(self, finding: Finding) -> list[Record]:
        """Return the places of earlier materials that a finding goes by."""
        if not finding.earlier:
            return []
        from luoshi.formats.years import quote_words, quotes

        found: list[Record] = []
        for each in quotes(self._report, finding):
            text = self._report.earlier[each["material"]].examination.document.text
            line = text.count("\n", 0, each["start"]) + 1
            region = {"startLine": line, "snippet": {"text": text[each["start"] : each["end"]]}}
            place = {"artifactLocation": {"uri": file_uri(each["path"])}, "region": region}
            found.append({"physicalLocation": place, "message": message_of(quote_words(each))})
        return found

    def _location(self, span: Span) -> Record:
        region = self._regions.region(*span)
        words = self._document.text[slice(*span)]
        if words and len(words) <= _SNIPPET_AT_MOST:
            region["snippet"] = {"text": words}
        found: Record = {"physicalLocation": {"artifactLocation": self._place, "region": region}}
        where = place_words(self._document, span.start)
        if where and not self._in_lines:
            found["message"] = message_of(where)
        path = self._path_at(span.start)
        if path:
            found["logicalLocations"] = [{"fullyQualifiedName": path}]
        return found

    def _fix(self, finding: Finding) -> Record:
        replacement = {
            "deletedRegion": self._regions.region(*finding.spans[0]),
            "insertedContent": {"text": finding.fix},
        }
        change = {"artifactLocation": self._place, "replacements": [replacement]}
        words = f"改为：{finding.fix}"
        return {"description": message_of(words), "artifactChanges": [change]}


def _suppression(words: str) -> Record:
    """Return an acceptance; it stands beside the document, never in it (3.35.2)."""
    return {"kind": "external", "status": "accepted", "justification": words}


def message_of(words: str) -> Record:
    """Return a message; braces stand for arguments and are doubled (3.11.5)."""
    return {"text": words.replace("{", "{{").replace("}", "}}")}


def file_uri(path: str) -> str:
    """Return a relative path as a relative URI, an absolute one as a file URI."""
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix(), errors="surrogateescape")
