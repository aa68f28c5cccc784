"""Pages drawn glyph by glyph: what office programs do not produce on demand."""

import runpy
from pathlib import Path

import pypdfium2
import pytest

from luoshi.core.reading.model import ReadError
from luoshi.core.reading.pdf import read_pdf

FILES = Path(__file__).parents[2] / "files" / "pdf"
Sheet = runpy.run_path(str(FILES / "sheet.py"))["Sheet"]
LONG = "街道按月抽查台账，抽到的逐条到现场核对，核对结果当场公布。"


def lines(sheet):
    return read_pdf(sheet.data()).text.split("\n")


def kinds(parsed):
    return [(note.kind, note.text) for note in parsed.notes]


def refused(data):
    with pytest.raises(ReadError) as caught:
        read_pdf(data)
    assert caught.value.message.endswith("。")
    return caught.value.code


# --- characters -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("⼀是⽅法不多", "一是方法不多"),
        ("⻓期坚持", "长期坚持"),
        ("理論", "理論"),
        ("ﬁnal ﬂow", "final flow"),
        ("办\x00结\x07了", "办结了"),
        ("双语：office work", "双语：office work"),
        ("\uf0b7 巡查每周一次", "• 巡查每周一次"),
        ("字\ue123不明", "字\ufffd不明"),
        ("一\u3000览", "一\u3000览"),
    ],
)
def test_characters(drawn, read):
    assert lines(Sheet().page().text(90, 700, drawn)) == [read]


def test_an_unknown_character_is_reported():
    parsed = read_pdf(Sheet().page().text(90, 700, "字\ue123不明，别的都清楚。").data())
    assert [note.kind for note in parsed.notes] == ["skipped"]
    assert "1 个字" in parsed.notes[0].text


def test_glyphs_drawn_twice_for_boldness_are_read_once():
    sheet = Sheet().page()
    for shift in (0, 0.4, 0.8):
        sheet.text(90 + shift, 700, "加粗的标题人人看 bold office")
    for index, char in enumerate("一一对应"):
        sheet.text(90 + 16 * index, 660, char).text(90.3 + 16 * index, 660.3, char)
    assert lines(sheet) == ["加粗的标题人人看 bold office", "一一对应"]


def test_letter_spacing_is_no_space():
    sheet = Sheet().page().text(90, 760, "对照检查材料", 22, gap=22)
    sheet.text(90, 700, "整 改 台 账", 22)
    sheet.text(90, 640, "姓名：某某").text(300, 640, "职务：科员")
    assert lines(sheet) == ["对照检查材料", "整改台账", "姓名：某某 职务：科员"]


def test_a_space_that_takes_up_no_room_is_none():
    sheet = Sheet().page().text(90, 700, "街道 ").text(122, 700, "办事处")
    assert lines(sheet) == ["街道办事处"]


def test_latin_words_set_apart_by_position_only():
    sheet = Sheet().page().text(90, 700, "street").text(90 + 48 + 5, 700, "office")
    assert lines(sheet) == ["street office"]


def test_superscripts_stay_in_their_line():
    sheet = Sheet().page().text(90, 700, "面积96").text(90 + 48, 706, "2", 9)
    sheet.text(90 + 48 + 5, 700, "平方米以内")
    assert lines(sheet) == ["面积962平方米以内"]


# --- the page -------------------------------------------------------------------------


def test_text_outside_the_crop_box_is_not_on_the_page():
    sheet = Sheet().page(crop=(50, 50, 545, 790))
    sheet.text(90, 700, LONG[:20]).text(90, 800, "裁掉的页眉").text(90, 20, "裁掉的页脚")
    assert lines(sheet) == [LONG[:20]]


def test_an_invisible_text_layer_is_read():
    sheet = Sheet().page().image(0, 0, 595, 842)
    sheet.text(90, 700, LONG[:26], mode=3).text(90, 672, LONG[26:], mode=3)
    assert lines(sheet) == [LONG]


@pytest.mark.parametrize("angle", [90, 180, 270])
@pytest.mark.parametrize("rotate", [0, 90])
def test_turned_pages_read_the_same(angle, rotate):
    sheet = Sheet((800, 800)).page(rotate=rotate)
    text = [LONG[:20], LONG[20:]]
    for index, line in enumerate(text):
        down = 28 * index
        x, y = {90: (300 + down, 200), 180: (600, 300 + down), 270: (500 - down, 700)}[angle]
        sheet.text(x, y, line, angle=angle)
    parsed = read_pdf(sheet.data())
    assert parsed.text == LONG
    document = pypdfium2.PdfDocument(sheet.data())
    for place in parsed.places.places:
        box = (place.left - 1, place.bottom - 1, place.right + 1, place.top + 1)
        # Only the multi-character lines have a width in pdfium's own view of this font.
        found = document[0].get_textpage().get_text_bounded(*box)
        assert found in ("", parsed.text[place.start : place.end])
        assert place.right - place.left < 400
    document.close()


def test_a_watermark_across_the_page_is_a_note():
    sheet = Sheet().page().text(90, 700, LONG[:20]).text(200, 300, "内部资料", 60, angle=45)
    parsed = read_pdf(sheet.data())
    assert parsed.text == LONG[:20]
    assert [note.kind for note in parsed.notes] == ["skipped"]
    assert "内部资料" in parsed.notes[0].text


def test_two_columns_whose_lines_do_not_stand_side_by_side():
    sheet = Sheet().page().text(60, 780, "一份横跨两栏的标题写得很长很长很长", 24)
    left = [f"左栏第{count}行写满一整栏。" for count in "一二三四五六"]
    right = [f"右栏第{count}行写满一整栏。" for count in "一二三四五六"]
    for index in range(6):
        sheet.text(60, 700 - 20 * index, left[index], 16)
        sheet.text(320, 693 - 20 * index, right[index], 16)
    text = "".join(lines(sheet)[1:])
    assert text == "".join(left + right)


def test_a_page_whose_right_column_is_empty():
    sheet = Sheet().page().text(60, 780, "横跨两栏的导语写满整整一行，从左边一直写到右边为止。")
    for index in range(4):
        sheet.text(60, 700 - 60 * index, f"第{index}件整改事项先核对清楚再")
        sheet.text(60, 680 - 60 * index, "逐条落实到具体的人头上去，")
        sheet.text(60, 660 - 60 * index, "不能含糊。")
    item = "件整改事项先核对清楚再逐条落实到具体的人头上去，不能含糊。"
    assert lines(sheet)[1:] == [f"第{index}{item}" for index in range(4)]


def test_single_characters_in_a_font_that_is_not_there():
    sheet = Sheet().page()
    for index, char in enumerate("逐字摆放的一行"):
        sheet.text(90 + 16 * index, 700, char)
    assert lines(sheet) == ["逐字摆放的一行"]


# --- running heads and page numbers ---------------------------------------------------


def book(count, head=lambda page: "", foot=lambda page: ""):
    sheet = Sheet()
    for page in range(1, count + 1):
        sheet.page()
        if head(page):
            sheet.text(90, 800, head(page), 10)
        for index in range(8):
            sheet.text(90, 700 - 28 * index, f"第{page}页正文第{index}行到此为止。")
        if foot(page):
            sheet.text(280 if page % 2 else 100, 40, foot(page), 12)
    return sheet


@pytest.mark.parametrize(
    "form",
    [
        "— {} —",
        "- {} -",
        "{}/4",
        "第{}页 共4页",
        "{}",
        "－{}－",
        "第 {} 页",
        "Page {} of 4",
        "· {} ·",
    ],
)
def test_page_numbers_are_a_note(form):
    parsed = read_pdf(book(4, foot=form.format).data())
    assert len(parsed.text.split("\n")) == 32
    assert kinds(parsed) == [("footer", form.format(1))]


def test_page_numbers_that_do_not_start_at_one():
    parsed = read_pdf(book(3, foot=lambda page: str(page + 16)).data())
    assert kinds(parsed) == [("footer", "17")]


def test_a_page_number_on_a_single_page():
    assert kinds(read_pdf(book(1, foot=lambda _: "— 1 —").data())) == [("footer", "— 1 —")]


def test_heads_that_alternate_and_count():
    def head(page):
        return f"清河街道年报 第{page}期" if page % 2 else "内部资料请勿外传"

    assert kinds(read_pdf(book(4, head=head).data())) == [
        ("header", "清河街道年报 第1期"),
        ("header", "内部资料请勿外传"),
    ]


def test_what_stands_once_near_the_edge_is_text():
    parsed = read_pdf(book(3, head=lambda page: "抄送区民政局" if page == 3 else "").data())
    assert "抄送区民政局" in parsed.text
    assert parsed.notes == ()


def test_attachment_numbers_and_titles_are_not_running_heads():
    sheet = Sheet()
    for page in "123":
        sheet.page().text(90, 790, f"附件{page}").text(150, 760, "整改事项登记表", 22)
        for index in range(6):
            sheet.text(90, 700 - 28 * index, f"第{page}份第{index}行正文。")
    parsed = read_pdf(sheet.data())
    assert parsed.notes == ()
    assert parsed.text.count("附件") == parsed.text.count("登记表") == 3


# --- pages without text ---------------------------------------------------------------


def test_pictures_only_is_no_text():
    data = Sheet().page().image(0, 0, 595, 842).page().image(0, 0, 595, 842).data()
    with pytest.raises(ReadError) as caught:
        read_pdf(data)
    assert caught.value.code == "no_text"
    assert "扫描件" in caught.value.message
    assert "Word 文件" in caught.value.message
    assert "文字识别" in caught.value.message


def test_a_scanning_program_s_own_words_do_not_make_text():
    sheet = Sheet()
    for _ in range(3):
        sheet.page().image(0, 0, 595, 842).text(200, 20, "扫描工具 创建", 8)
    assert refused(sheet.data()) == "no_text"
    assert refused(Sheet().page().image(0, 0, 595, 842).text(9, 9, "扫描").data()) == "no_text"


def test_blank_pages_are_no_text():
    assert refused(Sheet().page().page().data()) == "no_text"


def test_pictures_among_pages_of_text_are_named():
    sheet = Sheet()
    for page in range(1, 6):
        sheet.page()
        if page in (2, 5):
            sheet.image(0, 0, 595, 842)
        elif page != 4:
            sheet.text(90, 700, LONG[:26]).text(90, 672, LONG[26:])
    parsed = read_pdf(sheet.data())
    assert parsed.text == f"{LONG}\n{LONG}"
    assert [note.kind for note in parsed.notes] == ["skipped"]
    assert "第 2、5 页" in parsed.notes[0].text


def test_fonts_without_meaning_are_no_text():
    with pytest.raises(ReadError) as caught:
        read_pdf(Sheet(mapped=False).page().text(90, 700, LONG).data())
    assert caught.value.code == "no_text"
    assert "乱码" in caught.value.message
    assert refused(Sheet().page().text(90, 700, "\ue001\ue002\ue003好").data()) == "no_text"


# --- tables ---------------------------------------------------------------------------


def ruled(sheet, top):
    sheet.grid([90, 200, 400], [top, top - 30, top - 80])
    sheet.text(95, top - 20, "问题").text(205, top - 20, "措施")
    sheet.text(95, top - 50, "灯坏了").text(205, top - 50, "换灯以后").text(205, top - 70, "再看")
    return sheet


def test_a_ruled_table_stands_where_it_stands():
    sheet = ruled(Sheet().page().text(90, 760, "表前一段。"), 700).text(90, 560, "表后一段。")
    parsed = read_pdf(sheet.data())
    assert parsed.text == "表前一段。\n问题\t措施\n灯坏了\t换灯以后再看\n表后一段。"
    assert [(block.kind, block.table) for block in parsed.blocks] == [
        ("paragraph", -1),
        ("row", 0),
        ("row", 0),
        ("paragraph", -1),
    ]


def test_a_table_goes_on_over_the_page_and_another_is_another():
    sheet = ruled(Sheet().page(), 200)
    ruled(sheet.page(), 780).text(90, 600, "中间一段。")
    ruled(sheet, 500)
    tables = [block.table for block in read_pdf(sheet.data()).blocks]
    assert tables == [0, 0, 0, 0, -1, 1, 1]


def test_a_frame_or_an_underline_is_no_table():
    sheet = Sheet().page().grid([80, 500], [650, 760]).rule(90, 695, 300, 695)
    sheet.text(90, 700, "框里的一句话。").text(90, 660, "框里的另一句话。")
    assert {block.kind for block in read_pdf(sheet.data()).blocks} == {"paragraph"}
