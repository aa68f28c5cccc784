"""The handbook in docs/ is what the rules say now."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from luoshi.core import knowledge
from luoshi.core.checks import all_rules
from luoshi.core.checks.handbook import describe, explained, index, page, pages
from luoshi.core.checks.model import Meta

FOLDER = Path(__file__).parents[3] / "docs" / "handbook"
MADE = pages(all_rules())
RULE = SimpleNamespace(
    META=Meta("X1", "题目", "text", "note", "custom", "请改。", on=False),
    __doc__="X1: what it is.\n\nWhat: one\nline, 中文\n接着*x*.\nWhy: w.\nBasis: custom. b.\n"
    "Example: “甲。” and “乙”\nCounter-example: c.\n",
)


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_page_is_up_to_date(name):
    hint = "make the pages anew: python docs/handbook/make.py"
    assert (FOLDER / name).read_text(encoding="utf-8") == MADE[name], hint


def test_there_is_no_page_without_a_rule():
    assert {path.name for path in FOLDER.glob("*.md")} == set(MADE)


def test_a_page_tells_everything_about_the_rule():
    made = page(RULE)
    assert made.startswith("# X1 题目\n\nWhat it is.\n")
    assert "text (文字)" in made
    assert "note (提示)" in made
    assert "custom (惯例)" in made
    assert "only where an office switches it on" in made
    assert "请改。" in made
    assert "One line, 中文接着\\*x\\*." in made


def test_the_index_lists_every_rule():
    assert "| [X1](X1.md) | 题目 | 文字 | 提示 | 惯例 |" in index([RULE])
    assert all(f"({each.META.code}.md)" in MADE["README.md"] for each in all_rules())


def test_sections_are_taken_apart():
    told = describe(RULE)
    assert (told.summary, told.why, told.basis) == ("what it is.", "w.", "custom. b.")
    assert (told.example, told.counter) == ("“甲。” and “乙”", "c.")


def test_a_rule_without_a_section_is_refused():
    bare = SimpleNamespace(META=RULE.META, __doc__=RULE.__doc__.replace("Basis: ", "Ground: "))
    with pytest.raises(ValueError, match="Basis"):
        describe(bare)


def test_every_rule_is_explained_in_chinese_and_nothing_else():
    told = knowledge.table("checks/explained")["rules"]
    assert set(told) == {each.META.code for each in all_rules()}
    for code in told:
        for words in (explained(code).what, explained(code).wrong, explained(code).right):
            assert words[-1] in "。”）》", (code, words)
            assert words.count("“") == words.count("”"), (code, words)
    assert explained("X1") is None
