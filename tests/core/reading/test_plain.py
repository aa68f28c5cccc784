"""txt and md: the file is the canonical text, and its blocks are what a reader sees."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.reading import Limits, ReadError, read_bytes

BLANK = " \t\n\u3000\xa0"
PIECES = st.lists(
    st.sampled_from(
        ["# 标题", "## 一、问题", "**加粗**", "- 学习不够。", "| 序号 | 问题 |", "|---|---|", "| 1 | 学 |"]
        + ["", "   ", "---", "====", "学习不够。", "　　落实不力，", "1.学习", "> 引用", "|", "||", "**", "#", "- "]
        + ["*", "- 3 -", "第 3 页 共 9 页", "_", "\ufeff", "#学习", "\xa0学\xa0", "| \\| |", "……", "·"]
    )
    | st.text("学习。，：|*#-_> \t\u3000\xa01.", max_size=12),
    max_size=20,
)  # fmt: skip


def blocks(text, name="a.md"):
    document = read_bytes(text.encode(), name)
    return [(b.kind, document.text[b.start : b.end], b.level) for b in document.blocks]


def words(text):
    return [piece for _, piece, _ in blocks(text)]


def refusal(data, **limits):
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "a.txt", Limits(**limits))
    return caught.value


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_the_text_is_the_file_with_line_ends_made_one(ends):
    lines = ["# 标题", "", "　　**一、问题**  ", "1.学习\t不够。", ""]
    assert read_bytes(ends.join(lines).encode()).text == "\n".join(lines)


@pytest.mark.parametrize("data", [b" \n\t\n", "\u3000\u3000\n".encode(), "\ufeff".encode(), b"\n"])
def test_a_file_of_blanks_is_empty(data):
    error = refusal(data)
    assert error.code == "empty"
    assert "请" in error.message


def test_the_number_of_characters_is_limited():
    assert read_bytes("学习不够".encode(), "", Limits(characters=4)).text == "学习不够"
    error = refusal("学习不够深".encode(), characters=4)
    assert error.code == "too_large"
    assert "请" in error.message


def test_paragraphs_without_blanks_and_emphasis_at_their_edges():
    text = "　　**一、问题。**\n\n  1.学习不够。  \n> 2.落实不力。\n- 3.作风不实。\n"
    assert words(text) == ["一、问题。", "1.学习不够。", "2.落实不力。", "3.作风不实。"]


def test_headings_have_the_level_of_their_hashes():
    assert blocks("# 标题\n## 一、问题\n### （一）学习\n正文。\n") == [
        ("paragraph", "标题", 1),
        ("paragraph", "一、问题", 2),
        ("paragraph", "（一）学习", 3),
        ("paragraph", "正文。", 0),
    ]


def test_a_hash_that_begins_a_word_is_no_heading():
    assert blocks("#3楼漏水没有修。\n#话题\n") == [
        ("paragraph", "#3楼漏水没有修。", 0),
        ("paragraph", "#话题", 0),
    ]


def test_a_line_underlined_is_a_heading():
    assert blocks("对照检查材料\n====\n\n一、问题\n---\n\n正文。\n") == [
        ("paragraph", "对照检查材料", 1),
        ("paragraph", "一、问题", 2),
        ("paragraph", "正文。", 0),
    ]


def test_a_rule_separates_and_says_nothing():
    assert words("正文一。\n\n---\n\n正文二。\n\n***\n") == ["正文一。", "正文二。"]


def test_page_numbers_are_no_text_and_do_not_break_a_paragraph():
    line = "学习的自觉性和主动性还需要进一步提高并且要长期坚持下去才能见到成"
    text = "\n".join([line, line, "- 3 -", line, line, "第 4 页 共 9 页", "效。"])
    assert words(text) == [text.removesuffix("\n")]


def test_table_rows_have_their_cells_and_their_table():
    text = "| 序号 | **问题** |\n|---|:---:|\n| 1 | 学习 \\| 落实 |\n\n正文。\n\n| 2 | 作风 |\n"
    document = read_bytes(text.encode(), "a.md")
    rows = [b for b in document.blocks if b.kind == "row"]
    assert [[document.text[s:e] for s, e in row.cells] for row in rows] == [
        ["序号", "问题"],
        ["1", "学习 \\| 落实"],
        ["2", "作风"],
    ]
    assert [row.table for row in rows] == [0, 0, 1]
    assert [document.text[row.start : row.end] for row in rows][1] == "1 | 学习 \\| 落实"


def test_empty_cells_inside_a_row_keep_their_column():
    document = read_bytes("| 1 |  | 落实 |\n".encode(), "a.md")
    (row,) = document.blocks
    assert [document.text[s:e] for s, e in row.cells] == ["1", "", "落实"]


def test_a_list_dash_and_a_minus_are_told_apart():
    assert words("- 学习不够。\n-5%的增速。\n") == ["学习不够。", "-5%的增速。"]


@settings(max_examples=1000, deadline=None, derandomize=True)
@given(PIECES, st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_blocks_are_ordered_disjoint_and_not_blank(lines, ends):
    try:
        document = read_bytes(ends.join(lines).encode(), "a.md")
    except ReadError as error:
        assert error.code == "empty"
        return
    place = 0
    for block in document.blocks:
        assert place <= block.start < block.end <= len(document.text)
        piece = document.text[block.start : block.end]
        assert piece[0] not in BLANK
        assert piece[-1] not in BLANK
        assert (block.kind == "row") == bool(block.cells)
        assert (block.table >= 0) == (block.kind == "row")
        for cell in block.cells:
            assert block.start <= cell.start <= cell.end <= block.end
        place = block.end
