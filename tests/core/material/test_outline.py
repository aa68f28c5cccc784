"""Outlines: dated data, found by the words of the text."""

import pytest
from material_maker import examine

from luoshi.core.material.outline import UnknownOutlineError, build, guess, ids, load

MINE = {
    "id": "mine",
    "name": "本单位自查",
    "basis": "default",
    "source": "本单位",
    "dated": "2026-01-01",
    "year": 2030,
    "previous": "older",
    "titles": ["自我画像"],
    "cues": ["本单位", "自查"],
    "aspects": [
        {"name": "学风方面", "keys": ["学风", "学习"]},
        {"name": "文风方面", "keys": ["文风"], "optional": True},
        {"name": "案例", "keys": ["案例"], "part": "case"},
    ],
    "parts": [{"kind": "problem", "search": ["毛病"], "label": ["毛病"]}],
}


def test_an_outline_is_one_table():
    outline = build(MINE)
    assert (outline.id, outline.name, outline.year, outline.previous) == (
        *("mine", "本单位自查", 2030, "older"),
    )
    assert [(a.name, a.optional, a.part) for a in outline.aspects] == [
        ("学风方面", False, "problem"),
        ("文风方面", True, "problem"),
        ("案例", False, "case"),
    ]
    assert outline.titles.search("我的自我画像")
    assert len(outline.cues) == 2


def test_what_is_extended_is_shared_and_its_own_rules_come_first():
    outline = build({**MINE, "extends": ["party"]})
    assert outline.part_of("查出的毛病") == "problem"
    assert outline.part_of("整改措施") == "measure"
    assert outline.titles.search("对照检查材料")
    assert build(MINE).part_of("整改措施") is None


def test_an_outline_needs_neither_titles_nor_aspects_nor_parts():
    bare = build({key: MINE[key] for key in ("id", "name", "basis", "source", "dated")})
    assert (bare.year, bare.previous, bare.aspects, bare.cues) == (0, "", (), ())
    assert bare.titles.search("对照检查材料") is None
    assert bare.part_of("问题") is None
    assert bare.aspect_of("学习") == -1


def test_the_aspect_named_first_in_a_heading_wins():
    outline = build(MINE)
    assert outline.aspect_of("在文风、学风方面") == 1
    assert outline.aspect_of("在学 风方面") == 0
    assert outline.aspect_of("在作风方面") == -1


def test_a_label_must_be_the_whole_heading():
    outline = build(MINE)
    assert outline.part_of("毛病：", exact=True) == "problem"
    assert outline.part_of("毛病不少", exact=True) is None
    assert outline.part_of("毛病不少") == "problem"


def test_an_unknown_outline_is_refused_and_the_known_ones_named():
    with pytest.raises(UnknownOutlineError) as caught:
        load("1999-nothing")
    assert caught.value.known == ids()
    with pytest.raises(LookupError):
        examine("1.学得少。", outline="1999-nothing")
    with pytest.raises(UnknownOutlineError):
        load("party")


def test_nothing_speaks_for_any_outline():
    assert guess("", []) == "general"
    assert guess("今天天气很好。", ["学习方面", "工作方面"]) == "general"


def test_the_year_a_meeting_is_held_for_decides_between_like_headings():
    headings = ["履行全面从严治党责任方面", "担当作为方面"]
    assert guess("2024年度民主生活会对照检查材料", headings) == "2024-democratic-life"
    assert guess("2025年度民主生活会对照检查材料", headings) == "2025-democratic-life"


def test_the_year_in_the_opening_does_not_outweigh_the_headings():
    outline = load("2025-democratic-life")
    headings = [f"带头{a.name}方面" for a in outline.aspects]
    assert guess("个人对照检查材料 2024年以来，本人认真学习。", headings) == outline.id


def test_an_outline_named_by_the_caller_is_followed():
    text = "一、存在的问题\n1.学得少。\n"
    assert examine(text).outline == "general"
    assert examine(text, outline="2023-thematic").outline == "2023-thematic"
