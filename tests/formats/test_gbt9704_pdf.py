"""The pdf: set by typst in the layout of GB/T 9704-2012, with the fonts that are there."""

import os
import re
from pathlib import Path

import pypdfium2
import pytest
from tests.formats.paper_maker import EVEN, MADE, full, pages, paper, words

from luoshi.core.knowledge import table
from luoshi.core.paper.model import Column, Heading, Note, Paragraph, Table
from luoshi.formats.gbt9704 import fonts as looking
from luoshi.formats.gbt9704.fonts import ROLES, Fonts, NoFonts, choose
from luoshi.formats.gbt9704.pdf import pdf


@pytest.fixture(scope="module")
def fonts():
    try:
        return choose()
    except NoFonts:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("no Chinese font: apt-get install fonts-noto-cjk")


def test_22_lines_of_28_characters(fonts):
    for lines in pages(pdf(paper(Paragraph((EVEN,)), title=("报告",), to=""), fonts, MADE))[1:3]:
        assert len(lines) == 23
        assert {len(line) for line in lines[:-1]} == {28}
        assert re.fullmatch(r"—\d—", lines[-1])


def test_the_page_and_where_its_text_stands(fonts):
    document = pypdfium2.PdfDocument(pdf(paper(Paragraph((EVEN,)), title=("报告",)), fonts, MADE))
    page = document[1]
    width, height = page.get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
    text = page.get_textpage()
    boxes = [(text.get_text_range(n, 1), text.get_charbox(n)) for n in range(text.count_chars())]
    body = [box for char, box in boxes if char.strip() and char not in "—0123456789"]
    left, right = min(b[0] for b in body), max(b[2] for b in body)
    top = height - max(b[3] for b in body)
    assert abs(left / 72 * 25.4 - 28) < 1
    assert abs((width - right) / 72 * 25.4 - 26) < 1
    assert abs(top / 72 * 25.4 - 37) < 1
    dash = next(box for char, box in boxes if char == "—")
    below = height - (dash[1] + dash[3]) / 2 - (37 + 225) / 25.4 * 72
    assert abs(below / 72 * 25.4 - 7) < 1
    assert dash[0] < width / 2  # an even page: to the left


def test_signature_and_date_stand_where_they_should(fonts):
    page = pypdfium2.PdfDocument(pdf(paper(title=("报告",), to=""), fonts, MADE))[0]
    text, edge, pitch = page.get_textpage(), (28 + 156) / 25.4 * 72, 156 / 28 / 25.4 * 72
    said = "".join(text.get_text_range(n, 1) for n in range(text.count_chars()))
    name, day = said.index("柳河街道办事处"), said.index("2026年11月23日")
    left = [text.get_charbox(n, loose=True)[0] for n in (name, day)]
    assert abs(left[1] - left[0] - 2 * pitch) < pitch
    right = text.get_charbox(day + len("2026年11月23日") - 1, loose=True)[2]
    assert abs(edge - right - 2 * pitch) < 4


@pytest.mark.parametrize("lines", range(12, 24))
def test_nobody_signs_an_empty_page(fonts, lines):
    held = paper(Paragraph((EVEN[: 28 * lines - 2],)), Paragraph(("结尾一句。",)), title=("报告",))
    document = pypdfium2.PdfDocument(pdf(held, fonts, MADE))
    last = "".join(document[len(document) - 1].get_textpage().get_text_range().split())
    assert "结尾一句。柳河街道办事处2026年11月23日" in last


def test_it_says_all_of_it(fonts):
    said = words(pdf(full(), fonts, MADE))
    for one in (
        "关于整改情况的报告",
        "中共柳河区委组织部：",
        "一、总体情况",
        "已销号2项",
        "计入：甲、乙。",
        "整治占道经营",
    ):
        assert one in said
    assert said.index("柳河街道办事处2026年11月23日") > said.index("整治占道经营")


HOSTILE = (
    "#import \"@preview/cetz:0.3.0\"", "#read(\"/etc/passwd\")", "*粗* _斜_ $x^2$ `码` <标> @引",
    "#panic(\"x\")", "// 注 /* 释 */", "\\u{41} \\ ~ -- ---", "= 标题", "#{", "]", "\"", "\\",
    "{{", "#set page(fill: black)", "#sys.inputs",
)  # fmt: skip


@pytest.mark.parametrize("evil", HOSTILE)
def test_no_text_becomes_markup(fonts, evil):
    held = paper(
        Heading(1, (evil,)), Paragraph((evil, Note(evil))),
        Table((Column(evil, 1),), ((evil,),)), title=(evil,), to=evil,
    )  # fmt: skip
    said = words(pdf(held, fonts, MADE))
    assert said.count("".join(evil.split())) >= 5
    assert "root:" not in said


def test_a_file_cannot_be_read_by_a_text(fonts, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密内容")
    said = words(pdf(paper(Paragraph((f'#read("{secret}")',))), fonts, MADE))
    assert "秘密内容" not in said


def test_a_machine_without_a_chinese_font_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(looking, "_families", lambda folders: ("DejaVu Sans", "Libertinus Serif"))
    with pytest.raises(NoFonts, match=r"fonts-noto-cjk.*LUOSHI_FONTS.*docx"):
        choose()


def test_a_folder_that_is_not_there_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("LUOSHI_FONTS", str(tmp_path / "字体"))
    with pytest.raises(NoFonts, match="字体”不存在"):
        choose()


def test_the_office_s_own_fonts_come_first_and_nothing_is_said(monkeypatch):
    known = table("templates/fonts")
    real = tuple(known[role]["real"][-1] for role in ROLES)
    monkeypatch.setattr(looking, "_families", lambda folders: (*real, "Noto Serif CJK SC"))
    found = choose()
    assert [found.families[role][0] for role in ROLES] == list(real)
    assert found.words() == ""
    monkeypatch.setattr(
        looking, "_families", lambda folders: ("Noto Serif CJK SC", "Noto Sans CJK SC")
    )
    assert "仿宋" in choose().words()
    assert "LUOSHI_FONTS" in choose().words()


def test_a_font_that_has_gone_is_an_error_and_no_blank_page(fonts):
    gone = Fonts(dict.fromkeys(ROLES, ("NoSuchFontAnywhere",)), (), ())
    with pytest.raises(NoFonts, match="没有生成"):
        pdf(full(), gone, MADE)


def test_fonts_in_the_folder_are_found(monkeypatch, tmp_path, fonts):
    import typst

    held = typst.Fonts(include_embedded_fonts=False).fonts()
    path = next(Path(f.path) for f in held if f.family == fonts.families["body"][0] and f.path)
    (tmp_path / path.name).symlink_to(path)
    monkeypatch.setenv("LUOSHI_FONTS", str(tmp_path))
    found = choose()
    assert found.folders == (str(tmp_path),)
    assert "整改情况" in words(pdf(full(), found, MADE))


def test_the_same_paper_is_the_same_file(fonts):
    assert pdf(full(), fonts, MADE) == pdf(full(), fonts, MADE)
