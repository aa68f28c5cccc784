"""Points: the lowest numbered items, from the printed number to the last character."""

from dataclasses import replace

import pytest
from material_maker import examine, leaves, points

from luoshi.core.material.model import Link

HEAD = "一、存在的主要问题\n"
MEASURES = "二、整改措施\n1.要加强学习。\n"


def problems(text, name="a.txt", outline=None):
    return [words for kind, _, words in leaves(text, name, outline) if kind == "problem"]


def test_headings_and_leaves():
    text = (
        HEAD + "（一）在学习方面\n1.学得少。\n2.用得少。\n（二）在作风方面\n1.走访少。\n" + MEASURES
    )
    assert points(text) == [
        ("section_heading", "一", "一、存在的主要问题"),
        ("aspect_heading", "一/（一）", "（一）在学习方面"),
        ("problem", "一/（一）/1", "1.学得少。"),
        ("problem", "一/（一）/2", "2.用得少。"),
        ("aspect_heading", "一/（二）", "（二）在作风方面"),
        ("problem", "一/（二）/1", "1.走访少。"),
        ("section_heading", "二", "二、整改措施"),
        ("measure", "二/1", "1.要加强学习。"),
    ]


def test_ids_count_per_kind_in_text_order():
    text = (
        HEAD
        + "1.学得少。\n2.用得少。\n二、原因分析\n1.思想松。\n三、整改措施\n1.要学。\n2.要改。\n"
    )
    assert [point.id for point in examine(text).points] == [
        *("s1", "p1", "p2", "s2", "c1", "s3", "m1", "m2")
    ]


def test_a_report_on_the_previous_meeting_has_points_of_its_own():
    text = "一、上年度民主生活会整改落实情况\n1.学习不系统的问题，已整改。\n二、存在的主要问题\n1.用得少。\n"
    assert [(kind, path) for kind, path, _ in leaves(text)] == [
        ("previous", "一/1"),
        ("problem", "二/1"),
    ]


def test_a_point_takes_its_unnumbered_paragraphs_along():
    assert problems(HEAD + "1.学得少。\n虽然参加了集中学习。\n2.用得少。\n" + MEASURES) == [
        "1.学得少。\n虽然参加了集中学习。",
        "2.用得少。",
    ]


def test_heading_and_body_are_the_first_sentence_and_the_others():
    done = examine(HEAD + "1.学得少。虽然参加了学习，但不系统。还有差距。\n" + MEASURES)
    (problem,) = done.of_kind("problem")
    text = done.document.text
    assert text[slice(*done.heading_of(problem))] == "1.学得少。"
    assert [text[slice(*span)] for span in done.body_of(problem)] == [
        "虽然参加了学习，但不系统。",
        "还有差距。",
    ]


@pytest.mark.parametrize(
    "closing",
    ["总之，我将以此为契机抓好整改。", "以上是我的对照检查，请同志们批评。", "汇报人：某某某"],
)
def test_a_closing_belongs_to_no_point(closing):
    text = HEAD + "1.学得少。\n二、整改措施\n1.要加强学习。\n2.要改进作风。\n" + closing
    assert leaves(text)[-1] == ("measure", "二/2", "2.要改进作风。")


def test_a_lead_in_belongs_to_no_point():
    assert problems(HEAD + "主要表现在以下几个方面：\n1.学得少。\n2.用得少。\n" + MEASURES) == [
        "1.学得少。",
        "2.用得少。",
    ]


def test_paragraphs_below_a_heading_without_any_numbers_are_points():
    text = "存在的主要问题\n\n学习不够系统，浅尝辄止。\n\n联系群众不紧密，走访少。\n\n整改措施\n\n要加强学习。\n"
    assert leaves(text) == [
        ("problem", "存在的主要问题/段1", "学习不够系统，浅尝辄止。"),
        ("problem", "存在的主要问题/段2", "联系群众不紧密，走访少。"),
        ("measure", "整改措施/段1", "要加强学习。"),
    ]


def test_an_item_with_labelled_paragraphs_is_a_point_with_its_cause_and_measure():
    text = (
        "一、不符合项\n1.检验记录缺失。\n原因分析：人手不足。\n纠正措施：本月底前补齐。\n"
        "2.仪器超期未检。\n原因分析：台账漏登。\n纠正措施：本周送检。\n"
    )
    assert [(kind, words) for kind, _, words in leaves(text, outline="iso-9001-audit")] == [
        ("problem", "1.检验记录缺失。"),
        ("cause", "原因分析：人手不足。"),
        ("measure", "纠正措施：本月底前补齐。"),
        ("problem", "2.仪器超期未检。"),
        ("cause", "原因分析：台账漏登。"),
        ("measure", "纠正措施：本周送检。"),
    ]


def test_members_of_an_inline_enumeration_are_points_of_their_own():
    assert points(HEAD + "（一）在学习方面\n一是学得少。二是用得少。\n" + MEASURES)[1:4] == [
        ("aspect_heading", "一/（一）", "（一）在学习方面"),
        ("problem", "一/（一）/一是", "一是学得少。"),
        ("problem", "一/（一）/二是", "二是用得少。"),
    ]


TABLE = "## 一、存在的问题\n\n| 序号 | 问题 | 整改措施 |\n|---|---|---|\n| 1 | 记录缺失 | 本月补齐 |\n| 2 | 仪器超期 | 本周送检 |\n"


def test_a_table_row_is_a_point_and_its_header_is_none():
    assert problems(TABLE, "a.md") == ["1 | 记录缺失 | 本月补齐", "2 | 仪器超期 | 本周送检"]


def test_a_table_without_a_known_heading_is_told_by_its_columns():
    text = TABLE.replace("## 一、存在的问题", "## 一、附表")
    assert [kind for kind, _, _ in leaves(text, "a.md")] == ["problem", "problem"]


def test_a_table_of_something_else_has_no_points():
    text = "## 一、基本情况\n\n| 时间 | 地点 |\n|---|---|\n| 9点 | 会议室 |\n\n## 二、存在的问题\n\n1.学得少。\n"
    assert leaves(text, "a.md") == [("problem", "二/1", "1.学得少。")]


def test_markup_at_the_edges_is_no_part_of_a_point():
    text = "## 一、存在的问题\n\n- **1.学得少。**\n- **2.用得少。** 还有差距。\n\n## 二、整改措施\n\n1.要学。\n"
    assert problems(text, "a.md") == ["1.学得少。", "2.用得少。** 还有差距。"]


def test_the_aspect_above_a_point_is_named():
    text = (
        "一、存在的主要问题\n（一）在强化政治忠诚、提高政治能力方面\n1.学得少。\n"
        "（二）在敬畏人民、敬畏组织、敬畏法纪方面\n1.走访少。\n二、整改措施\n1.要学。\n"
    )
    done = examine(text, outline="2025-democratic-life")
    names = [p.aspect for p in done.of_kind("problem")]
    assert "政治忠诚" in names[0]
    assert "敬畏人民" in names[1]
    assert done.of_kind("measure")[0].aspect == ""


def test_a_wrapped_point_keeps_its_line_ends_inside():
    line = "学习的自觉性和主动性还需要进一步提高并且要长期坚持下去才能见到成"
    text = f"{HEAD}1.{line}\n{line}\n{line}效。\n2.{line}\n{line}效。\n"
    assert problems(text) == [f"1.{line}\n{line}\n{line}效。", f"2.{line}\n{line}效。"]


def test_a_text_without_any_structure_has_no_points():
    assert points("今天天气很好。我们去公园。") == []


def linked():
    text = "一、存在的主要问题\n1.甲不够。\n2.乙不够。\n二、原因分析\n1.丙。\n三、整改措施\n1.要丁。\n2.要戊。\n"
    links = (
        Link("m1", "p1", "answers", "weak", 0.2),
        Link("m2", "p1", "answers", "strong", 0.9),
        Link("m1", "c1", "answers", "strong", 0.5),
        Link("c1", "p2", "explains", "weak", 0.4),
    )
    done = replace(examine(text), links=links)
    return done, {point.id: point for point in done.points}


def test_answers_are_listed_best_first():
    done, by_id = linked()
    assert [link.source for link in done.answers_to(by_id["p1"])] == ["m2", "m1"]
    assert [link.target for link in done.answered_by(by_id["m1"])] == ["c1", "p1"]
    assert done.answers_to(by_id["p2"]) == ()
    assert [link.source for link in done.answers_to(by_id["c1"])] == ["m1"]


def test_a_problem_that_a_cause_explains_is_still_unanswered():
    done, by_id = linked()
    assert done.unanswered() == (by_id["p2"],)


def test_a_measure_that_answers_nothing_but_a_cause_has_no_problem():
    done, by_id = linked()
    assert done.rootless() == ()
    done = replace(done, links=done.links[1:])
    assert done.rootless() == (by_id["m1"],)
    assert replace(done, links=()).rootless() == (by_id["m1"], by_id["m2"])


def test_a_concrete_measure_on_the_matter_of_a_problem_answers_it():
    text = (
        "一、存在的主要问题\n1.拆迁信访积案化解不力，去年3件积案至今没有化解。\n2.食堂餐饮浪费严重。\n"
        "3.电梯维修拖延。\n4.理论学习走过场。\n5.窗口服务态度生硬。\n二、整改措施\n"
        "1.由分管副主任包案，6月底前化解拆迁信访积案3件。\n2.推动夜间市集提质。\n"
    )
    done = examine(text)
    first, *others = done.of_kind("problem")
    measure, other = done.of_kind("measure")
    assert [link.source for link in done.answers_to(first)] == [measure.id]
    assert done.unanswered() == tuple(others)
    assert done.rootless() == (other,)


@pytest.mark.parametrize(
    "text",
    [
        "存在的问题\n\n学习不够系统\n\n走访群众不多\n\n整改措施\n\n坚持每周学习\n\n每月走访群众\n",
        "## 存在的问题\n\n- 学习不够系统\n- 走访群众不多\n\n## 整改措施\n\n- 坚持每周学习\n- 每月走访群众\n",
    ],
)
def test_short_points_at_the_end_are_no_signature(text):
    assert [words for _, _, words in leaves(text, "a.md")] == [
        *("学习不够系统", "走访群众不多", "坚持每周学习", "每月走访群众")
    ]


@pytest.mark.parametrize(
    "between",
    ["以上问题说明我的党性修养还有差距。", "汇报人：某某某", "表1 整改清单", "综上，根子在思想。"],
)
def test_what_follows_the_last_item_of_a_part_may_belong_to_none(between):
    text = f"{HEAD}1.学得少。\n2.用得少。\n{between}\n{MEASURES}"
    assert problems(text) == ["1.学得少。", "2.用得少。"]


LEDGER = """整改清单

| 序号 | 存在问题 | 原因分析 | 整改措施 | 责任人 |
|---|---|---|---|---|
| 1 | 文山会海有所反弹 | 贪多求全 | 会议压减三成 | 甲 |
|  |  |  | 每周三不开会 | 甲 |
| 2 | 垃圾清运不及时 | 人手不足 | 3月底前增加两辆车 | 乙 |
| 3 | 走访不够 |  |  | |
| 序号 | 存在问题 | 原因分析 | 整改措施 | 责任人 |
| 4 | 记录不全 |  | 每天下班前由组长核对 | |
"""


def test_a_row_that_states_its_measure_is_answered_by_it():
    done = examine(LEDGER)
    assert [p.kind for p in done.points] == ["problem", "measure", "problem", "problem", "problem"]
    assert [p.path for p in done.unanswered()] == ["3"]
    first, merged = done.points[:2]
    assert done.text_of(merged).startswith("每周三不开会")
    assert (merged.tied, first.tied) == (first.id, first.id)
    assert {k.source for k in done.answers_to(first)} == {first.id, merged.id}
    assert done.rootless() == ()
