"""PDF files as office programs make them, against the texts they were made from."""

from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from luoshi.core.reading.model import BoxPlace, Limits, Parsed, ReadError, Span
from luoshi.core.reading.pdf import read_pdf

FILES = Path(__file__).parents[2] / "files" / "pdf"
TITLE_LINES = {"report": 2, "spaced": 1, "notice": 2, "table": 1, "columns": 1}


def read(name: str) -> Parsed:
    return read_pdf((FILES / f"{name}.pdf").read_bytes())


def source(name: str) -> list[str]:
    lines = (FILES / f"{name}.txt").read_text("utf-8").splitlines()
    title = TITLE_LINES[name]
    return ["".join(lines[:title]), *lines[title:]]


@pytest.mark.parametrize("name", TITLE_LINES)
def test_text_is_the_text_it_was_made_from(name):
    assert read(name).text.split("\n") == source(name)


@pytest.mark.parametrize("name", TITLE_LINES)
def test_blocks_are_the_lines_of_the_text(name):
    parsed = read(name)
    assert [parsed.text[block.start : block.end] for block in parsed.blocks] == source(name)
    for before, after in pairwise(parsed.blocks):
        assert after.start == before.end + 1


@pytest.mark.parametrize("name", TITLE_LINES)
def test_places_cover_every_character_but_line_ends_and_tabs(name):
    parsed = read(name)
    covered = {index for place in parsed.places.places for index in range(place.start, place.end)}
    missing = "".join(char for index, char in enumerate(parsed.text) if index not in covered)
    assert not missing.strip("\n\t ")
    starts = [place.start for place in parsed.places.places]
    assert starts == sorted(starts)


def test_running_head_and_page_numbers_are_notes_told_once():
    assert [(note.kind, note.text) for note in read("report").notes] == [
        ("header", "清河街道整改工作报告（内部资料）"),
        ("footer", "— 1 —"),
    ]
    for name in ("spaced", "notice", "table", "columns"):
        assert read(name).notes == ()


def test_a_paragraph_goes_on_over_the_page_break():
    parsed = read("report")
    start = parsed.text.index("（二）社区台账")
    places = parsed.places.locate(start, parsed.text.index("\n", start))
    assert {place.page for place in places} == {2, 3}


def phrase_in_box(name: str, place: BoxPlace) -> str:
    document = pypdfium2.PdfDocument(FILES / f"{name}.pdf")
    try:
        page = document[place.page - 1].get_textpage()
        found = page.get_text_bounded(
            place.left - 1, place.bottom - 1, place.right + 1, place.top + 1
        )
        return "".join(found.split())
    finally:
        document.close()


@pytest.mark.parametrize(
    ("name", "phrase", "page"),
    [
        ("report", "关于整改落实情况", 1),
        ("report", "居民3146户", 1),
        ("report", "老旧小区停车难", 2),
        ("report", "2021年12月20日", 3),
        ("spaced", "单价不超过45元", 1),
        ("notice", "和隐患排查整改工作的通知", 1),
        ("table", "重新布线", 1),
        ("table", "消防通道被占用", 1),
        ("columns", "新楼长是一位护士", 1),
    ],
)
def test_a_phrase_is_found_where_its_place_says(name, phrase, page):
    parsed = read(name)
    start = parsed.text.index(phrase)
    places = parsed.places.locate(start, start + len(phrase))
    assert {place.page for place in places} == {page}
    pieces = [(parsed.text[place.start : place.end], place) for place in places]
    assert "".join(text for text, _ in pieces) == phrase
    for text, place in pieces:
        assert text in phrase_in_box(name, place)


def test_table_rows_have_cells():
    parsed = read("table")
    rows = [block for block in parsed.blocks if block.kind == "row"]
    assert {block.table for block in rows} == {0}
    assert [[parsed.text[a:b] for a, b in row.cells] for row in rows] == [
        ["序号", "问题", "整改措施", "完成日期"],
        ["1", "楼道照明损坏", "更换灯具并公布报修电话，每周巡查一次", "3月15日"],
        ["2", "车棚充电线路老化", "重新布线", "4月30日"],
        ["", "消防通道被占用", "划线并设置隔离桩", "5月10日"],
        ["合计三项，其中两项需要区里支持"],
    ]
    assert all(isinstance(cell, Span) for row in rows for cell in row.cells)


def test_a_password_to_open_is_refused_and_one_to_change_is_not():
    with pytest.raises(ReadError) as caught:
        read("encrypted")
    assert caught.value.code == "encrypted"
    assert "密码" in caught.value.message
    assert read("protected").text == "设了密码的文件，没有密码就打不开。"


@pytest.mark.parametrize("share", [0.0, 0.01, 0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_off_is_damaged(share):
    data = (FILES / "report.pdf").read_bytes()
    with pytest.raises(ReadError) as caught:
        read_pdf(data[: int(len(data) * share)])
    assert caught.value.code == "damaged"


def test_limits_on_pages_and_characters():
    data = (FILES / "report.pdf").read_bytes()
    for limits, figure in ((Limits(pdf_pages=2), "2"), (Limits(characters=900), "900")):
        with pytest.raises(ReadError) as caught:
            read_pdf(data, limits)
        assert caught.value.code == "too_large"
        assert figure in caught.value.message
    assert read_pdf(data, Limits(pdf_pages=3)).text.startswith("清河")
