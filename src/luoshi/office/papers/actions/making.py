"""A paper is made and given out. It names persons, so every time is written down."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from luoshi.core.paper.facts import Subject
from luoshi.core.paper.lists import lists
from luoshi.core.paper.model import Paper
from luoshi.core.paper.report import report
from luoshi.formats.gbt9704.docx import docx
from luoshi.formats.gbt9704.fonts import NoFonts, choose
from luoshi.formats.gbt9704.pdf import pdf
from luoshi.office.accounts.models import Person
from luoshi.office.journal import clock
from luoshi.office.journal.act import Act, action
from luoshi.office.journal.errors import Refused
from luoshi.office.ledger import values
from luoshi.office.papers.subjects import MAKES, About, read

KINDS = {"report": ("整改情况报告", report), "lists": ("三张清单", lists)}
FORMS = ("docx", "pdf")
_NAME = 60  # characters of a file's name, so that every system takes it


@dataclass(frozen=True, slots=True)
class Made:
    """A paper that was made: the file, what it is called, and how many items it speaks of."""

    data: bytes
    name: str
    items: int


def make(*, by: Person, about: About, kind: str, form: str, purpose: str, to: str = "") -> Made:
    """Return a paper as a file; who had it made of what, what for and with which digest is kept.

    ``kind`` is one of `KINDS`, ``form`` one of `FORMS`, ``to`` the body it is sent to. Raises
    ``Refused`` where something is missing, also where this machine has no Chinese font for a pdf.
    """
    if kind not in KINDS or form not in FORMS:
        raise Refused("请选择出具什么、用什么格式。")
    reason = values.words(purpose, "用途", 2, 100)
    subject = read(about, values.text(to, "主送机关", 60).rstrip("：:"))
    label, compose = KINDS[kind]
    paper: Paper = compose(subject)
    data = _file(paper, form)
    _note(by=by, about=about, facts={
        "kind": label, "format": form, "purpose": reason, "count": len(subject.items),
        "size": subject.standing.size, "root": subject.standing.root,
        "content": digest_of(paper), "sha256": sha256(data).hexdigest(),
    })  # fmt: skip
    return Made(data, _name(about, label, subject, form), len(subject.items))


def digest_of(paper: Paper) -> str:
    """Return the digest of the content, as the paper's last footnote prints it."""
    return Paper(paper.title, paper.to, paper.body[:-1], paper.signature, paper.day).digest()


def _file(paper: Paper, form: str) -> bytes:
    if form == "docx":
        return docx(paper, clock.now())
    try:
        return pdf(paper, choose(), clock.now())
    except NoFonts as missing:
        raise Refused(str(missing)) from missing


def _name(about: About, label: str, subject: Subject, form: str) -> str:
    kept = "".join(c for c in about.name if c.isalnum() or c in " -（）")[:_NAME].strip()
    return f"{kept}{label}{subject.standing.day.isoformat()}.{form}"


@action("papers.make", "出具整改报告", needs=MAKES)
def _note(act: Act, *, by: Person, about: About, facts: dict[str, Any]) -> None:
    """Write down that a paper was given out, with what ties it to the state it was made of."""
    act.about(act.lock(type(about.row), about.row.pk), facts=facts)
