"""The docx: opened again by python-docx and by LibreOffice, measured against GB/T 9704-2012."""

import re
from io import BytesIO

import docx as library
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree
from tests.formats.paper_maker import EVEN, MADE, full, pages, paper, part, printed, words

from luoshi.core.paper.model import Column, Heading, Note, Paragraph, Table
from luoshi.formats import libreoffice
from luoshi.formats.gbt9704.docx import docx

needs_libreoffice = pytest.mark.skipif(not libreoffice.available(), reason="no LibreOffice")


def opened(held):
    return library.Document(BytesIO(docx(held, MADE)))


def test_the_page_is_that_of_the_standard():
    section = opened(full()).sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    for got, wanted in zip(sizes, (210, 297, 37, 28), strict=True):
        assert abs(got - Mm(wanted)) < Mm(0.1)
    area = section.page_width - section.left_margin - section.right_margin
    assert abs(area - Mm(156)) < Mm(0.2)
    assert abs(section.page_height - section.top_margin - section.bottom_margin - Mm(225)) < Mm(0.2)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert int(grid.get(qn("w:linePitch"))) * 22 <= Pt(225 * 72 / 25.4) / Pt(1) * 20


def test_every_kind_of_text_names_its_font_for_chinese():
    document = opened(full())
    fonts = {}
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if run.text:
                held = run._r.rPr.rFonts
                assert held.get(qn("w:eastAsia")) == held.get(qn("w:ascii"))
                fonts[run.text[:6]] = (held.get(qn("w:eastAsia")), run.font.size)
    assert fonts["柳河街道办事"] in {("方正小标宋简体", Pt(22)), ("仿宋_GB2312", Pt(16))}
    assert fonts["关于整改情况"] == ("方正小标宋简体", Pt(22))
    assert fonts["一、总体情况"] == ("黑体", Pt(16))
    assert fonts["（一）占道经"] == ("楷体_GB2312", Pt(16))
    assert fonts["1.整治"] == fonts["（1）清理"] == fonts["落实整改措施"] == ("仿宋_GB2312", Pt(16))


def test_page_numbers_stand_outside_in_song():
    data = docx(full(), MADE)
    section = opened(full()).sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert [p._p.pPr.find(qn("w:jc")).get(qn("w:val")) for p in (odd, even)] == ["right", "left"]
    assert [p._p.xml.count(" PAGE ") for p in (odd, even)] == [1, 1]
    assert odd.text == "— 1 —"
    assert {r.font.size for r in odd.runs if r.text} == {Pt(14)}
    assert '宋体"' in odd._p.xml
    assert "evenAndOddHeaders" in part(data, "word/settings.xml")


def test_footnotes_are_real_ones():
    held = paper(
        Paragraph(("甲", Note("第一"), "乙", Note("第二"))), Heading(1, ("一、丙", Note("第三")))
    )
    data = docx(held, MADE)
    notes = part(data, "word/footnotes.xml")
    assert re.findall(r'<w:footnote w:id="(\d+)".*?<w:t[^>]*> (第.)</w:t>', notes) == [
        ("1", "第一"), ("2", "第二"), ("3", "第三"),
    ]  # fmt: skip
    marks = re.findall(r'footnoteReference w:id="(\d+)"', part(data, "word/document.xml"))
    assert marks == ["1", "2", "3"]
    assert "footnotes+xml" in part(data, "[Content_Types].xml")


def test_tables_repeat_their_head():
    document = opened(full())
    table = document.tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [c.text for c in table.rows[1].cells] == ["1", "整治占道经营"]


HOSTILE = (
    "</w:t></w:r><w:r><w:instrText>DDEAUTO cmd</w:instrText></w:r>",
    "{ HYPERLINK \"http://example.org\" }", "=cmd|' /C calc'!A0", "&lt;&amp;&#x41;", "]]><!--",
    "\x00\x01\x0b\x1f甲\ufffe\ud800乙", "\u202e倒过来", "&xxe;", "<?xml version='1.0'?>",
)  # fmt: skip


@pytest.mark.parametrize("evil", HOSTILE)
def test_no_text_becomes_a_field_or_markup(evil):
    held = paper(
        Heading(1, (evil,)), Paragraph((evil, Note(evil))),
        Table((Column(evil, 1), Column("乙", 1)), ((evil, evil),)), title=(evil, evil), to=evil,
    )  # fmt: skip
    document = opened(held)
    shown = "".join(c for c in evil if c.isprintable() and c != "\ufffe")
    said = [p.text for p in document.paragraphs]
    assert sum(shown in one for one in said) >= 2
    assert document.tables[0].cell(1, 0).text == shown
    data = docx(held, MADE)
    tags = {
        element.tag.rpartition("}")[2]
        for name in ("word/document.xml", "word/footnotes.xml")
        for element in etree.fromstring(part(data, name).encode()).iter()
    }
    assert not tags & {"instrText", "fldSimple", "fldChar", "hyperlink", "object", "altChunk"}
    assert {"t", "p", "tbl", "footnoteRef"} <= tags
    assert "TargetMode" not in part(data, "word/_rels/document.xml.rels")


def test_nothing_of_the_machine_is_in_the_file():
    core = opened(full()).core_properties
    assert core.author == core.last_modified_by == "柳河街道办事处"
    assert core.comments == ""
    assert core.created.year == 2026


def test_the_same_paper_is_the_same_file():
    one, other = docx(full(), MADE), docx(full(), MADE)
    assert part(one, "word/document.xml") == part(other, "word/document.xml")


@needs_libreoffice
def test_libreoffice_sets_22_lines_of_28_characters(tmp_path):
    data = printed(docx(paper(Paragraph((EVEN,)), title=("报告",), to=""), MADE), tmp_path)
    for lines in pages(data)[1:3]:
        assert lines[-1].startswith("—")
        body = lines[:-1]
        assert len(body) == 22
        assert {len(line) for line in body} == {28}


@needs_libreoffice
def test_libreoffice_prints_all_of_it(tmp_path):
    said = words(printed(docx(full(), MADE), tmp_path))
    for one in (
        "关于整改情况的报告",
        "中共柳河区委组织部：",
        "（一）占道经营",
        "计入：甲、乙。",
        "—2—",
    ):
        assert one in said
    assert said.index("柳河街道办事处2026年11月23日") > said.index("整治占道经营")
