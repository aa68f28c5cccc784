"""The frame: title, author lines, site boilerplate, tables of contents."""

import pytest
from material_maker import document

from luoshi.core.material.frame import frame
from luoshi.core.reading.model import Block

BODY = [
    "一、存在的问题",
    "1.学得少。",
    "2.用得少。",
    "二、整改措施",
    "1.要加强学习。",
    "2.要改进作风。",
]


def framed(lines, name="a.txt"):
    read = document("\n".join(lines), name)
    around = frame(read.text, read.blocks)
    title = read.text[slice(*around.title)] if around.title else None
    return (
        title,
        [read.text[b.start : b.end] for b in around.bylines],
        [read.text[b.start : b.end] for b in around.body],
    )


def test_title_author_and_date():
    assert framed(
        [
            "2025年度民主生活会个人对照检查材料",
            "云澜街道党工委副书记　闻知远",
            "（2026年1月22日）",
            *BODY,
        ]
    ) == (
        "2025年度民主生活会个人对照检查材料",
        ["云澜街道党工委副书记　闻知远", "（2026年1月22日）"],
        BODY,
    )


@pytest.mark.parametrize(
    "title",
    [
        "个人对照检查材料",
        "民主生活会发言提纲",
        "班子检视剖析材料",
        "2024年内部审核报告",
        "水厂停水事件复盘报告",
    ]
    + ["党性分析材料", "自查报告"],
)
def test_titles(title):
    assert framed([title, *BODY])[0] == title


@pytest.mark.parametrize(
    "line",
    [
        "根据要求，我认真撰写了对照检查材料。",
        "对照检查材料如下：",
        "一、对照检查材料的准备情况",
        "学习不够",
    ],
)
def test_what_is_no_title(line):
    assert framed([line, *BODY]) == (None, [], [line, *BODY])


def test_a_title_set_on_two_lines():
    read = document("\n".join(["云澜街道领导班子", "2025年度民主生活会对照检查材料", "", *BODY]))
    around = frame(read.text, read.blocks)
    assert around.title is not None
    assert read.text[slice(*around.title)].split("\n") == [
        "云澜街道领导班子",
        "2025年度民主生活会对照检查材料",
    ]


def test_what_a_web_site_puts_above_and_below():
    lines = [
        "首页 > 党建 > 正文",
        "个人对照检查材料",
        *BODY,
        "责任编辑：某某",
        "上一篇：通知",
        "版权所有",
    ]
    title, _, body = framed(lines)
    assert title == "个人对照检查材料"
    assert body == BODY


def test_boilerplate_words_in_the_middle_are_the_authors():
    lines = ["个人对照检查材料", "来源：党员群众的意见。", *BODY]
    assert "来源：党员群众的意见。" in framed(lines)[2] + framed(lines)[1]


def test_a_typed_table_of_contents_is_dropped():
    contents = ["目 录", "一、存在的问题......1", "二、整改措施......3"]
    title, _, body = framed(["个人对照检查材料", *contents, *BODY])
    assert title == "个人对照检查材料"
    assert body == BODY


def test_a_contents_without_its_name_needs_three_lines_that_come_again():
    lines = ["个人对照检查材料", "一、存在的问题", "1.学得少。", "二、整改措施", *BODY]
    assert framed(lines)[2] == BODY
    assert framed(["个人对照检查材料", "一、存在的问题", *BODY])[2] == ["一、存在的问题", *BODY]


def test_notes_and_generated_contents_are_left_out():
    text = "正文一。\n脚注。\n目录行\n正文二。"
    blocks = (Block(0, 4), Block(5, 8, kind="note"), Block(9, 12, contents=True), Block(13, 17))
    assert [text[b.start : b.end] for b in frame(text, blocks).body] == ["正文一。", "正文二。"]


def test_nothing_gives_an_empty_frame():
    around = frame("", ())
    assert (around.title, around.bylines, around.body) == (None, (), ())


@pytest.mark.parametrize(
    "signature", ["闻知远", "2026年1月22日", "汇报人：闻知远", "云澜街道办事处"]
)
def test_who_signed_and_when_is_no_part_of_the_body(signature):
    assert framed(["个人对照检查材料", *BODY, signature])[2] == BODY
