"""Make the PDF files of this folder from the texts beside them.

Needs LibreOffice (soffice), the fonts Noto Serif CJK and Noto Sans CJK, qpdf and
python-docx. Run it from anywhere: ``python make.py``. The result is committed because
no two machines set a line alike; run it again only to add a file.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from sheet import Sheet

HERE = Path(__file__).parent
SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"


def lines(name: str) -> list[str]:
    return (HERE / f"{name}.txt").read_text("utf-8").splitlines()


def blank(size: float) -> Docx:
    document = Document()
    style = document.styles["Normal"]
    style.font.size = Pt(size)
    style.font.name = SERIF
    style.element.rPr.rFonts.set(qn("w:eastAsia"), SERIF)
    style.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    return document


def add(document: Docx, text: str, *, font: str = SERIF, size: float | None = None) -> Paragraph:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.name = font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    if size:
        run.font.size = Pt(size)
    return paragraph


def field(paragraph: Paragraph, code: str) -> None:
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = code
        run._element.append(mark)


def body(document: Docx, text: str, *, exact: float) -> Paragraph:
    heading = text[1:2] == "、" or (text.startswith("（") and len(text) < 14)
    paragraph = add(document, text, font=SANS if heading else SERIF)
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph.paragraph_format.line_spacing = Pt(exact)
    paragraph.alignment = ALIGN.JUSTIFY
    return paragraph


def report() -> Docx:
    """Official paper: two-line title, indents, running head, page numbers left and right."""
    document = blank(16)
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for head, foot, side in (
        (section.header, section.footer, ALIGN.RIGHT),
        (section.even_page_header, section.even_page_footer, ALIGN.LEFT),
    ):
        head.paragraphs[0].text = "清河街道整改工作报告（内部资料）"
        head.paragraphs[0].runs[0].font.size = Pt(10.5)
        foot.paragraphs[0].alignment = side
        foot.paragraphs[0].add_run("— ")
        field(foot.paragraphs[0], "PAGE")
        foot.paragraphs[0].add_run(" —")
    title, subtitle, addressee, *rest, unit, date = lines("report")
    for text in (title, subtitle):
        add(document, text, font=SANS, size=22).alignment = ALIGN.CENTER
    add(document, addressee)
    for text in rest:
        body(document, text, exact=29)
    for text in (unit, date):
        paragraph = add(document, text)
        paragraph.alignment = ALIGN.RIGHT
        paragraph.paragraph_format.right_indent = Pt(32)
    return document


def spaced() -> Docx:
    """No indents; a space after each paragraph parts them; ragged margin."""
    document = blank(12)
    title, *rest = lines("spaced")
    add(document, title, font=SANS, size=16)
    for text in rest:
        paragraph = add(document, text)
        paragraph.alignment = ALIGN.LEFT
    for paragraph in document.paragraphs:
        paragraph.paragraph_format.space_after = Pt(10)
    return document


def notice() -> Docx:
    """A title over two lines set by hand, a subtitle, signature and date at the right."""
    document = blank(16)
    first, second, mode, addressee, *rest, annex, unit, date = lines("notice")
    paragraph = add(document, first, font=SANS, size=22)
    paragraph.runs[0].add_break()
    paragraph.add_run(second).font.size = Pt(22)
    paragraph.alignment = ALIGN.CENTER
    add(document, mode).alignment = ALIGN.CENTER
    add(document, addressee)
    for text in (*rest, annex):
        body(document, text, exact=28)
    for text in (unit, date):
        add(document, text).alignment = ALIGN.RIGHT
    return document


def table() -> Docx:
    """A ruled table with a cell over two rows and a last row over all columns."""
    document = blank(12)
    title, before, *rows, after = lines("table")
    add(document, title, size=16).alignment = ALIGN.CENTER
    body(document, before, exact=20).paragraph_format.first_line_indent = Pt(24)
    cells = [row.split("\t") for row in rows]
    grid = document.add_table(len(cells), 4)
    grid.style = "Table Grid"
    for index, row in enumerate(cells):
        for column, text in enumerate(row):
            grid.cell(index, column).text = text
    grid.cell(2, 0).merge(grid.cell(3, 0)).text = "2"
    grid.cell(4, 0).merge(grid.cell(4, 3)).text = cells[4][0]
    body(document, after, exact=20).paragraph_format.first_line_indent = Pt(24)
    return document


def columns() -> Docx:
    """A title across the page, two columns of equal height, a closing line below them."""
    document = blank(12)
    title, contents, *rest, closing = lines("columns")
    add(document, title, size=20).alignment = ALIGN.CENTER
    add(document, contents)
    document.add_section(WD_SECTION.CONTINUOUS)
    for text in rest:
        body(document, text, exact=20).paragraph_format.first_line_indent = Pt(24)
    document.add_section(WD_SECTION.CONTINUOUS)
    add(document, closing)
    for part, number in zip(document.sections, "121", strict=True):
        setting = part._sectPr.xpath("./w:cols")[0]
        setting.set(qn("w:num"), number)
        setting.set(qn("w:space"), "600")
    return document


def encrypted() -> None:
    """Two small files with a password: one to open, one only to change."""
    data = Sheet().page().text(90, 700, "设了密码的文件，没有密码就打不开。").data()
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.pdf"
        plain.write_bytes(data)
        for name, user in (("encrypted", "secret"), ("protected", "")):
            subprocess.run(
                ["qpdf", "--encrypt", user, "owner", "256", "--", plain, HERE / f"{name}.pdf"],
                check=True,
            )


def main() -> None:
    for build in (report, spaced, notice, table, columns):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / f"{build.__name__}.docx"
            build().save(str(source))
            subprocess.run(
                ["soffice", "--headless", "--convert-to", "pdf", "--outdir", HERE, source],
                check=True,
                stdout=subprocess.DEVNULL,
            )
    encrypted()


if __name__ == "__main__":
    main()
