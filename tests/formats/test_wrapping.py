"""Lines of Chinese text: within the width, nothing lost, marks where they may stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from luoshi.formats.wrapping import cuts, wrapped

CLOSING = set("。，、；：！？）】》」』”’…")
OPENING = set("（【《「『“‘")


@pytest.mark.parametrize(
    ("words", "width", "lines"),
    [
        ("学习不够。", 8, ["学习不", "够。"]),
        ("学习不够。", 10, ["学习不够。"]),
        ("抓（落实）", 5, ["抓", "（落", "实）"]),
        ("用了2025年", 6, ["用了", "2025年"]),
        ("纠治“四风”。", 6, ["纠治", "“四", "风”。"]),
        ("a bc", 2, ["a", "bc"]),
        ("abcdef", 4, ["abcd", "ef"]),
        ("", 4, [""]),
    ],
)
def test_lines(words, width, lines):
    assert wrapped(words, width) == lines


@given(st.text("学习不够。，；：（）“”《》2025ab ", max_size=60), st.integers(12, 40))
def test_every_line_fits_and_nothing_is_lost(words, width):
    lines = wrapped(words, width)
    assert max(map(cell_len, lines)) <= width
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert cuts(words, width) == sorted(set(cuts(words, width)))


@given(
    st.lists(
        st.sampled_from(["学习", "不够", "，", "。", "（甲）", "“乙”", "3件", "、"]), max_size=40
    )
)
def test_no_line_begins_or_ends_with_the_wrong_mark(parts):
    words = "学"
    for part in parts:
        # Marks in a row longer than a line cannot be kept together.
        words += part if part not in CLOSING or words[-1] not in CLOSING else ""
    lines = wrapped(words, 20)
    assert not [line for line in lines[1:] if line[0] in CLOSING]
    assert not [line for line in lines[:-1] if line[-1] in OPENING]
