"""``luoshi check NEW --previous OLD``: in every output, with the words of last year and their place."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest
from docx import Document

GOLD = Path(__file__).parents[1] / "recurrence_gold" / "tune" / "b_hospital.toml"
BACK = "门诊患者排队等候仍然较多"


@pytest.fixture
def years(tmp_path, monkeypatch):
    gold = tomllib.loads(GOLD.read_text("utf-8"))
    (tmp_path / "去年.txt").write_text(gold["before"].lstrip(), "utf-8")
    (tmp_path / "今年.txt").write_text(gold["after"].lstrip(), "utf-8")
    document = Document()
    for line in gold["after"].strip().split("\n"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "今年.docx"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_text_quotes_last_year_with_its_place_and_shows_the_years(years, luoshi):
    done = luoshi("check", "今年.txt", "--previous", "去年.txt")
    assert done.code == 1
    assert "R101 这个问题上次就提过" in done.out
    assert "2023年度材料“去年.txt”第8行：“1.患者候诊时间长的问题解决不力。”" in done.out
    assert "错误 R103 这里说“整改完成率100%”，上次的问题却有5个" in done.out
    assert (
        "历年对照（2023年度 → 2024年度）：又提出 5 个（4 个还是老说法）、新提出 2 个、不再提 2 个。"
        in done.out
    )
    assert (
        "又提出：2023年度第12行“医用耗材采购管理不严” → 2024年度第17行“2024年4月骨科耗材"
        in done.out
    )


def test_without_previous_nothing_is_said_of_it(years, luoshi):
    done = luoshi("check", "今年.txt", "--format", "json")
    (record,) = json.loads(done.out)["documents"]
    assert "previous" not in record
    assert not [f for f in record["findings"] if f["family"] == "recurrence"]
    assert "历年" not in luoshi("check", "今年.txt").out


def test_json_follows_the_schema(years, luoshi):
    done = luoshi("check", "今年.txt", "--previous", "去年.txt", "--format", "json")
    found = json.loads(done.out)
    jsonschema.validate(found, json.loads(luoshi("schema").out))
    (record,) = found["documents"]
    assert [m["year"] for m in record["previous"]["materials"]] == [2023, 2024]
    states = [p["state"] for p in record["previous"]["problems"]]
    assert sorted(states) == sorted(["empty"] * 4 + ["recurring"] + ["new"] * 2 + ["gone"] * 2)
    text = (years / "去年.txt").read_text("utf-8")
    quotes = [q for f in record["findings"] for q in f.get("previous", ())]
    assert len(quotes) > 10
    assert all(text[q["start"] : q["end"]] == q["words"] for q in quotes)


def test_sarif_relates_to_the_other_file(years, luoshi):
    done = luoshi("check", "今年.txt", "--previous", "去年.txt", "--format", "sarif")
    log = json.loads(done.out)
    schema = Path(__file__).parents[1] / "files" / "sarif-schema-2.1.0.json"
    jsonschema.validate(log, json.loads(schema.read_text("utf-8")))
    results = log["runs"][0]["results"]
    (result,) = [r for r in results if r["ruleId"] == "R106"]
    (related,) = result["relatedLocations"]
    place = related["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("%E5%8E%BB%E5%B9%B4.txt")
    assert place["region"] == {"startLine": 22, "snippet": {"text": "2.改善就医体验。"}}


def test_page_has_the_table_of_the_years(years, luoshi):
    done = luoshi("check", "今年.txt", "--previous", "去年.txt", "-o", "意见.html")
    assert done.code == 1
    page = (years / "意见.html").read_text("utf-8")
    assert '<section id="years"' in page
    assert "又提出，还是老说法" in page
    assert "2023年度材料“去年.txt”第8行" in page
    assert '<a href="#years">历年</a>' in page
    luoshi("check", "今年.txt", "-o", "单独.html")
    assert "历年" not in (years / "单独.html").read_text("utf-8")


def test_comments_in_the_authors_file(years, luoshi):
    done = luoshi("check", "今年.docx", "--previous", "去年.txt", "-o", "批注.docx")
    assert done.code == 1
    from zipfile import ZipFile

    comments = ZipFile(years / "批注.docx").read("word/comments.xml").decode()
    assert "2023年度材料“去年.txt”第8行：“1.患者候诊时间长的问题解决不力。”" in comments
    assert "历年对照（2023年度 → 2024年度）" in comments


@pytest.mark.parametrize("given", [("2022.txt", "去年.txt"), ("去年.txt", "2022.txt")])
def test_several_are_put_in_order_by_their_years(years, luoshi, given):
    older = (years / "去年.txt").read_text("utf-8").replace("2023年", "2022年")
    (years / "2022.txt").write_text(older.replace("2024年1月", "2023年1月"), "utf-8")
    options = [word for name in given for word in ("--previous", name)]
    done = luoshi("check", "今年.txt", *options)
    assert "历年对照（2022年度 → 2023年度 → 2024年度）" in done.out
    assert (
        "R107 这个问题已经连续3次提出（2022年度、2023年度、2024年度），每次都没有写明" in done.out
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("今年.txt", "--previous", "没有.txt"), "用来对照的 没有.txt 读不了"),
        (("去年.txt", "--previous", "今年.txt"), "比这份材料（2023年度）还晚"),
        (("今年.txt", "--previous", "今年.txt"), "就是这份材料"),
        (("今年.txt", "去年.txt", "--previous", "去年.txt"), "--previous 只能用于一份材料"),
        (("今年.txt", "--previous", "去年.txt", "-o", "去年.txt"), "是要读的材料"),
    ],
)
def test_what_cannot_be_compared_is_refused(years, luoshi, arguments, words):
    before = (years / "去年.txt").read_bytes()
    done = luoshi("check", *arguments)
    assert done.code == 2
    assert words in done.err
    assert (years / "去年.txt").read_bytes() == before
