"""A finding's words in one line: the sentence or row, clipped, with the marker under its columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from docx_maker import docx, paragraph, table
from luoshi.core.reading import read_bytes
from luoshi.core.reading.model import Span
from luoshi.formats.windows import Window, clip, marker, one_line, place_of, window

TEXT = "一、存在的问题\n1.AB作风不实。二是要尽快改。\n|甲|要尽快改|\n"


def read(text, name="a.txt"):
    return read_bytes(text.encode(), name)


def span(text, words):
    return Span(text.index(words), text.index(words) + len(words))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (TEXT, "作风", ("1.AB作风不实。", 4, 6)),
        (TEXT, "作风不实。二是", ("1.AB作风不实。二是", 4, 11)),
        ("甲乙\n", "甲乙", ("甲乙", 0, 2)),
        ("　　作风不实。\n", "作风", ("作风不实。", 0, 2)),
        ("作\x1b[31m风\u202e不实。\n" + "好" * 99, "风", ("作 [31m风 不实。", 6, 7)),
    ],
)
def test_the_window_is_the_sentence_as_one_line(text, words, expected):
    assert window(read(text), span(text, words)) == Window(*expected)


def test_the_window_of_a_table_row_is_the_row():
    text = "| 问题 | 措施 |\n|---|---|\n| 甲不实。 | 要尽快改。 |\n"
    shown = window(read(text, "a.md"), span(text, "尽快"))
    assert "甲不实。" in shown.words
    assert shown.words[shown.low : shown.high] == "尽快"


def test_the_cells_of_a_row_are_told_apart():
    data = docx(
        table([paragraph("1"), paragraph("甲不实。"), paragraph(), paragraph("要尽快改。")])
    )
    document = read_bytes(data, "a.docx")
    shown = window(document, span(document.text, "尽快"))
    assert shown == Window("1｜甲不实。｜｜要尽快改。", 9, 11)


def test_a_window_holds_no_more_than_can_be_shown():
    text = "甲" * 5000 + "尽快" + "乙" * 5000
    shown = window(read(text), span(text, "尽快"))
    assert len(shown.words) < 1000
    assert shown.words[shown.low : shown.high] == "尽快"
    whole = window(read(text), Span(0, len(text)))
    assert len(whole.words) < 20_000


@given(
    st.text(alphabet="甲乙ab，。“é　ｱ😀", max_size=60),
    st.integers(0, 60), st.integers(0, 60), st.integers(4, 80),
)  # fmt: skip
def test_a_clipped_window_fits_and_marks_the_same_words(words, one, two, width):
    low, high = sorted((min(one, len(words)), min(two, len(words))))
    shown = clip(Window(words, low, high), width)
    assert cell_len(shown.words) <= width
    marked = shown.words[shown.low : shown.high]
    assert words[low:high].startswith(marked)
    # Cut only where the marked words alone need the room.
    assert marked == words[low:high] or cell_len(words[low:high]) > width - 4
    assert shown.words.strip("…") in words
    under = marker(shown)
    assert under.index("^") == cell_len(shown.words[: shown.low])
    assert under.count("^") == max(1, cell_len(marked))


def test_controls_are_shown_as_blanks():
    assert one_line("甲\t乙\n丙\x1b]0;x\x07丁　") == "甲 乙丙 ]0;x 丁　"


def test_places_are_said_as_in_the_source():
    assert place_of(read(TEXT), TEXT.index("作风")) == "第2行第5字"
    assert place_of(read("甲\n"), 2) == ""
