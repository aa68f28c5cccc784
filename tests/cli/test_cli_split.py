"""``luoshi split``: text, json, xlsx; one file, many, and files that cannot be read."""

import hashlib
import json
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator
from python_calamine import CalamineWorkbook

from luoshi.core.reading import read_bytes

SCHEMA = json.loads((files("luoshi") / "data/schema/split.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def documents(run):
    result = json.loads(run.out)
    VALIDATOR.validate(result)
    return result["documents"]


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)
    assert not VALIDATOR.is_valid({})
    assert not VALIDATOR.is_valid({"documents": [{"path": "a"}]})


@pytest.mark.parametrize("suffix", ["docx", "md", "pdf"])
def test_json_of_the_sample_follows_the_schema(luoshi, samples, suffix):
    path = samples / f"self-examination.{suffix}"
    run = luoshi("split", path, "--format", "json")
    assert (run.code, run.err) == (0, "")
    (record,) = documents(run)
    assert record["path"] == str(path)
    assert record["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert record["outline"] == "2025-democratic-life"
    assert "text" not in record
    kinds = [point["kind"] for point in record["points"]]
    assert (kinds.count("problem"), kinds.count("cause"), kinds.count("measure")) == (16, 4, 8)


def test_spans_count_characters_of_the_text_that_read_prints(luoshi, samples):
    path = samples / "self-examination.docx"
    text = luoshi("read", path).out
    (record,) = documents(luoshi("split", path, "--format", "json", "--with-text", "--details"))
    assert record["text"] == text
    assert record["characters"] == len(text)
    for point in record["points"]:
        printed = text[point["start"] : point["end"]]
        assert printed.startswith(point["label"])
        assert "".join(printed.split()).endswith(
            "".join((point["heading"] + point["body"]).split())[-4:]
        )


def test_details_add_to_the_record_and_change_nothing_in_it(luoshi, folder):
    plain = documents(luoshi("split", folder / "甲.txt", "--format", "json"))[0]
    full = documents(luoshi("split", folder / "甲.txt", "--format", "json", "--details"))[0]
    for name, value in plain.items():
        if name in {"points", "links", "findings"}:
            assert [
                {k: one[k] for k in other} for one, other in zip(full[name], value, strict=True)
            ] == value
        else:
            assert full[name] == value
    assert full["points"][0]["place"] == "第1行"
    assert full["profile"]["title"] == ""
    assert full["outline_name"]


def test_text_shows_the_tree_the_lists_and_what_is_open(luoshi, folder):
    run = luoshi("split", folder / "甲.txt")
    assert (run.code, run.err) == (0, "")
    for words in (
        "结构",
        "问题清单（2 条）",
        "原因清单（1 条）",
        "措施清单（1 条）",
        "食堂浪费严重",
    ):
        assert words in run.out
    assert "没有措施回应的问题" in run.out
    assert run.out.index("问题清单") < run.out.index("原因清单") < run.out.index("措施清单")


def test_text_without_points_says_so(luoshi, tmp_path):
    (tmp_path / "a.txt").write_text("今天天气很好。我们去公园。", encoding="utf-8")
    run = luoshi("split", tmp_path / "a.txt")
    assert run.code == 0
    assert "没有拆出问题、原因或措施。请核对是不是对照检查材料。" in run.out
    assert run.out.index("请核对") < run.out.index("文件")
    assert "清单" not in run.out


def test_markup_of_the_terminal_in_a_text_is_only_text(luoshi, tmp_path):
    words = "一、存在的问题\n1.[red]学习[/red]不够，见[附件]。\n二、整改措施\n1.要[/]改。\n"
    (tmp_path / "[甲].txt").write_text(words, encoding="utf-8")
    run = luoshi("split", tmp_path / "[甲].txt")
    assert run.code == 0
    assert "[red]学习[/red]不够，见[附件]。" in run.out
    assert "[甲].txt" in run.out


def test_output_goes_to_the_file_named(luoshi, folder, tmp_path):
    for form in ("text", "json"):
        path = tmp_path / f"结果.{form}"
        run = luoshi("split", folder / "甲.txt", "--format", form, "-o", path)
        assert (run.code, run.out) == (0, "")
        assert "食堂" in path.read_text(encoding="utf-8") or form == "json"
    VALIDATOR.validate(json.loads((tmp_path / "结果.json").read_text(encoding="utf-8")))


def rows(path):
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_xlsx_cells_are_text_and_never_formulas(luoshi, tmp_path):
    words = "一、存在的问题\n1.=SUM(A1:A9)问题。\n2.http://a.b/网址。\n二、整改措施\n1.要改。\n"
    (tmp_path / "a.txt").write_text(words, encoding="utf-8")
    path = tmp_path / "清单.xlsx"
    assert luoshi("split", tmp_path / "a.txt", "--format", "xlsx", "-o", path).code == 0
    assert [row[5] for row in rows(path)["问题清单"][1:]] == [
        "=SUM(A1:A9)问题。",
        "http://a.b/网址。",
    ]


def test_xlsx_needs_a_file_name(luoshi, folder):
    run = luoshi("split", folder / "甲.txt", "--format", "xlsx")
    assert run.code == 2
    assert "-o" in run.err
    assert run.out == ""


def test_folders_and_patterns_take_materials_only(luoshi, folder):
    for argument in (folder, folder / "**" / "*"):
        found = [r["path"] for r in documents(luoshi("split", argument, "--format", "json"))]
        assert found == sorted(str(p) for p in (folder / "甲.txt", folder / "下属" / "乙.md"))


def test_a_file_named_twice_is_read_once(luoshi, folder):
    run = luoshi("split", folder / "甲.txt", folder, folder / "甲.txt", "--format", "json")
    assert len(documents(run)) == 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_many_files_give_the_same_as_one_by_one(luoshi, folder, jobs):
    together = documents(luoshi("split", folder, "--format", "json", "--details", "--jobs", jobs))
    alone = [
        documents(luoshi("split", record["path"], "--format", "json", "--details"))[0]
        for record in together
    ]
    assert together == alone


def test_a_file_that_cannot_be_read_does_not_stop_the_others(luoshi, folder):
    (folder / "坏.docx").write_bytes(b"PK\x03\x04" + bytes(40))
    (folder / "空.txt").write_bytes(b"")
    run = luoshi("split", folder, "--format", "json")
    assert run.code == 2
    assert len(documents(run)) == 2
    assert "坏.docx：" in run.err
    assert "空.txt：" in run.err
    assert "共 4 份材料，2 份没有读成。" in run.err
    assert "Traceback" not in run.err


def test_text_and_xlsx_of_good_files_among_bad_ones(luoshi, folder, tmp_path):
    (folder / "空.txt").write_bytes(b"")
    run = luoshi("split", folder)
    assert run.code == 2
    assert run.out.count("问题清单（2 条）") == 2
    path = tmp_path / "清单.xlsx"
    assert luoshi("split", folder, "--format", "xlsx", "-o", path).code == 2
    assert len(rows(path)["问题清单"]) == 5


@pytest.mark.parametrize("name", ["没有.docx", "照片.jpg", "空文件夹"])
def test_a_single_file_that_cannot_be_read(luoshi, folder, name):
    (folder / "空文件夹").mkdir()
    run = luoshi("split", folder / name, "--format", "json")
    assert run.code == 2
    assert name in run.err
    assert "请" in run.err
    assert "Traceback" not in run.err


def test_an_unknown_outline_is_refused_and_the_known_ones_named(luoshi, folder):
    run = luoshi("split", folder / "甲.txt", "--outline", "1999-nothing")
    assert run.code == 2
    assert "没有“1999-nothing”这个提纲" in run.err
    assert "2025-democratic-life" in run.err


def test_an_outline_named_is_followed(luoshi, folder):
    run = luoshi("split", folder, "--format", "json", "--outline", "2023-thematic")
    assert {r["outline"] for r in documents(run)} == {"2023-thematic"}


def test_a_result_that_cannot_be_written_says_so(luoshi, folder):
    for form in ("json", "text", "xlsx"):
        run = luoshi("split", folder / "甲.txt", "--format", form, "-o", folder / "没有" / "结果")
        assert run.code == 2
        assert "写不进" in run.err
        assert "请" in run.err
        assert "Traceback" not in run.err


def test_a_failed_workbook_leaves_no_half_file(luoshi, folder):
    target = folder / "下属"
    run = luoshi("split", folder / "甲.txt", "--format", "xlsx", "-o", target)
    assert run.code == 2
    assert sorted(p.name for p in folder.iterdir()) == sorted(
        ["甲.txt", "下属", "照片.jpg", "~$甲.docx"]
    )


def test_the_record_is_that_of_the_python_interface(luoshi, folder):
    from luoshi import split

    (record,) = documents(luoshi("split", folder / "甲.txt", "--format", "json"))
    done = split(folder / "甲.txt")
    assert [(p["id"], p["start"], p["end"]) for p in record["points"]] == [
        (p.id, p.start, p.end) for p in done.points
    ]
    assert done.document.text == read_bytes((folder / "甲.txt").read_bytes()).text
