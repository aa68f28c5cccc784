"""What a worker does when a file is checked: read, split, run the rules, apply the policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luoshi.core.checks import Report, run
from luoshi.core.checks.model import Finding, Severity
from luoshi.core.checks.policy import (
    Acceptance,
    Judged,
    Policy,
    PolicyError,
    apply,
    fingerprints,
    parse_acceptances,
)
from luoshi.core.material import split
from luoshi.core.reading.model import Limits, ReadError
from luoshi.engines.files import load_bytes, read_data

if TYPE_CHECKING:
    from luoshi.formats.sarif import Checked

Record = dict[str, Any]
Marks = tuple[str, ...]
SUFFIX = ".accept.toml"
_GRADES: tuple[Severity, ...] = ("error", "warning", "note")
_SETTINGS_LIMITS = Limits(file_bytes=4 * 1024 * 1024)


def settings_text(path: Path) -> str:
    """Return the text of a config or acceptance file.

    Raises :class:`ReadError`: ``missing``, ``too_large``, or ``unknown_encoding`` when it is
    not UTF-8.
    """
    try:
        return load_bytes(path, _SETTINGS_LIMITS).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ReadError(
            "unknown_encoding", "这个文件不是 UTF-8 编码。请在记事本里另存为 UTF-8 后再试。"
        ) from None


def acceptances_for(path: Path, accept: Path | None = None) -> tuple[Acceptance, ...]:
    """Return what is accepted of the document at ``path``: in ``accept``, or beside it.

    Raises :class:`ReadError` when the file is there and cannot be followed: a document is
    not checked as if nobody had accepted anything.
    """
    beside = path.with_name(path.name + SUFFIX)
    if accept is None and not beside.exists():
        return ()
    source = accept or beside
    try:
        return parse_acceptances(settings_text(source))
    except PolicyError as error:
        raise ReadError("damaged", f"接受记录 {source.name} 写得不对：{error}") from None
    except ReadError as error:
        raise ReadError(error.code, f"接受记录 {source.name} 读不了：{error.message}") from None


def check_file(
    path: Path, *, form: str, policy: Policy, outline: str | None = None,
    least: Severity = "note", accept: Path | None = None, details: bool = False,
    with_text: bool = False,
) -> Record:  # fmt: skip
    """Return one file's result: ``path``, ``counts``, ``policy`` and ``body``.

    ``counts`` are of all findings that are left, by severity; ``body`` holds those at least
    as grave as ``least``: the records of ``text``, the contract's record (``json``), a
    :class:`Checked` (``sarif``), a page (``html``) or the annotated file's bytes (``docx``).

    Raises :class:`ReadError` also when ``docx`` is wanted of another kind of file.
    """
    data = load_bytes(path)
    acceptances = acceptances_for(path, accept)
    document = read_data(data, path.name)
    # What LibreOffice made of an old file is not the author's file.
    if form == "docx" and (document.format != "docx" or not data.startswith(b"PK")):
        raise ReadError(
            "unknown_type",
            "批注只能加在 .docx 上。请用 Word 或 WPS 另存为 .docx，或改用 --format html。",
        )
    examination = split(document, outline)
    judged = apply(document, run(examination, policy.rules()), policy, acceptances)
    counts = Counter(finding.severity for finding in judged.kept)
    grades = _GRADES[: _GRADES.index(least) + 1]
    shown = [
        pair for pair in zip(judged.kept, judged.marks, strict=True) if pair[0].severity in grades
    ]
    report = Report(document, examination, tuple(finding for finding, _ in shown))
    marks = tuple(mark for _, mark in shown)
    decided = policy_record(policy, judged)
    return {
        "path": str(path),
        "counts": {grade: counts[grade] for grade in _GRADES},
        "policy": decided,
        "body": _FORMS[form](report, marks, str(path), data, decided, details, with_text, judged),
    }


def _text(report: Report, marks: Marks, path: str, data: bytes, *_: object) -> list[Record]:
    from luoshi.formats.findings_text import text_record

    return text_record(report, marks)


def _json(
    report: Report, marks: Marks, path: str, data: bytes, decided: Record, details: bool,
    with_text: bool, *_: object,
) -> Record:  # fmt: skip
    from luoshi.formats.record import document_record

    record = document_record(report, path, details=details, with_text=with_text)
    for finding, mark in zip(record["findings"], marks, strict=True):
        finding["fingerprint"] = mark
    return record


def _sarif(
    report: Report, marks: Marks, path: str, data: bytes, decided: Record, details: bool,
    with_text: bool, judged: Judged,
) -> Checked:  # fmt: skip
    from luoshi.formats.findings_text import policy_words
    from luoshi.formats.sarif import Checked

    accepted = tuple(
        (
            finding,
            each.fingerprint or fingerprints(report.document, (finding,))[0],
            f"{each.reason}（{each.by}，{each.date.isoformat()}）",
        )
        for finding, each in judged.accepted
    )
    return Checked(path, report, marks, policy_words(decided), accepted)


def _html(report: Report, marks: Marks, path: str, data: bytes, decided: Record, *_: object) -> str:
    from luoshi.formats.findings_text import policy_details, policy_words
    from luoshi.formats.report_html import html_report

    return html_report(path, report, policy_words(decided), policy_details(decided))


def _docx(
    report: Report, marks: Marks, path: str, data: bytes, decided: Record, *_: object
) -> bytes:
    from luoshi.formats.docx_comments import annotate
    from luoshi.formats.findings_text import policy_details, policy_words

    # A comment without a place stands at the beginning: nobody can overlook the counts.
    why = "；".join(policy_details(decided))
    counted = Finding("说明", "structure", "note", (), policy_words(decided), why, "custom")
    whole = Report(report.document, report.examination, (counted, *report.findings))
    return annotate(data, whole)


_FORMS: dict[str, Callable[..., object]] = {
    "text": _text, "json": _json, "sarif": _sarif, "html": _html, "docx": _docx,
}  # fmt: skip


def policy_record(policy: Policy, judged: Judged) -> Record:
    """Return as plain values what was switched off, graded anew, accepted, or fits no more."""
    found = Counter(finding.code for finding in judged.off)
    return {
        "off": [
            {"code": s.code, "reason": s.reason, "findings": found[s.code]} for s in policy.off()
        ],
        "changed": [
            {"code": s.code, "severity": s.severity, "reason": s.reason} for s in policy.changed()
        ],
        "accepted": [_acceptance(each) for _, each in judged.accepted],
        "unmatched": [_acceptance(each) for each in judged.unmatched],
        "ambiguous": [_acceptance(each) for each in judged.ambiguous],
    }


def _acceptance(each: Acceptance) -> Record:
    return {
        "code": each.code,
        "quote": each.quote,
        "fingerprint": each.fingerprint,
        "by": each.by,
        "reason": each.reason,
        "date": each.date.isoformat(),
    }
