"""The numbering tree: levels are opened by the text, not fixed beforehand."""

import pytest
from material_maker import outline_of, tree

from luoshi.core.material.nodes import Node, heading_span, is_heading_line, label_at
from luoshi.core.material.outline import load


def shape(text, name="a.txt", outline="general"):
    read, root = tree(text, name, outline)
    return [outline_of(child, read) for child in root.children]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、甲\n（一）乙\n1.丙\n（1）丁\n①戊\n②己\n（2）庚\n2.辛\n（二）壬\n二、癸", [
            ["一", ["（一）", ["1", ["（1）", "①", "②"], "（2）"], "2"], "（二）"], "二"]),
        ("（一）甲\n1.乙\n（二）丙\n1.丁", [["（一）", "1"], ["（二）", "1"]]),
        ("一、甲\n1.乙\n2.丙\n二、丁\n（一）戊\n1.己\n（二）庚", [["一", "1", "2"], ["二", ["（一）", "1"], "（二）"]]),
        ("1.甲\n（1）乙\n（2）丙\n2.丁", [["1", "（1）", "（2）"], "2"]),
        ("(一)甲\n（二）乙\n（三)丙", ["(一)", "（二）", "（三)"]),
        ("1、甲\n2．乙\n3.丙", ["1", "2", "3"]),
        ("1 总则\n1.1 甲文件\n1.1.1 乙文件\n1.1.2 丙文件\n1.2 丁文件\n2 附则", [
            ["1", ["1.1", "1.1.1", "1.1.2"], "1.2"], "2"]),
        ("## 一、甲\n### 乙\n1.丙\n### 丁\n## 二、戊", [["一", ["乙", "1"], "丁"], "二"]),
        ("第一部分 甲\n一、乙\n二、丙\n第二部分 丁", [["第一部分", "一", "二"], "第二部分"]),
    ],
)  # fmt: skip
def test_levels(text, expected):
    assert shape(text, "a.md" if text.startswith("#") else "a.txt") == expected


def test_a_level_out_of_order_returns_to_where_it_was():
    assert shape("（一）甲\n1.乙\n一、丙\n（一）丁\n1.戊") == [
        ["（一）", "1"],
        ["一", ["（一）", "1"]],
    ]


def test_an_enumeration_inside_a_paragraph_makes_items():
    assert shape("一、甲\n1.乙有三点。一是丙。二是丁。三是戊。\n2.己") == [
        ["一", ["1", "一是", "二是", "三是"], "2"]
    ]


def test_the_heading_of_an_inline_enumeration_ends_before_it():
    text, root = tree("1.乙有三点。一是丙。二是丁。")
    (item,) = root.children
    assert text[item.start : item.end] == "1.乙有三点。"
    assert [text[c.start : c.end] for c in item.children] == ["一是丙。", "二是丁。"]


def test_an_enumeration_that_goes_on_in_the_next_paragraphs_has_its_first_member_too():
    assert shape("一、甲\n原因有三。一是乙。\n二是丙。\n三是丁。") == [
        ["一", "一是", "二是", "三是"]
    ]


def test_a_figure_that_begins_a_paragraph_is_no_item():
    text, root = tree("1.甲\n3.5 与上年持平。\n2.乙")
    assert [c.label for c in root.children] == ["1", "2"]
    assert [text[slice(*p)] for p in root.children[0].paragraphs] == ["3.5 与上年持平。"]


def test_unnumbered_paragraphs_belong_to_the_item_above():
    text, root = tree("引言。\n一、甲\n乙。\n丙。\n1.丁\n二、戊")
    assert [text[slice(*p)] for p in root.paragraphs] == ["引言。"]
    first = root.children[0]
    assert [text[slice(*p)] for p in first.paragraphs] == ["乙。", "丙。"]
    assert [c.label for c in first.children] == ["1"]


def test_table_rows_are_items_of_their_own():
    text, root = tree("| 1 | 甲 |\n|---|---|\n| 2 | 乙 |\n\n一、丙\n", "a.md")
    rows = [c for c in root.children if c.scheme == "row"]
    assert [text[r.start : r.end] for r in rows] == ["1 | 甲", "2 | 乙"]


def test_an_unnumbered_heading_of_a_part_opens_a_level():
    assert shape("存在的主要问题\n1.甲\n2.乙\n原因分析\n1.丙") == [
        ["存在的主要问题", "1", "2"],
        ["原因分析", "1"],
    ]


def test_a_paragraph_that_names_its_part_is_a_label():
    text, root = tree("1.记录缺失。\n原因：人手不足。\n措施：本月补齐。\n2.标识不清。")
    assert [c.scheme for c in root.children[0].children] == ["label", "label"]
    assert [text[c.words : c.end] for c in root.children[0].children] == [
        "人手不足。",
        "本月补齐。",
    ]


@pytest.mark.parametrize(
    ("text", "part", "words"),
    [
        ("原因分析：人手不足。", "cause", "人手不足。"),
        ("【整改措施】本月补齐。", "measure", "本月补齐。"),
        ("措施: 本月补齐。", "measure", "本月补齐。"),
        ("存在问题：记录缺失。", "problem", "记录缺失。"),
    ],
)
def test_labels(text, part, words):
    label = label_at(text, 0, len(text), load("general"))
    assert label is not None
    assert (label.part, text[label.end :]) == (part, words)


@pytest.mark.parametrize("text", ["原因：", "他说：学得少。", "学习不够。", "时间：上午。", ""])
def test_what_is_no_label(text):
    assert label_at(text, 0, len(text), load("general")) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [("一、存在的问题", True), ("（一）学习不够。", True), ("学习不够。落实不力", False)]
    + [("学" * 40, True), ("学" * 41, False), ("甲；乙", False)],
)
def test_heading_lines(words, expected):
    assert is_heading_line(words, 0, len(words)) is expected


def test_the_heading_of_a_node_is_its_first_sentence_with_the_mark():
    text, root = tree("1.学习不够。虽然学了。")
    assert text[slice(*heading_span(text, root.children[0]))] == "1.学习不够。"


def test_the_last_character_of_a_node_is_that_of_everything_below():
    text, root = tree("一、甲\n1.乙\n丙。\n（1）丁。戊。\n二、己")
    assert text[: root.children[0].last_character()].endswith("戊。")
    assert Node(0, 3, "cn", "一", 1, 2).last_character() == 3
