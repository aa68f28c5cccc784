"""Splitting: exact on every numbered material that can be drawn, unshaken by any text."""

from hypothesis import given, settings
from hypothesis import strategies as st
from material_maker import examine, materials

from luoshi.core.reading import ReadError

BLANK = " \t\n\u3000\xa0"
LINES = st.sampled_from(
    ["# 个人对照检查材料", "一、存在的问题", "二、原因分析", "三、整改措施", "（一）在带头学习方面", "## 一、问题"]
    + ["1.学习不够。虽然学了，但不系统。", "2.一是不深。二是不实。", "①学习不够；②落实不力。", "总之，要努力。"]
    + ["| 序号 | 问题 | 措施 |", "|---|---|---|", "| 1 | 学习不够 | 多学 |", "原因：由于放松。", "措施：要加强。"]
    + ["（一）", "1.", "一是", "二是，", "1，  ", "三、", "2025年1月1日", "汇报人：张某", "表1 问题清单", "目 录"]
    + ["上年度整改落实情况", "问题1：阀门锈蚀。", "1.1 文件控制", "1.1.1 文件失控。", "责任编辑：某某", "**加粗：**", ""]
)  # fmt: skip
JUMBLE = st.text(
    "一二三四五十是要第其部分、。，：；！？（）()[]【】“”①②③⑴㈠1234.．）*#|-> \t\u3000"
    "问题原因措施不够加强在带头方面整改年月日%ABa存在下步上度情况说明总之",
    max_size=60,
)
TEXTS = st.lists(LINES | JUMBLE, max_size=22).map("\n".join)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(materials())
def test_numbered_items_come_back_with_their_exact_spans(made):
    done = examine(made.text)
    assert [
        (p.kind, p.path, p.start, p.end) for p in done.points if not p.is_heading()
    ] == made.leaves


@settings(max_examples=1200, deadline=None, derandomize=True)
@given(TEXTS, st.sampled_from(["a.md", "a.txt"]))
def test_any_text_is_split_into_sound_points(text, name):
    try:
        done = examine(text, name)
    except ReadError as error:
        assert error.code == "empty"
        return
    seen, place = set(), 0
    for point in done.points:
        words = done.text_of(point)
        assert 0 <= point.start <= point.words <= point.end <= len(done.document.text)
        assert words
        assert words[0] not in BLANK
        assert words[-1] not in BLANK
        assert point.id not in seen
        seen.add(point.id)
        if not point.is_heading():
            assert point.start >= place
            place = point.end
        heading = done.heading_of(point)
        assert point.start == heading.start < heading.end <= point.end
        for low, high in done.body_of(point):
            assert heading.end <= low < high <= point.end
    assert [p.start for p in done.points] == sorted(p.start for p in done.points)
    _check_links(done, seen)


def _check_links(done, seen):
    kinds = {p.id: p.kind for p in done.points}
    for link in done.links:
        assert {link.source, link.target} <= seen
        assert 0 <= link.score <= 1
        if link.source == link.target:
            # A row of a table that states its measure too.
            assert (kinds[link.source], link.kind) == ("problem", "answers")
            continue
        assert kinds[link.source] == ("measure" if link.kind == "answers" else "cause")
        assert kinds[link.target] in {"problem", "cause"}
    answered = {k.target for k in done.links if k.kind == "answers"}
    problems = done.of_kind("problem")
    assert {p.id for p in done.unanswered()} == {p.id for p in problems} - answered
    for low, high in done.stray:
        assert 0 <= low < high <= len(done.document.text)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(materials())
def test_the_same_text_is_always_split_the_same(made):
    one, other = examine(made.text), examine(made.text)
    assert (one.points, one.links, one.outline) == (other.points, other.links, other.outline)
