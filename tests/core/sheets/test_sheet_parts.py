"""Measures of one cell, names of one cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.sheets import parts
from luoshi.core.sheets.grid import Area, Grid, address, plain
from luoshi.core.sheets.names import Register
from luoshi.core.sheets.understand import record, understand

THREE = ("每月集中学习一次", "每季度交流一次", "年底前撰写报告一篇")
TOGETHER = {
    "1.{0}。2.{1}；3.{2}。", "1、{0}\n2、{1}\n3、{2}", "（1）{0}；（2）{1}；（3）{2}。", "①{0}；②{1}；③{2}",
    "一是{0}。二是{1}。三是{2}。", "{0}\n{1}\n{2}", "{0}；{1}；{2}。", "一、{0}\n二、{1}\n三、{2}",
    "1. {0}。\n2. {1}。\n3. {2}。", "{0}。\n{1}。\n{2}。",
}  # fmt: skip


@pytest.mark.parametrize("form", sorted(TOGETHER))
def test_several_measures(form):
    assert parts.measures(form.format(*THREE)) == THREE


@pytest.mark.parametrize("one", [
    "加强学习，提高认识；抓好落实", "2025年前完成1.5公里道路修复", "利用公告栏、微信群等多\n种方式开展宣传，做到家\n喻户晓",
    "将占道经营点由30处减少到5处", "做好以下工作：\n加强巡查",
])  # fmt: skip
def test_one_measure_stays_one(one):
    assert len(parts.measures(one)) == 1
    assert "\n" not in parts.measures(one)[0]


@given(st.text())
def test_nothing_is_made_up(words):
    found = parts.measures(words)
    for piece in found:
        assert piece == piece.strip()
        assert plain(piece) in plain(words)
    assert bool(found) or not plain(words).strip("；;。，,、") or len(plain(words)) < 12


def test_days_and_names_by_their_numbers():
    assert parts.counted("1.2026年6月底前 2.2026年9月底前", 2) == ("2026年6月底前", "2026年9月底前")
    assert parts.counted("2026年6月底前", 2) == ()
    assert parts.counted("1.张三；2.李四", 3) == ()


OURS = Register(["综合科", "城管科", "东堤社区"], ["王强", "李敏", "欧阳明", "孙主任"])
NAMED = {
    "王强": "王强", "王 强": "王强", "欧 阳 明": "欧阳明", "王强、李敏": "王强 李敏", "综合科王强": "综合科 王强",
    "城管科（王强、李敏）": "城管科 王强 李敏", "责任人：王强\n责任单位：城管科": "王强 城管科",
    "王强主任": "王强", "主任王强": "王强", "孙主任": "孙主任", "李敏同志": "李敏", "柳河街道城管科": "城管科",
    "东堤社区居委会": "东堤社区", "全体班子成员": "", "各科室": "", "城管科科长王强": "城管科 王强", "": "",
}  # fmt: skip


@pytest.mark.parametrize("words", NAMED)
def test_who_is_meant(words):
    found = OURS.find(words)
    assert " ".join(name for _, name in found.named) == NAMED[words]
    assert not found.of("unknown")


@pytest.mark.parametrize(("words", "unknown"), [("张大山", "张大山"), ("民政科", "民政科"),
                                                ("城管科张大山", "张大山"), ("王强强", "王强强")])  # fmt: skip
def test_who_nobody_knows_is_named(words, unknown):
    assert OURS.find(words).of("unknown") == (unknown,)


@given(st.text())
def test_names_of_anything(words):
    assert len(set(OURS.find(words).named)) == len(OURS.find(words).named)


VALUES = st.one_of(st.none(), st.text(max_size=12), st.floats(), st.booleans(), st.dates(),
                   st.sampled_from(["问题", "整改措施", "责任人", "整改时限", "序号", "合计", "√"]))  # fmt: skip
AREAS = st.builds(
    lambda top, left, high, wide: Area(top, left, top + high, left + wide),
    *[st.integers(0, 6)] * 2, *[st.integers(0, 4)] * 2,
)  # fmt: skip


@given(st.lists(st.lists(VALUES, max_size=6).map(tuple), max_size=10).map(tuple),
       st.lists(AREAS, max_size=4).map(tuple))  # fmt: skip
def test_any_grid_is_understood_without_an_error(rows, merged):
    for sheet in record(understand([Grid("表", rows, merged)]))["sheets"]:
        assert sheet["why"] or sheet["rows"]
        assert all(row["number"] <= len(rows) for row in sheet["rows"])


def test_cells_are_named_as_in_the_program():
    assert [address(0, 0), address(6, 1), address(0, 26), address(1048575, 16383)] == [
        "A1", "B7", "AA1", "XFD1048576",
    ]  # fmt: skip
