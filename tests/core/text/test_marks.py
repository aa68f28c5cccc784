"""Item marks: which characters number an item and which only begin a sentence."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.text.marks import Enumerations, inline_marks, mark_at

ANY = st.text(
    "一二三四五六七八九十是要则第其部分章、。，：；！？（）()[]【】〔〕“”①②③⑳⑴⒈㈠❶ⅠⅫ0123456789.．"
    "*#| \t\n\u3000问题原因措施个年月日%万ABCabNC-—学习不够",
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "scheme", "value", "label", "words"),
    [
        ("一、存在的问题", "cn", 1, "一", "存在的问题"),
        ("十一、附则", "cn", 11, "十一", "附则"),
        ("二 原因分析", "cn", 2, "二", "原因分析"),
        ("（二）在学习方面", "cnp", 2, "（二）", "在学习方面"),
        ("(十二)在学习方面", "cnp", 12, "(十二)", "在学习方面"),
        ("（三)混用的括号", "cnp", 3, "（三)", "混用的括号"),
        ("㈣在作风方面", "cnp", 4, "㈣", "在作风方面"),
        ("三）落实不力", "cnr", 3, "三）", "落实不力"),
        ("3.落实不力", "ar", 3, "3", "落实不力"),
        ("3．落实不力", "ar", 3, "3", "落实不力"),
        ("３、落实不力", "ar", 3, "３", "落实不力"),
        ("3 落实不力", "at", 3, "3", "落实不力"),
        ("⒊落实不力", "ar", 3, "⒊", "落实不力"),
        ("1.2021年以来，学得少", "ar", 1, "1", "2021年以来，学得少"),
        ("（4）落实不力", "arp", 4, "（4）", "落实不力"),
        ("⑷落实不力", "arp", 4, "⑷", "落实不力"),
        ("4）落实不力", "arr", 4, "4）", "落实不力"),
        ("⑤落实不力", "circ", 5, "⑤", "落实不力"),
        ("㉒落实不力", "circ", 22, "㉒", "落实不力"),
        ("1.2 文件控制", "dec2", 2, "1.2", "文件控制"),
        ("1.2.3文件控制", "dec3", 3, "1.2.3", "文件控制"),
        ("第二，落实不力", "di", 2, "第二", "落实不力"),
        ("第二是落实不力", "di", 2, "第二", "是落实不力"),
        ("第一部分 基本情况", "part", 1, "第一部分", "基本情况"),
        ("第2章 原因", "part", 2, "第2章", "原因"),
        ("其三，落实不力", "qi", 3, "其三", "落实不力"),
        ("一是学得少", "shi", 1, "一是", "学得少"),
        ("四要严格自律", "shi", 4, "四要", "严格自律"),
        ("问题2：阀门锈蚀", "named", 2, "问题2", "阀门锈蚀"),
        ("不符合项（三）：记录缺失", "named", 3, "不符合项（三）", "记录缺失"),
        ("NC-07：记录缺失", "code", 7, "NC-07", "记录缺失"),
        ("Ⅲ、原因", "roman", 3, "Ⅲ", "原因"),
        ("Ⅺ、原因", "roman", 11, "Ⅺ", "原因"),
        ("B、原因", "alpha", 2, "B", "原因"),
        ("　　（一）　在学习方面", "cnp", 1, "（一）", "在学习方面"),
    ],
)
def test_marks(text, scheme, value, label, words):
    mark = mark_at(text, 0)
    assert mark is not None
    assert (mark.scheme, mark.value, mark.label) == (scheme, value, label)
    assert text[mark.end :] == words


@pytest.mark.parametrize(
    "text",
    ["2021年以来，本人参加学习", "3.5个百分点的增长", "2.5倍", "1．5个百分点", "5月底前完成"]
    + ["12345热线办理迟缓", "1,000元以上的支出", "8:30到岗", "100%整改", "3 个月没有走访"]
    + ["一些同志学得少", "十分重视学习", "第一次参加", "其他方面", "三大攻坚战", "一。"]
    + ["ISO9001体系", "A级评定", "Word文件", "", "学习不够", "\n一、问题"],
)
def test_words_that_only_look_like_marks(text):
    assert mark_at(text, 0) is None


def test_a_deeper_number_is_not_cut_short():
    mark = mark_at("1.1.1ISO文件失控", 0)
    assert mark is None or mark.label == "1.1.1"


def test_a_mark_is_found_where_it_stands_and_only_within_the_end():
    text = "前言。（二）问题"
    assert mark_at(text, 0) is None
    assert mark_at(text, 3).end == 6
    assert mark_at(text, 3, 5) is None
    assert mark_at("一、", 0, 1) is None


@settings(max_examples=600, deadline=None, derandomize=True)
@given(ANY, st.integers(0, 40), st.integers(0, 40))
def test_a_mark_stays_in_its_range_and_is_printed_there(text, position, length):
    position = min(position, len(text))
    end = min(position + length, len(text))
    mark = mark_at(text, position, end)
    if mark is None:
        return
    assert position < mark.end <= end
    assert mark.label
    assert text[position:end].lstrip(" \t\u3000").startswith(mark.label)
    assert mark_at(text, position, end) == mark
    assert mark.value >= 0


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.integers(1, 20),
    st.sampled_from(["{}.", "{}．", "{}、", "（{}）", "({})", "{}）", "{} "]),
    st.sampled_from(["学习不够", "“四风”反弹", "《条例》学得少", "我作风不实"]),
    st.sampled_from(["", "  ", "　　", "\t"]),
)
def test_arabic_marks_of_every_shape(value, shape, words, indent):
    text = indent + shape.format(value) + words
    if shape == "{} " and not "\u4e00" <= words[0] <= "\u9fff":
        words = "学习不够"
        text = indent + shape.format(value) + words
    mark = mark_at(text, 0)
    assert mark is not None
    assert mark.value == value
    assert text[mark.end :] == words


def labels(text, first=1):
    return [mark.label for mark in inline_marks(text, 0, len(text), first)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一是学得少。二是用得少。三是讲得少。", ["一是", "二是", "三是"]),
        ("主要有：一是学得少；\n二是用得少。", ["一是", "二是"]),
        ("要做到：①学习；②落实。", ["①", "②"]),
        ("分三步：（1）学；（2）改；（3）查。", ["（1）", "（2）", "（3）"]),
        ("分两步： （1）学； （2）改。", ["（1）", "（2）"]),
        ("一要学习，二要落实。", ["一要", "二要"]),
        ("第一，学得少。第二，用得少。", ["第一，", "第二，"]),
        ("其一，学得少。其二，用得少。", ["其一，", "其二，"]),
    ],
)
def test_enumerations_inside_a_paragraph(text, expected):
    assert labels(text) == expected


@pytest.mark.parametrize(
    "text",
    ["一是学得少。", "二是学得少。三是用得少。", "一是学得少。三是用得少。", "统一是好事，二是坏事"]
    + [
        "见附件（1）和附件（2）的说明",
        "共有 （1）学和 （2）改两步",
        "增长1.5倍、2.5倍",
        "每周一要开会，周二要走访",
        "",
    ],
)
def test_no_enumeration_without_a_start_a_count_and_boundaries(text):
    assert labels(text) == []


def test_the_outermost_enumeration_is_returned():
    assert labels("一是学：①读；②讲。二是改：①查；②改。") == ["一是", "二是"]


def test_an_enumeration_may_begin_at_a_given_number():
    assert labels("二是用得少。三是讲得少。", first=2) == ["二是", "三是"]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(ANY, st.integers(1, 3))
def test_inline_marks_count_up_in_order(text, first):
    marks = inline_marks(text, 0, len(text), first)
    assert len(marks) != 1
    assert [mark.value for mark in marks] == list(range(first, first + len(marks)))
    for mark in marks:
        assert text[mark.start : mark.end].strip() == mark.label
    for one, other in pairwise(marks):
        assert one.end <= other.start


SCRAPS = st.lists(
    st.sampled_from(["一是", "二是", "其一，", "第一，", "①", "②", "（1）", "1.", "2", "。", "，", "\n", "学", "是"]),
    max_size=14,
).map("".join)  # fmt: skip


@settings(max_examples=600, deadline=None, derandomize=True)
@given(SCRAPS, st.data())
def test_a_passage_of_a_scanned_text_is_read_like_the_passage_alone(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first = data.draw(st.integers(1, 2))
    assert Enumerations(text).within(start, end, first) == inline_marks(text, start, end, first)
