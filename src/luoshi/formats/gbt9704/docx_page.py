"""The page of a docx: margins, grid, page numbers, and the part that holds the footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from luoshi.core.knowledge import table
from luoshi.formats.gbt9704 import layout
from luoshi.formats.gbt9704.docx_xml import E, Xml, exact, fonts, run, size

if TYPE_CHECKING:
    from docx.document import Document

_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def prepare(document: Document) -> None:
    """Give an empty document the page, the grid and the page numbers of the standard."""
    from docx.shared import Mm

    body = document.element.body
    for child in list(body)[:-1]:
        body.remove(child)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(layout.PAGE_WIDTH), Mm(layout.PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(layout.TOP), Mm(layout.BOTTOM)
    section.left_margin, section.right_margin = Mm(layout.LEFT), Mm(layout.RIGHT)
    section.gutter, section.header_distance = Mm(0), Mm(15)
    high = layout.NUMBER / layout.POINTS
    section.footer_distance = Mm(layout.BOTTOM - layout.NUMBER_BELOW - high / 2)
    _grid(section._sectPr)
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, "right")
    _number(section.even_page_footer, "left")
    _plain_style(document)


def _grid(section: Any) -> None:
    """Lay a grid of 22 lines; that 28 characters fill one is seen to in the runs."""
    from docx.oxml.ns import qn

    for old in section.findall(qn("w:docGrid")):
        section.remove(old)
    pitch = int(layout.HEIGHT * layout.POINTS * 20 / layout.LINES)
    section.append(E("w:docGrid", type="lines", linePitch=pitch))


def _plain_style(document: Document) -> None:
    """Let nothing of the library's own template show: its theme's fonts, its distances."""
    from docx.oxml.ns import qn

    body = table("templates/fonts")["body"]["named"]
    styles = document.styles.element
    for defaults in styles.findall(qn("w:docDefaults")):
        styles.remove(defaults)
    styles.insert(
        0,
        E(
            "w:docDefaults",
            E("w:rPrDefault", E("w:rPr", fonts(body), *size(layout.BODY),
                                E("w:lang", val="en-US", eastAsia="zh-CN"))),
            E("w:pPrDefault", E("w:pPr", E("w:autoSpaceDE", val="0"), E("w:autoSpaceDN", val="0"),
                                E("w:spacing", before=0, after=0))),
        ),
    )  # fmt: skip
    normal = document.styles["Normal"].element
    for name in ("w:rPr", "w:pPr"):
        for old in normal.findall(qn(name)):
            normal.remove(old)
    normal.append(E("w:rPr", fonts(body), *size(layout.BODY)))
    raised = E("w:rPr", fonts(body), E("w:vertAlign", val="superscript"))
    where = E("w:pPr", E("w:snapToGrid", val="0"), exact(layout.NOTE * 1.4), E("w:jc", val="left"))
    styles.append(
        E("w:style", E("w:name", val="footnote text"), E("w:basedOn", val="Normal"), where,
          E("w:rPr", *size(layout.NOTE)), type="paragraph", styleId="FootnoteText")
    )  # fmt: skip
    styles.append(
        E("w:style", E("w:name", val="footnote reference"), raised, type="character",
          styleId="FootnoteReference")
    )  # fmt: skip


def _number(footer: Any, side: str) -> None:
    """Put the page number into a footer: outside, one character from the edge (7.5)."""
    footer.is_linked_to_previous = False
    held = footer._element
    for child in list(held):
        held.remove(child)
    name = table("templates/fonts")["number"]["named"]
    gap = {f"{side}Chars": 100, side: round(layout.NUMBER * 20)}
    where = E("w:pPr", E("w:snapToGrid", val="0"), exact(layout.NUMBER * 1.2), E("w:ind", **gap),
              E("w:jc", val=side))  # fmt: skip
    held.append(E("w:p", where, run("— ", name, layout.NUMBER), *_field(name),
                  run(" —", name, layout.NUMBER)))  # fmt: skip


def _field(name: str) -> list[Xml]:
    look = [fonts(name), *size(layout.NUMBER)]
    kinds = ("begin", "separate", "end")
    marks = [E("w:r", E("w:rPr", *_again(look)), E("w:fldChar", fldCharType=k)) for k in kinds]
    asked = E("w:instrText")
    asked.text = " PAGE "
    shown = run("1", name, layout.NUMBER)
    return [marks[0], E("w:r", E("w:rPr", *_again(look)), asked), marks[1], shown, marks[2]]


def _again(elements: list[Xml]) -> list[Xml]:
    from copy import deepcopy

    return [deepcopy(one) for one in elements]


def add_footnotes(document: Document, notes: list[str]) -> None:
    """Add the part with the footnotes, numbered from 1 in the order of their marks."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from lxml import etree

    name = table("templates/fonts")["body"]["named"]
    root = E("w:footnotes", _line(-1, "separator"), _line(0, "continuationSeparator"))
    root.extend(_note(n, words, name) for n, words in enumerate(notes, 1))
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    main = document.part
    part = Part(PackURI("/word/footnotes.xml"), _CONTENT, data, main.package)
    main.relate_to(part, _FOOTNOTES)


def _line(key: int, kind: str) -> Xml:
    where = E("w:pPr", exact(layout.NOTE * 1.2))
    return E("w:footnote", E("w:p", where, E("w:r", E(f"w:{kind}"))), type=kind, id=key)


def _note(key: int, words: str, name: str) -> Xml:
    mark = E("w:r", E("w:rPr", E("w:rStyle", val="FootnoteReference")), E("w:footnoteRef"))
    where = E("w:pPr", E("w:pStyle", val="FootnoteText"))
    return E("w:footnote", E("w:p", where, mark, run(f" {words}", name, layout.NOTE)), id=key)
