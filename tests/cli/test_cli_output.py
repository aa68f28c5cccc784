"""Where results go: the workbook's sheets, suffixes, files replaced, names that lead nowhere."""

import json
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook


def rows(path):
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def columns(sheet):
    """Return a sheet's rows as dictionaries by title."""
    return [dict(zip(sheet[0], row, strict=True)) for row in sheet[1:]]


def test_xlsx_has_the_three_lists_with_their_sources(luoshi, folder):
    path = folder / "清单.xlsx"
    run = luoshi("split", folder, "-o", path)
    assert (run.code, run.err) == (0, f"已写入 {path}（2 份材料）。\n")
    sheets = rows(path)
    assert list(sheets) == ["汇总", "问题清单", "原因清单", "措施清单"]
    assert sheets["问题清单"][0] == [
        *("序号", "材料", "编号", "位置", "提纲标题", "问题", "具体内容", "出处"),
        *("回应的措施", "依据的词"),
    ]
    for name in ("原因清单", "措施清单"):
        assert "提纲标题" not in sheets[name][0]
    problems = [row for row in columns(sheets["问题清单"]) if row["材料"] == "甲.txt"]
    assert [(row["编号"], row["位置"], row["出处"]) for row in problems] == [
        ("p1", "一/1", "第2行"),
        ("p2", "一/2", "第3行"),
    ]
    assert problems[0]["问题"] == "拆迁信访积案化解不力。"
    assert problems[0]["具体内容"] == "有3件没有化解。"
    assert problems[0]["回应的措施"].startswith("m1 三/1 由分管副主任包案")
    assert problems[0]["依据的词"].startswith("m1：")
    assert (problems[1]["回应的措施"], problems[1]["依据的词"]) == ("没有措施回应", "")
    assert [len(sheets[name]) for name in sheets] == [3, 5, 3, 3]


def test_the_summary_counts_and_names_what_could_not_be_read(luoshi, folder):
    (folder / "空.txt").write_bytes(b"")
    path = folder / "清单.xlsx"
    run = luoshi("split", folder, folder / "没有.docx", "-o", path)
    assert run.code == 2
    head, first, second, *below = rows(path)["汇总"]
    assert head[1:] == [
        *("材料", "单位职务", "提纲", "问题", "原因", "措施"),
        *("没有措施回应的问题", "没有对应问题的措施"),
    ]
    assert sorted((first[1], second[1])) == ["乙.md", "甲.txt"]
    assert first[4:] == [2, 1, 1, 1, 0]
    assert below[1][1:3] == ["没有读成的材料", "原因和办法"]
    told = {row[1]: row[2] for row in below[2:]}
    assert set(told) == {str(folder / "没有.docx"), str(folder / "空.txt")}
    assert all("请" in words for words in told.values())


def test_a_weak_answer_says_so_at_the_entry(luoshi, samples, tmp_path):
    path = tmp_path / "清单.xlsx"
    source = samples / "self-examination.docx"
    luoshi("split", source, "-o", path)
    (record,) = json.loads(luoshi("split", source, "--format", "json").out)["documents"]
    weak = sum(k["kind"] == "answers" and k["strength"] == "weak" for k in record["links"])
    entries = "\n".join(row["回应的问题和原因"] for row in columns(rows(path)["措施清单"]))
    assert weak > 0
    assert entries.count("（弱）") == weak
    assert all(
        "（弱）" not in row["可能说明的问题（仅供参考）"] for row in columns(rows(path)["原因清单"])
    )


def test_names_that_repeat_are_shown_with_their_folder(luoshi, folder):
    (folder / "下属" / "甲.txt").write_bytes((folder / "甲.txt").read_bytes())
    path = folder / "清单.xlsx"
    luoshi("split", folder, "-o", path)
    shown = sorted(row["材料"] for row in columns(rows(path)["汇总"]))
    assert shown == ["下属/甲.txt", "乙.md", "甲.txt"]


@pytest.mark.parametrize(("suffix", "begins"), [("xlsx", b"PK"), ("json", b"{"), ("JSON", b"{")])
def test_the_suffix_tells_the_form(luoshi, folder, suffix, begins):
    path = folder / f"结果.{suffix}"
    assert luoshi("split", folder / "甲.txt", "-o", path).code == 0
    assert path.read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("form", "suffix"), [("json", "xlsx"), ("text", "xlsx"), ("xlsx", "json"), ("xlsx", "txt")]
)
def test_a_suffix_that_contradicts_the_form_is_refused(luoshi, folder, form, suffix):
    path = folder / f"结果.{suffix}"
    run = luoshi("split", folder / "甲.txt", "--format", form, "-o", path)
    assert run.code == 2
    assert f".{suffix} 不一致。请" in run.err
    assert not path.exists()


@pytest.mark.parametrize("suffix", ["txt", "json", "xlsx"])
def test_a_result_that_replaces_a_file_says_so(luoshi, folder, suffix):
    path = folder / f"结果.{suffix}"
    for words in ("已写入", "已覆盖原有的"):
        run = luoshi("split", folder / "甲.txt", "-o", path)
        assert (run.code, run.out, run.err) == (0, "", f"{words} {path}（1 份材料）。\n")


def test_nothing_read_replaces_nothing(luoshi, folder):
    (folder / "空.txt").write_bytes(b"")
    path = folder / "结果.json"
    path.write_text("早先的结果", encoding="utf-8")
    run = luoshi("split", folder / "空.txt", "-o", path)
    assert run.code == 2
    assert "没有一份材料读成" in run.err
    assert path.read_text(encoding="utf-8") == "早先的结果"


def test_a_name_that_leads_nowhere_stops_no_other(luoshi, folder):
    (folder / "空文件夹").mkdir()
    run = luoshi(
        "split", folder / "甲.txt", folder / "没有.docx", folder / "空文件夹", "--format", "json"
    )
    assert run.code == 2
    assert len(json.loads(run.out)["documents"]) == 1
    assert f"{folder / '没有.docx'}：没有找到这个文件" in run.err
    assert f"{folder / '空文件夹'}：文件夹里没有能读的材料" in run.err
    assert "共 3 份材料，2 份没有读成。" in run.err


def test_when_nothing_is_found_each_argument_is_answered(luoshi, folder):
    (folder / "空文件夹").mkdir()
    run = luoshi("split", folder / "没有.docx", folder / "空文件夹", folder / "*.jpg")
    assert (run.code, run.out) == (2, "")
    for words in ("没有.docx：没有找到", "空文件夹：文件夹里没有", "*.jpg：符合的文件都不是"):
        assert words in run.err


def test_rows_are_high_enough_for_their_words_and_very_long_ones_are_set_smaller(luoshi, folder):
    text = "一、存在的问题\n1.学习不够。{}\n2.联系群众不紧。{}\n二、整改措施\n1.要改。\n"
    (folder / "长.txt").write_text(
        text.format("内容不够具体" * 50, "内容不够具体" * 150), encoding="utf-8"
    )
    path = folder / "清单.xlsx"
    luoshi("split", folder / "长.txt", "-o", path)
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet2.xml").decode()
    heights = [float(h) for h in re.findall(r'<row r="\d+"[^>]* ht="([\d.]+)"', sheet)]
    # 28 characters of 11 points go into a line of the column, 14 points make a line.
    assert heights[1] >= 300 / 28 * 14
    assert heights[2] > 400
    looks = re.findall(r'<c r="G\d+" s="(\d+)"', sheet)
    assert looks[1] != looks[2]
