"""The sample as a Word file: automatic numbers, tracked changes, a comment, fixed bytes."""

from __future__ import annotations

import zipfile
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from typing import Any, cast

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.section import _Footer
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run
from sample_source import HERE, Paragraph, Piece, Source

STYLES = {
    "title": "Title",
    "byline": "署名",
    "date": "成文日期",
    "h1": "Heading 1",
    "h2": "Heading 2",
}
# Role -> (list, level). 一、 has none: its style carries the number.
LISTS = {
    "h2": (1, 1),
    "item": (1, 2),
    "sub": (1, 3),
    "done": (2, 0),
    "cause": (3, 0),
    "measure": (4, 0),
}
# Parts of python-docx's own template that a file from an office does not have.
UNWANTED = ("thumbnail", "customXml", "stylesWithEffects", "fontTable")
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"><Application>Microsoft Office Word</Application></Properties>'
)


def build_docx(source: Source, *, draft: bool = True) -> bytes:
    """Return the file; a draft keeps the tracked changes and the comment, a print does not."""
    word = Document()
    _drop_unwanted(word)
    _replace_children(word.styles.element, "styles.xml")
    _replace_children(word.part.numbering_part.element, "numbering.xml")
    _set_page(word)
    _set_settings(word)
    for paragraph in source.paragraphs:
        _add(word, paragraph, source, draft=draft)
    _set_properties(word, source)
    return _with_fixed_dates(word)


def _replace_children(element: Any, name: str) -> None:
    for child in list(element):
        element.remove(child)
    # The tag leaves out the comments, which python-docx's parser keeps.
    for child in parse_xml((HERE / "word" / name).read_bytes()).iterchildren(tag="{*}*"):
        element.append(deepcopy(child))


def _drop_unwanted(word: WordDocument) -> None:
    for rels in (word.part.rels, word.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(UNWANTED)]:
            del rels[key]


def _set_page(word: WordDocument) -> None:
    section = word.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(23)
    grid: Any = section._sectPr.find(qn("w:docGrid"))
    # 22 lines on a page of 225 mm. The 28 characters on a line of 156 mm come from the spacing
    # in styles.xml: LibreOffice sets a character wider than its cell of a grid over two cells.
    for name, value in (("type", "lines"), ("linePitch", "579")):
        grid.set(qn(f"w:{name}"), value)
    # An odd page has its number one character from the right, an even one from the left.
    _set_footer(section.footer, {"jc": "right", "side": "right"})
    _set_footer(section.even_page_footer, {"jc": "left", "side": "left"})


def _set_footer(footer: _Footer, place: dict[str, str]) -> None:
    footer.is_linked_to_previous = False
    element = footer._element
    for child in list(element):
        element.remove(child)
    paragraph: Any = parse_xml((HERE / "word" / "footer.xml").read_bytes())
    properties = paragraph.find(qn("w:pPr"))
    properties.append(_element("w:ind", {f"{place['side']}Chars": "100", place["side"]: "280"}))
    properties.append(_element("w:jc", {"val": place["jc"]}))
    element.append(paragraph)


def _element(tag: str, attributes: dict[str, str]) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _set_settings(word: WordDocument) -> None:
    settings = word.settings.element
    word.settings.odd_and_even_pages_header_footer = True
    zoom = settings.find(qn("w:zoom"))
    zoom.attrib.clear()
    zoom.set(qn("w:percent"), "100")
    settings.remove(settings.find(qn("w:savePreviewPicture")))
    settings.find(qn("w:defaultTabStop")).set(qn("w:val"), "420")
    settings.find(qn("w:characterSpacingControl")).set(qn("w:val"), "compressPunctuation")
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")


def _add(word: WordDocument, paragraph: Paragraph, source: Source, *, draft: bool) -> None:
    made = word.add_paragraph(style=STYLES.get(paragraph.role))
    if paragraph.role in LISTS:
        number, level = LISTS[paragraph.role]
        holder: Any = made._p.get_or_add_pPr()
        properties = holder.get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = number
    for piece, is_lead in _with_lead(paragraph):
        if piece.kind == "deleted" and not draft:
            continue
        run = made.add_run(piece.text)
        if is_lead:
            _set_off(run, paragraph.role)
        if draft and piece.kind == "anchor":
            _comment(word, run, source)
        elif draft and piece.kind in {"inserted", "deleted"}:
            _track(made, run, piece, source)


def _with_lead(paragraph: Paragraph) -> list[tuple[Piece, bool]]:
    """Cut the first sentence off the first piece when it is to be set off."""
    first, *rest = paragraph.pieces()
    if not paragraph.lead:
        return [(piece, False) for piece in (first, *rest)]
    cut = first.text.index("。") + 1
    lead, remainder = first.text[:cut], first.text[cut:]
    body = [Piece(remainder, first.kind)] if remainder else []
    return [(Piece(lead, first.kind), True), *((piece, False) for piece in (*body, *rest))]


def _set_off(run: Run, role: str) -> None:
    if role == "measure":
        fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), "楷体_GB2312")
        fonts.set(qn("w:hint"), "eastAsia")
    else:
        run.bold = True


def _stamp(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _comment(word: WordDocument, run: Run, source: Source) -> None:
    remark = source.comment
    made = word.add_comment([run], remark.text, author=remark.author, initials=remark.initials)
    made._comment_elm.set(qn("w:date"), _stamp(remark.date))


def _track(paragraph: WordParagraph, run: Run, piece: Piece, source: Source) -> None:
    inserted = piece.kind == "inserted"
    change = _element(
        "w:ins" if inserted else "w:del",
        {
            "id": "101" if inserted else "102",
            "author": source.change.author,
            "date": _stamp(source.change.date),
        },
    )
    paragraph._p.replace(run._r, change)
    change.append(run._r)
    if not inserted:
        text: Any = run._r.find(qn("w:t"))
        text.tag = qn("w:delText")


def _set_properties(word: WordDocument, source: Source) -> None:
    values = source.properties
    core = word.core_properties
    core.author = core.last_modified_by = str(values["author"])
    core.title = str(values["title"])
    core.comments = core.keywords = core.subject = core.category = ""
    core.language, core.revision = "zh-CN", 5
    # The property takes a naive time and writes it down as UTC.
    core.created = cast(datetime, values["created"]).replace(tzinfo=None)
    core.modified = cast(datetime, values["modified"]).replace(tzinfo=None)
    for part in word.part.package.iter_parts():
        if part.partname == "/docProps/app.xml":
            part._blob = APPLICATION.encode()


def _with_fixed_dates(word: WordDocument) -> bytes:
    """Save, then write the archive again: the same input gives the same bytes on any day."""
    saved = BytesIO()
    word.save(saved)
    result = BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, old.read(name), compresslevel=9)
    return result.getvalue()
