"""What people are shown of a passage, and the lists on a terminal of any width."""

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from luoshi.core.reading import read_bytes
from luoshi.core.reading.model import Span
from luoshi.engines.interface import check
from luoshi.formats.excerpts import excerpt, plain
from luoshi.formats.record import document_record
from luoshi.formats.terminal import print_record

MATERIAL = """# 2025年度民主生活会个人对照检查材料

## 一、存在的问题

### （一）带头固本培元、增强党性方面
**1.理论学习不够深入。**满足于一般性学习，学用结合不紧密。
2.__宗旨意识有差距。__到基层调研少。

### （二）带头干事创业、担当作为方面
带头干事创业、担当作为方面。有时求稳怕错，对拆迁信访积案化解不力。还有3件没有化解。

### （三）其他方面

| 序号 | 问题 | 责任人 | 整改措施 |
|---|---|---|---|
| 1 | 食堂浪费严重。餐厨垃圾每天50公斤。 | 甲 | **每周通报**浪费情况。 |
| 2 | **公车管理不严 |  |  |

## 二、整改措施
1. **包案化解拆迁信访积案3件。** 分管副主任负责。
2. 开展植树活动。
"""


@pytest.fixture
def record():
    report = check(read_bytes(MATERIAL.encode(), "a.md"))
    return document_record(report, "a.md", details=True)


def point(record, words):
    (found,) = (p for p in record["points"] if words in p["heading"])
    return found


def printed(record, width):
    stream = io.StringIO()
    print_record(Console(file=stream, width=width, highlight=False, emoji=False), record)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("**学习**不够", "学习不够"),
        ("__学习", "学习"),
        ("***学习***\n不够", "学习不够"),
        ("  *学习  ", "学习"),
        ("2025年____月", "2025年____月"),
        ("学习\t不够\x1b[31m", "学习 不够 [31m"),
    ],
)
def test_plain(words, shown):
    assert plain(words) == shown


def test_no_mark_of_markdown_or_tables_is_shown(record):
    for each in record["points"]:
        shown = each["heading"] + each["body"] + each["label"] + each["remedy"]
        assert not set(shown) & set("*_|\t\n")
    for finding in record["findings"]:
        assert not set(finding.get("excerpt", "")) & set("*_|\t\n")


def test_a_row_is_its_cells_without_number_measure_and_empty_ones(record):
    first = point(record, "食堂")
    assert (first["heading"], first["body"]) == ("食堂浪费严重。", "餐厨垃圾每天50公斤；甲")
    assert first["remedy"] == "每周通报浪费情况。"
    second = point(record, "公车")
    assert (second["heading"], second["body"], second["remedy"]) == ("公车管理不严", "", "")


def test_cells_are_joined_and_the_number_left_out():
    document = read_bytes(
        "学习\t不够\n| 1 | 甲。 | | 乙 |\n|---|\n| 一般 | 丙 |\n".encode(), "a.md"
    )
    assert excerpt(document, Span(0, len(document.text))) == "学习 不够；甲；乙；一般；丙"


def test_a_sentence_that_only_names_the_aspect_gives_way_to_the_next(record):
    shown = point(record, "求稳怕错")
    assert shown["heading"] == "有时求稳怕错，对拆迁信访积案化解不力。"
    assert shown["body"] == "还有3件没有化解。"


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120])
def test_lines_fit_and_none_begins_with_a_closing_mark(record, width):
    for line in printed(record, width).splitlines():
        assert cell_len(line.rstrip()) <= width
        for cell in line.strip(" │├└─").split("  "):
            assert cell.strip()[:1] not in set("。，、；：）”") or not cell.strip()


@pytest.mark.parametrize("width", [60, 120])
def test_the_lists_say_the_same_at_every_width(record, width):
    shown = printed(record, width)
    for each in record["points"]:
        assert each["heading"][:12] in shown
    assert "本行措施" in shown
    assert "单位职务" in shown
    assert "作者" not in shown


def test_a_row_that_holds_its_measure_is_not_shown_as_another_point(record):
    own = next(k["to"] for k in record["links"] if k["from"] == k["to"])
    (line,) = (x for x in printed(record, 120).splitlines() if x.startswith(f"{own} "))
    assert line.rstrip().endswith("本行措施")


def test_the_closing_lists_give_id_place_and_words(record):
    lines = printed(record, 100).splitlines()
    open_problem = point(record, "公车")
    measure = point(record, "植树")
    for each in (open_problem, measure):
        assert any(
            line.split()[:2] == [each["id"], each["place"]] and each["heading"] in line
            for line in lines[lines.index(next(x for x in lines if "个问题中有" in x)) :]
        )


def test_without_measures_nothing_is_said_twice():
    text = "一、存在的问题\n1.学习不够深入。\n2.联系群众不紧密。\n"
    shown = printed(document_record(check(text.encode()), "a.txt", details=True), 100)
    assert "措施清单：这份材料里没有找到措施。" in shown
    assert "全文没有措施" not in shown


def test_a_note_on_how_the_file_was_read_is_called_a_remark(record):
    note = {"kind": "skipped", "text": "已经转换后读取。", "author": "", "date": ""}
    shown = printed(record | {"notes": [note]}, 100)
    assert "说明 1 处" in shown
    assert "未读入" not in shown
