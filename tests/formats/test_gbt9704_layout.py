"""The measures of the standard, where signature and date stand, how a long title is broken."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from luoshi.formats.gbt9704 import layout


def test_the_type_area_holds_what_it_should():
    assert layout.LEFT + layout.WIDTH + layout.RIGHT == layout.PAGE_WIDTH
    assert layout.TOP + layout.HEIGHT + layout.BOTTOM == layout.PAGE_HEIGHT
    assert layout.HEIGHT * layout.POINTS / layout.LINES > layout.BODY
    assert abs(layout.WIDTH * layout.POINTS / layout.CHARACTERS - layout.BODY) < 0.3


@given(st.text(alphabet="柳河街道办事处", min_size=1, max_size=20), st.dates())
def test_the_date_begins_two_characters_after_the_signature(name, day):
    signature, dated = layout.indents(name, day)
    length = layout.width(f"{day.year}年{day.month}月{day.day}日")
    starts = 28 - signature - len(name), 28 - dated - length
    assert dated >= 2
    assert signature >= 0
    assert starts[1] - starts[0] == 2 or (signature == 0 and starts[0] <= starts[1])


def test_where_the_date_is_longer_it_stands_two_from_the_edge():
    assert layout.indents("柳河街道办事处", date(2026, 11, 23)) == (4, 2)
    assert layout.indents("中共柳河区柳河街道工作委员会", date(2026, 1, 5)) == (2, 8)


@given(st.text(alphabet="关于年度材料整改情况的报告（）《》，2025", min_size=1, max_size=120))
def test_a_title_loses_nothing_and_fits(title):
    lines = layout.balanced(title)
    assert "".join(lines) == title
    assert all(lines)
    for line in lines[:-1]:
        assert line[-1] not in "（《"
    for line in lines[1:]:
        assert line[0] not in "，）》"


def test_a_title_is_broken_where_a_phrase_ends():
    title = "关于《2025年度对照检查材料》整改情况的报告"
    assert layout.balanced(title) == ["关于《2025年度对照检查材料》", "整改情况的报告"]
    assert layout.balanced("关于整改情况的报告") == ["关于整改情况的报告"]
