"""Who wrote a material and what its opening states."""

import pytest
from material_maker import examine

TITLE = "2025年度民主生活会个人对照检查材料"
BODY = "一、存在的问题\n1.学得少。\n二、整改措施\n1.要加强学习。\n"


def profile(opening="", byline="", closing="", title=TITLE):
    lines = [line for line in (title, byline, opening) if line]
    return examine("\n".join(lines) + "\n" + BODY + closing).profile


def test_title_post_and_unit():
    told = profile("现将情况报告如下。", "望山区云澜街道党工委副书记　闻知远")
    assert told.title == TITLE
    assert told.post == "党工委副书记"
    assert told.unit == "望山区云澜街道"


@pytest.mark.parametrize(
    ("byline", "post", "unit"),
    [
        ("青泽县水利局党组书记、局长　某某", "党组书记", "青泽县水利局"),
        ("云澜街道办事处主任　某某", "主任", "云澜街道办事处"),
        ("东风小学校长　某某", "校长", "东风小学"),
        ("（2026年1月）", "", ""),
    ],
)
def test_authors(byline, post, unit):
    told = profile("现将情况报告如下。", byline)
    assert told.post.endswith(post)
    assert told.unit == unit
    assert bool(told.post) == bool(post)


@pytest.mark.parametrize(
    ("opening", "studies", "opinions", "talks"),
    [
        ("先后参加集中学习4次，征求到意见建议36条，谈心谈话22人次。", 4, 36, 22),
        ("组织学习研讨十二次，收集意见三十条，开展谈心谈话五人次。", 12, 30, 5),
        ("收到36条意见，与22人次谈心，参加3次学习。", 3, 36, 22),
        ("认真学习，广泛征求意见，深入谈心谈话。", None, None, None),
        ("", None, None, None),
    ],
)
def test_counts_of_the_opening(opening, studies, opinions, talks):
    told = profile(opening)
    assert (told.studies, told.opinions, told.talks) == (studies, opinions, talks)


def test_counts_outside_the_opening_are_not_the_openings():
    done = examine(
        TITLE + "\n现将情况报告如下。\n一、存在的问题\n1.全年只参加学习2次，征求意见3条。\n"
    )
    assert (done.profile.studies, done.profile.opinions) == (None, None)


@pytest.mark.parametrize(
    "opening",
    ["本人紧扣“锤炼党性、担当作为”的主题，认真准备。", "会议以“锤炼党性、担当作为”为主题召开。"]
    + ['围绕"锤炼党性、担当作为"这个主题，查摆问题。'],
)
def test_theme(opening):
    assert profile(opening).theme == "锤炼党性、担当作为"


def test_no_theme():
    assert profile("现将情况报告如下。").theme == ""


def test_opening_and_closing_are_spans_of_the_text():
    done = examine(f"{TITLE}\n甲开头。\n乙开头。\n{BODY}总之，我将努力。\n请批评指正。\n")
    text, told = done.document.text, done.profile
    assert text[slice(*told.opening)] == "甲开头。\n乙开头。"
    assert text[slice(*told.closing)] == "总之，我将努力。\n请批评指正。"
    assert text[slice(*told.title_span)] == TITLE


def test_a_text_without_frame_says_nothing():
    done = examine("1.学习不够，存在差距。\n2.落实不力，存在差距。\n")
    told = done.profile
    assert (told.title, told.title_span, told.post, told.unit) == ("", None, "", "")
    assert (told.opening, told.closing, told.theme) == (None, None, "")
