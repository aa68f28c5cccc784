"""What a worker does when a file is checked: read, split, run the rules, apply the policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luoshi.core.checks import Report, run
from luoshi.core.checks.model import Finding, Former, Severity
from luoshi.core.checks.policy import (
    Acceptance,
    Judged,
    Policy,
    PolicyError,
    apply,
    fingerprints,
    parse_acceptances,
)
from luoshi.core.material import Examination, split
from luoshi.core.material.dated import held_for
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


def formers(paths: tuple[Path, ...], examination: Examination) -> tuple[Former, ...]:
    """Return the earlier materials at ``paths``, oldest first.

    They are put in order by the years that they print; where one prints none, they stay as
    given. Raises :class:`ReadError` for one that cannot be read, is the checked material
    itself, or is for a later year.
    """
    found = [Former(str(path), _former(path)) for path in paths]
    years = [held_for(former.examination) for former in found]
    this = held_for(examination)
    for former, year in zip(found, years, strict=True):
        name = Path(former.path).name
        if former.examination.document.sha256 == examination.document.sha256:
            raise ReadError("damaged", f"用来对照的 {name} 就是这份材料。请换成上次的材料。")
        if this and year > this:
            raise ReadError(
                "damaged",
                f"用来对照的 {name} 是{year}年度的，比这份材料（{this}年度）还晚。"
                "请核对两份材料是不是写反了。",
            )
    if all(years) and len(set(years)) == len(years):
        found.sort(key=lambda former: held_for(former.examination))
    return tuple(found)


def _former(path: Path) -> Examination:
    try:
        return split(read_data(load_bytes(path), path.name))
    except ReadError as error:
        raise ReadError(error.code, f"用来对照的 {path} 读不了：{error.message}") from None


def check_file(
    path: Path, *, form: str, policy: Policy, outline: str | None = None,
    least: Severity = "note", accept: Path | None = None, details: bool = False,
    with_text: bool = False, previous: tuple[Path, ...] = (),
) -> Record:  # fmt: skip
    """Return one file's result: ``path``, ``counts``, ``policy`` and ``body``.

    ``counts`` are of all findings that are left, by severity; ``body`` holds those at least
    as grave as ``least``: the records of ``text``, the contract's record (``json``), a
    :class:`Checked` (``sarif``), a page (``html``) or the annotated file's bytes (``docx``);
    ``years`` the lines of the table of the years, where ``previous`` materials are given.

    Raises :class:`ReadError` also when ``docx`` is wanted of another kind of file, and when a
    previous material cannot be read or is not earlier.
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
    earlier = formers(previous, examination)
    before = [former.examination for former in earlier]
    judged = apply(document, run(examination, policy.rules(), before), policy, acceptances)
    counts = Counter(finding.severity for finding in judged.kept)
    grades = _GRADES[: _GRADES.index(least) + 1]
    shown = [
        pair for pair in zip(judged.kept, judged.marks, strict=True) if pair[0].severity in grades
    ]
    report = Report(document, examination, tuple(finding for finding, _ in shown), earlier)
    marks = tuple(mark for _, mark in shown)
    decided = policy_record(policy, judged)
    return {
        "path": str(path),
        "counts": {grade: counts[grade] for grade in _GRADES},
        "policy": decided,
        "years": _years(report, str(path)),
        "body": _FORMS[form](report, marks, str(path), data, decided, details, with_text, judged),
    }


def _years(report: Report, path: str) -> list[str]:
    if not report.earlier:
        return []
    from luoshi.formats.years import years_lines

    return years_lines(report, path)


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
    if report.earlier:
        counted = replace(counted, why="；".join(filter(None, (why, *_years(report, path)[:1]))))
    whole = replace(report, findings=(counted, *report.findings))
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
