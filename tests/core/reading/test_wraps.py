"""Hard line wraps: a paragraph cut into lines is one paragraph again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.reading import read_bytes

CLAUSES = (
    "理论学习不够系统深入", "习惯于用老办法处理新矛盾", "联系群众的渠道比较狭窄", "对“四风”反弹警惕不够",
    "满足于开会传达和发文部署", "没有及时到现场了解实际情况", "《条例》学得不细", "导致工作推进比较缓慢",
    "与群众的期盼相比还有差距", "存在重部署轻落实的现象", "对年轻干部关心培养不够", "批评和自我批评的辣味不足",
)  # fmt: skip
HEADINGS = (
    "一、存在的问题",
    "（一）在学习方面",
    "二、产生问题的原因",
    "三、整改措施",
    "（二）作风方面",
)


@st.composite
def wrapped_documents(draw, widths):
    """Give the paragraphs of a document, its file and how the paragraphs are told apart."""
    width = draw(widths)
    style = draw(st.sampled_from(["numbered", "indented", "spaced"]))
    paragraphs, lines = [], []
    for number in range(1, draw(st.integers(4, 7)) + 1):
        if draw(st.booleans()):
            paragraphs.append(draw(st.sampled_from(HEADINGS)))
            _set(lines, paragraphs[-1], width, style)
        clauses, size = [], 0
        need = draw(st.integers(2 * width + 12, 4 * width))
        while size < need:
            clause = draw(st.sampled_from(CLAUSES))
            clauses.append(clause + draw(st.sampled_from(["，", "，", "；", "。", "、"])))
            size += len(clauses[-1])
        words = "".join(clauses)[:-1] + "。"
        paragraphs.append(f"{number}.{words}" if style == "numbered" else words)
        _set(lines, paragraphs[-1], width, style)
    return paragraphs, "\n".join(lines) + "\n", style


def _set(lines, paragraph, width, style):
    words = "　　" + paragraph if style == "indented" else paragraph
    lines += [words[at : at + width] for at in range(0, len(words), width)]
    if style == "spaced":
        lines.append("")


def read_back(text):
    document = read_bytes(text.encode(), "a.txt")
    return [document.text[b.start : b.end].replace("\n", "") for b in document.blocks]


@settings(max_examples=2000, deadline=None, derandomize=True)
@given(wrapped_documents(st.integers(26, 60)))
def test_a_wrapped_document_has_its_paragraphs_again(made):
    paragraphs, text, _ = made
    assert read_back(text) == paragraphs


@settings(max_examples=200, deadline=None, derandomize=True)
@given(wrapped_documents(st.integers(20, 25)))
def test_a_narrowly_wrapped_document_has_its_paragraphs_again(made):
    paragraphs, text, _ = made
    assert read_back(text) == paragraphs


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.lists(
        st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=6).map(
            lambda c: "，".join(c) + "。"
        ),
        min_size=1,
        max_size=8,
    )
)
def test_paragraphs_that_are_one_line_each_are_never_joined(paragraphs):
    assert read_back("\n".join(paragraphs)) == paragraphs


def test_item_lines_stay_apart_in_a_wrapped_file():
    line = "学习的自觉性和主动性还需要进一步提高并且要长期坚持下去才能见到成"
    text = "\n".join(["1." + line, line + "效。", "2." + line, line + "效。", "（3）" + line, line])
    assert [words[:2] for words in read_back(text)] == ["1.", "2.", "（3"]


def test_an_enumeration_inside_a_paragraph_may_begin_a_line():
    line = "学习的自觉性和主动性还需要进一步提高并且要长期坚持下去才能见到成"
    text = "\n".join([line, line, line + "效。", "一是" + line, line, "二是" + line, line])
    assert len(read_back(text)) <= 3


@pytest.mark.parametrize("above", ["一、存在的问题", "对照检查材料", "（三）在担当作为方面"])
def test_a_short_heading_is_not_glued_to_the_paragraph_below(above):
    line = "学习的自觉性和主动性还需要进一步提高并且要长期坚持下去才能见到成"
    text = "\n".join([above, "", line, line, line, "效。"])
    assert read_back(text) == [above, line * 3 + "效。"]


def test_table_rows_are_never_joined():
    line = "| 1 | 学习的自觉性和主动性还需要进一步提高并且要长期坚持下去才能见到成"
    assert len(read_back("\n".join([line] * 4))) == 4


def test_a_comma_at_the_end_of_a_line_joins_even_in_a_file_that_is_not_wrapped():
    assert read_back("1.学习不够，\n落实不力。\n2.作风不实。") == [
        "1.学习不够，落实不力。",
        "2.作风不实。",
    ]


def test_a_word_cut_before_its_numeral_is_no_item():
    line = "学习的自觉性和主动性还需要进一步提高并且要长期坚持下去才能见到成"
    text = "\n".join([line, line, line[:-1] + "单", "一、对“四风”反弹警惕不够。"])
    assert len(read_back(text)) == 1


LINE = "学习的自觉性和主动性还需要进一步提高并且要长期坚持下去才能见到成"


def test_a_file_with_a_margin_is_told_apart_by_the_indents_beyond_it():
    first, more = "      " + LINE[:-2], "    " + LINE
    text = "\n".join([first, more, more[:-1] + "。", more, first, more, first, more])
    assert [words.replace(" ", "") for words in read_back(text)] == [
        LINE[:-2] + LINE + LINE[:-1] + "。" + LINE,
        LINE[:-2] + LINE,
        LINE[:-2] + LINE,
    ]


def test_in_an_indented_file_a_line_that_ends_a_sentence_early_goes_on_when_the_next_has_no_indent():
    first = "　　" + LINE[:-2]
    text = "\n".join([first, LINE, LINE[:-3] + "。", LINE, first, LINE, first, LINE])
    assert [len(words) for words in read_back(text)] == [
        len(LINE) * 4 - 4,
        len(LINE) * 2 - 2,
        len(LINE) * 2 - 2,
    ]


def test_long_paragraphs_on_one_line_beside_short_ones_are_not_a_wrapped_file():
    long = LINE * 4 + "效。"
    text = "\n".join([LINE, long, LINE, long, LINE, long])
    assert len(read_back(text)) == 6
