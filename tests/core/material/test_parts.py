"""Parts: by the headings, by the place between others, and by the words themselves."""

import pytest
from material_maker import leaves, tree

from luoshi.core.material.parts import carried, cues, is_lead_in, is_signature, is_summary


def parts(text, name="a.txt", outline="general"):
    read, root = tree(text, name, outline, parts=True)
    found = {}
    stack = list(root.children)
    while stack:
        node = stack.pop(0)
        stack = node.children + stack
        found[read[node.words : node.end]] = node.part
    return found


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("存在的主要问题", "problem"),
        ("查摆出的突出问题", "problem"),
        ("对照检查情况", "problem"),
        ("产生问题的原因分析", "cause"),
        ("问题产生的根源", "cause"),
        ("今后的努力方向和改进措施", "measure"),
        ("下一步整改措施", "measure"),
        ("下步打算", "measure"),
        ("上年度民主生活会整改落实情况", "previous"),
        ("典型案例剖析", "case"),
        ("需要说明的事项", "matters"),
        ("会前准备情况", "opening"),
    ],
)
def test_headings_of_a_meeting(heading, part):
    text = f"一、{heading}\n1.甲方面做得怎样。\n二、其他\n"
    found = parts(text, outline="2025-democratic-life")
    assert found[heading] == part
    assert found["甲方面做得怎样。"] == part


@pytest.mark.parametrize(
    ("outline", "heading", "part"),
    [
        ("iso-9001-audit", "不符合项", "problem"),
        ("iso-9001-audit", "纠正措施要求", "measure"),
        ("iso-9001-audit", "审核结论", "closing"),
        ("iso-9001-audit", "上次审核不符合项的跟踪验证", "previous"),
        ("incident-review", "暴露的问题", "problem"),
        ("incident-review", "根因分析", "cause"),
        ("incident-review", "改进措施", "measure"),
        ("incident-review", "事件经过", "other"),
    ],
)
def test_headings_of_other_reviews(outline, heading, part):
    assert parts(f"一、{heading}\n1.甲。\n", outline=outline)[heading] == part


def test_a_lower_heading_is_a_part_only_when_it_is_nothing_else():
    found = parts(
        "一、存在的主要问题\n（一）整改措施落实不到位\n1.甲。\n（二）原因分析不深入\n1.乙。"
    )
    assert set(found.values()) == {"problem"}


def test_problem_with_its_own_cause_and_measure():
    text = "一、存在的主要问题\n1.记录缺失。\n原因：人手不足。\n措施：本月补齐。"
    assert parts(text, outline="iso-9001-audit")["人手不足。"] == "cause"
    assert parts(text, outline="iso-9001-audit")["本月补齐。"] == "measure"


def test_an_unnamed_heading_between_problems_and_measures_opens_the_causes():
    text = "一、存在的主要问题\n1.甲。\n二、从思想深处剖析\n1.乙。\n三、整改措施\n1.丙。"
    found = parts(text)
    assert found["从思想深处剖析"] == "cause"
    assert found["乙。"] == "cause"


def test_a_misworded_heading_between_headings_of_the_outline_is_one_of_them():
    text = (
        "一、存在的主要问题\n（一）强化政治忠诚、提高政治能力方面\n1.甲。\n（二）说不清的一条\n1.乙。\n"
        "（三）敬畏人民、敬畏组织、敬畏法纪方面\n1.丙。"
    )
    _, root = tree(text, outline="2025-democratic-life", parts=True)
    assert [child.of_outline for child in root.children[0].children] == [True, True, True]


def test_a_case_is_no_problem():
    text = "一、存在的问题\n1.甲不够。\n二、典型案例剖析\n1.某局原局长落马的警示。\n三、整改措施\n1.要改甲。"
    kinds = [kind for kind, _, _ in leaves(text, outline="2025-democratic-life")]
    assert kinds == ["problem", "measure"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("1.学习不够系统，存在浅尝辄止的现象。\n2.落实不力，往往满足于开会。", "problem"),
        ("1.要坚持读原著，切实加强学习。\n2.将建立台账，每月通报，确保落实。", "measure"),
        ("1.究其原因，思想上放松了警惕。\n2.根源在于潜意识里总觉得没事，放松了改造。", "cause"),
    ],
)
def test_an_excerpt_without_headings_is_told_by_its_words(words, kind):
    assert [found for found, _, _ in leaves(words)] == [kind, kind]


def test_items_whose_words_say_nothing_are_no_points():
    assert leaves("1.甲。\n2.乙。\n3.丙。") == []


def test_cues_count_the_words_of_each_kind():
    assert dict(cues("学习不够，存在差距")).get("problem", 0) >= 2
    assert "problem" not in dict(cues("将建立台账"))
    assert cues("天气很好") == []


def asked(function, words):
    return function(words, 0, len(words))


@pytest.mark.parametrize(
    "words",
    ["主要表现在以下几个方面：", "现将有关情况报告如下。", "具体措施如下：", "有以下三个问题。"],
)
def test_lead_ins(words):
    assert asked(is_lead_in, words)


@pytest.mark.parametrize(
    "words", ["学习不够深入。", "以下级服从上级为借口，不愿多听意见。", "如下雨天不走访群众。"]
)
def test_no_lead_ins(words):
    assert not asked(is_lead_in, words)


@pytest.mark.parametrize(
    "words",
    [
        "总之，我将努力。",
        "以上是我的对照检查。",
        "不当之处，请批评指正。",
        "下一步，我将以此为契机。",
    ],
)
def test_summaries(words):
    assert asked(is_summary, words)


@pytest.mark.parametrize("words", ["学习不够深入。", "以上率下做得不够。", "我在总结时想得少。"])
def test_no_summaries(words):
    assert not asked(is_summary, words)


@pytest.mark.parametrize(
    "words", ["2026年1月22日", "二〇二六年一月二十二日", "汇报人：闻知远", "编制：张某 审核：李某"]
)
def test_signatures(words):
    assert asked(is_signature, words)


@pytest.mark.parametrize(
    "words", ["2025年1月起没有走访过群众，也没有听取意见。", "学习不够", "审核不严。"]
)
def test_no_signatures(words):
    assert not asked(is_signature, words)


def test_only_four_parts_carry_points():
    assert [carried(part) for part in ("problem", "cause", "measure", "previous")] == [
        *("problem", "cause", "measure", "previous")
    ]
    assert [carried(p) for p in ("opening", "matters", "case", "closing", "other", None)] == [
        None
    ] * 6
