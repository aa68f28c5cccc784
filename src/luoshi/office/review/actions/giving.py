"""An opinion is made into a file and given out. It names persons, so every time is written down."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from luoshi.core.reading.model import DEFAULT_LIMITS, ReadError
from luoshi.core.review.opinion import paper
from luoshi.engines.bounded import GIB, BoundedPool
from luoshi.formats.gbt9704.docx import docx
from luoshi.formats.gbt9704.fonts import NoFonts, choose
from luoshi.formats.gbt9704.pdf import pdf
from luoshi.office.accounts.models import Person
from luoshi.office.examinations.storage import path_of
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act, action
from luoshi.office.journal.errors import Refused
from luoshi.office.review import opinions, reach
from luoshi.office.review.models import Decision, Draft

FORMS = {
    "docx": "审核意见", "pdf": "审核意见", "comments": "带批注的原稿",
}  # fmt: skip
_SECONDS = 60.0
_NAME = 60


@dataclass(frozen=True, slots=True)
class Given:
    """A file that was made, and what it is called."""

    data: bytes
    name: str


def give(*, by: Person, draft: int, form: str) -> Given:
    """Return the opinion on a decided draft as docx or pdf, or the author's text with comments.

    Raises ``NotFound`` for who may not see it, ``Refused`` where this machine cannot make it.
    """
    row, decision = reach.opinion(by, draft)
    if form not in FORMS:
        raise Refused("请选择 docx、pdf 或者带批注的原稿。")
    data = _commented(row, decision) if form == "comments" else _opinion(row, decision, form)
    _note(
        by=by, draft=row.pk,
        facts={"form": form, "digest": decision.digest, "sha256": sha256(data).hexdigest()},
    )  # fmt: skip
    kept = "".join(c for c in row.submission.name if c.isalnum() or c in " -（）")[:_NAME].strip()
    suffix = "pdf" if form == "pdf" else "docx"
    return Given(data, f"{kept}第{row.number}稿{FORMS[form]}.{suffix}")


def _opinion(row: Draft, decision: Decision, form: str) -> bytes:
    held = paper(opinions.opinion(row, decision))
    if form == "docx":
        return docx(held, clock.now())
    try:
        return pdf(held, choose(), clock.now())
    except NoFonts as missing:
        raise Refused(str(missing)) from missing


def _commented(row: Draft, decision: Decision) -> bytes:
    """Return the author's file with the remarks as comments, made by a process with limits."""
    file = row.examination.file
    try:
        data = path_of(file.sha256).read_bytes()
    except OSError as error:
        raise Refused("服务器上没有找到原文件，请与管理员联系。") from error
    options: dict[str, Any] = {
        "name": file.name, "remarks": opinions.for_comments(row), "author": decision.by.name,
        "when": decision.at, "limits": DEFAULT_LIMITS,
    }  # fmt: skip
    with BoundedPool(1, GIB, _SECONDS) as pool:
        result = next(pool.map("luoshi.engines.reviewing:commented", [data], options))
    if isinstance(result.error, ReadError):
        raise Refused(f"“{Path(file.name).name}”读不了：{result.error.message}") from result.error
    made: bytes = result.value
    return made


@action("review.opinion.give", "出具审核意见", needs="")
def _note(act: Act, *, by: Person, draft: int, facts: dict[str, Any]) -> None:
    """Write down to whom an opinion was given out, in what form."""
    row = act.lock(Draft, draft)
    reach.opinion(by, row.pk)
    act.about(row, facts={**facts, "to": by.pk})
