"""The author's own Word file with every finding as a comment at its place."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from luoshi.core.checks.handbook import SEVERITY_NAMES
from luoshi.core.checks.model import Finding, Report
from luoshi.core.reading.model import Document, RunPlace
from luoshi.formats.excerpts import excerpt

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from luoshi.core.reading.docx.package import Package
    from luoshi.formats.docx_comment_parts import Look

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RELATED_AT_MOST = 3
_EXCERPT_AT_MOST = 60


def annotate(
    data: bytes, report: Report, author: str = "落实", when: datetime | None = None
) -> bytes:
    """Return the docx file ``data`` with a Word comment for every finding of ``report``.

    A comment stands at the first span of its finding; for words in a footnote or a text
    box at the place in the text that this hangs on, without a span at the beginning of the
    document. In the document part only comment marks are added, and runs are cut where
    a span begins or ends; comments, relationships and content types are extended; all
    other parts keep their bytes. Existing comments stay. ``when`` is written as the local
    time of the comments; without it they bear the date on which the file was last saved.

    Raises ``ValueError`` when the report is not about a docx file with this text, and
    :class:`~luoshi.core.reading.model.ReadError` when ``data`` cannot be read.
    """
    from luoshi.core.reading import read_bytes
    from luoshi.core.reading.docx.package import Package
    from luoshi.core.reading.model import DEFAULT_LIMITS
    from luoshi.formats.docx_comment_parts import comments_part, free_id, look
    from luoshi.formats.docx_marks import Placed, mark
    from luoshi.formats.docx_package import parsed, rewritten, serialised
    from luoshi.formats.docx_spots import Spots

    document = report.document
    if document.format != "docx" or read_bytes(data).text != document.text:
        raise ValueError("the report is about another file")
    if not report.findings:
        return data
    package = Package(data, DEFAULT_LIMITS)
    main = package.main_part()
    body = package.read(main)
    root = parsed(body)
    part = comments_part(package, main, root)
    style = look(package, main, author, when)
    first = free_id(root, part.root)
    spots = Spots(root, main, document, _references(package, main, root))
    placed = []
    for number, finding in enumerate(report.findings, first):
        span = finding.spans[0] if finding.spans else None
        placed.append(Placed(str(number), *spots.of(span)))
        words = _words(report, finding, main)
        part.root.append(_comment(part.root, str(number), words, style))
    mark(root, placed, style.mark_style)
    written = {part.name: serialised(part.root, part.before)}
    return rewritten(data, {main: serialised(root, body), **written, **part.others})


def _references(
    package: Package, main: str, root: etree._Element
) -> Callable[[RunPlace], etree._Element | None]:
    """Return how to find the run that refers to the footnote in which a place stands."""
    from luoshi.formats.docx_package import parsed

    w = str(root.tag).rpartition("}")[0] + "}"
    kinds = {relation.target: relation.kind for relation in package.relations(main).values()}
    notes: dict[str, list[etree._Element]] = {}

    def reference(place: RunPlace) -> etree._Element | None:
        kind = kinds.get(place.part, "").removesuffix("s")
        if kind not in ("footnote", "endnote"):
            return None
        if place.part not in notes:
            notes[place.part] = list(parsed(package.read(place.part)).iter(w + "p"))
        above = notes[place.part][place.paragraph].iterancestors(w + kind)
        wanted = {note.get(w + "id") for note in above}
        signs = root.iter(f"{w}{kind}Reference")
        return next((sign.getparent() for sign in signs if sign.get(w + "id") in wanted), None)

    return reference


def _words(report: Report, finding: Finding, main: str) -> list[str]:
    """Return the paragraphs of a comment."""
    document = report.document
    lines = [f"【{SEVERITY_NAMES[finding.severity]} {finding.code}】{finding.message}", finding.why]
    if finding.fix:
        lines.append(f"可以改为：{finding.fix}")
    related = finding.spans[1 : 1 + _RELATED_AT_MOST]
    lines += [f"请一并核对：“{_short(excerpt(document, span))}”" for span in related]
    if finding.earlier:
        from luoshi.formats.years import quote_words, quotes

        lines += map(quote_words, quotes(report, finding)[:_RELATED_AT_MOST])
    if not finding.spans:
        lines.append("这条意见针对全文。")
    elif _is_in_note(document, finding, main):
        lines.append(f"所指的文字在脚注或尾注里：“{_short(excerpt(document, finding.spans[0]))}”")
    return [line for line in lines if line]


def _is_in_note(document: Document, finding: Finding, main: str) -> bool:
    places = document.locate(*finding.spans[0])[:1]
    return any(isinstance(place, RunPlace) and place.part != main for place in places)


def _short(words: str) -> str:
    return words if len(words) <= _EXCERPT_AT_MOST else words[: _EXCERPT_AT_MOST - 1] + "…"


def _comment(root: etree._Element, number: str, lines: list[str], look: Look) -> etree._Element:
    """Return a comment of one paragraph per line, the first in bold."""
    from lxml import etree

    w = str(root.tag).rpartition("}")[0] + "}"
    comment = root.makeelement(w + "comment")
    comment.set(w + "id", number)
    comment.set(w + "author", _NOT_XML.sub("", look.author))
    if look.date:
        comment.set(w + "date", look.date)
    comment.set(w + "initials", _NOT_XML.sub("", look.author)[:2])
    for index, line in enumerate(lines):
        paragraph = etree.SubElement(comment, w + "p")
        _paragraph_look(paragraph, w, look.text_style)
        if index == 0:
            sign = etree.SubElement(paragraph, w + "r")
            if look.mark_style:
                properties = etree.SubElement(sign, w + "rPr")
                etree.SubElement(properties, w + "rStyle").set(w + "val", look.mark_style)
            etree.SubElement(sign, w + "annotationRef")
        run = etree.SubElement(paragraph, w + "r")
        if index == 0:
            etree.SubElement(etree.SubElement(run, w + "rPr"), w + "b")
        etree.SubElement(run, w + "t").text = " ".join(_NOT_XML.sub("", line).split())
    return comment


def _paragraph_look(paragraph: etree._Element, w: str, style: str) -> None:
    """Give a comment's paragraph the file's style for them, or take the body's indent away."""
    from lxml import etree

    properties = etree.SubElement(paragraph, w + "pPr")
    if style:
        etree.SubElement(properties, w + "pStyle").set(w + "val", style)
        return
    spacing = etree.SubElement(properties, w + "spacing")
    for name, value in (("before", "0"), ("after", "0"), ("line", "240"), ("lineRule", "auto")):
        spacing.set(w + name, value)
    indent = etree.SubElement(properties, w + "ind")
    for name in ("left", "firstLineChars", "firstLine"):
        indent.set(w + name, "0")
    etree.SubElement(properties, w + "jc").set(w + "val", "left")
