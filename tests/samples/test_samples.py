"""The demo sample is what its source says, and every planted defect is where its list says."""

from __future__ import annotations

import re
import tomllib
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from build import MOST_PDF_BYTES, differences, parts, write
from sample_docx import build_docx
from sample_pdf import pdf_text, squeeze
from sample_printed import printed
from sample_source import chinese, load, markdown, printed_lines

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "src" / "luoshi" / "data" / "samples"
SOURCE = load()
LINES = {paragraph.id: line for paragraph, line in printed_lines(SOURCE)}
MARKDOWN = (TARGET / "self-examination.md").read_text(encoding="utf-8")
DEFECTS = tomllib.loads((TARGET / "defects.toml").read_text(encoding="utf-8"))["defect"]


def test_md_is_rebuilt_from_the_source():
    assert markdown(SOURCE) == MARKDOWN


def test_docx_is_rebuilt_from_the_source():
    # Parts and dates, not compressed bytes: another zlib may pack the same parts differently.
    assert parts(build_docx(SOURCE)) == parts((TARGET / "self-examination.docx").read_bytes())


def test_docx_has_the_same_bytes_each_time():
    assert build_docx(SOURCE) == build_docx(SOURCE)


def test_docx_prints_what_the_md_says():
    docx = (TARGET / "self-examination.docx").read_bytes()
    plain = [re.sub(r"^#+ ", "", block) for block in MARKDOWN.strip().split("\n\n")]
    assert printed(docx) == plain


def test_pdf_prints_what_the_md_says():
    pdf = (TARGET / "self-examination.pdf").read_bytes()
    assert pdf_text(pdf) == squeeze(re.sub(r"^#+ ", "", MARKDOWN, flags=re.MULTILINE))
    assert len(pdf) <= MOST_PDF_BYTES


def test_check_names_a_changed_paragraph(tmp_path):
    write(SOURCE, tmp_path, with_pdf=False)
    (tmp_path / "self-examination.pdf").write_bytes((TARGET / "self-examination.pdf").read_bytes())
    assert differences(SOURCE, tmp_path) == []
    changed = (tmp_path / "self-examination.md").read_text(encoding="utf-8").replace("36条", "38条")
    (tmp_path / "self-examination.md").write_text(changed, encoding="utf-8")
    assert differences(SOURCE, tmp_path) == ["the md is not what the source gives"]


def test_length_is_that_of_a_real_one():
    assert 4500 <= len("".join(MARKDOWN.split())) <= 6000


def test_file_looks_like_one_from_an_office():
    with ZipFile(BytesIO((TARGET / "self-examination.docx").read_bytes())) as archive:
        document = archive.read("word/document.xml").decode()
        styles = archive.read("word/styles.xml").decode()
        comments = archive.read("word/comments.xml").decode()
    assert document.count("<w:ins ") == document.count("<w:del ") == 1
    assert comments.count("<w:comment ") == document.count("<w:commentReference ") == 1
    for font in ("方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"):
        assert f'w:eastAsia="{font}"' in styles


def test_only_the_planted_number_is_typed_by_hand():
    with ZipFile(BytesIO((TARGET / "self-examination.docx").read_bytes())) as archive:
        document = archive.read("word/document.xml").decode()
    texts = ["".join(re.findall(r"<w:t[ >][^<]*", one)) for one in document.split("<w:p>")]
    texts = [re.sub(r"<w:t[^>]*>", "", text) for text in texts]
    typed = [
        text
        for text in texts
        if re.match(r"\d+\.|（[一二三四五六七八九十\d]+）|[一二三四五]、", text)
    ]
    assert [text[:4] for text in typed] == ["4.安全"]


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda one: f"{one['kind']}-{one['quote'][:12]}")
def test_defect_stands_where_the_list_says(defect):
    assert MARKDOWN.count(defect["quote"]) == len(defect["paragraphs"])
    for name in defect["paragraphs"]:
        assert LINES[name].count(defect["quote"]) == 1


def test_defects_are_many_and_complete():
    assert len({defect["kind"] for defect in DEFECTS}) >= 25
    assert len({(defect["kind"], defect["quote"]) for defect in DEFECTS}) == len(DEFECTS)
    for defect in DEFECTS:
        assert set(defect) - {"missed"} == {
            "kind", "codes", "severity", "paragraphs", "quote", "why",
        }  # fmt: skip
        assert defect["severity"] in {"error", "warning", "note"}
        assert defect["codes"] or defect["missed"]
        assert defect["why"]


def test_many_kinds_would_send_the_paper_back():
    grave = {defect["kind"] for defect in DEFECTS if defect["severity"] != "note"}
    assert len(grave) >= 25
    assert {code[0] for defect in DEFECTS for code in defect["codes"]} == set("SITBM")


def test_about_half_of_the_problems_are_concrete():
    problems = [one for one in SOURCE.paragraphs if one.concrete is not None]
    assert len(problems) == 15
    assert 0.4 <= sum(bool(one.concrete) for one in problems) / len(problems) <= 0.6


def test_truth_about_measures_agrees_with_the_defects():
    problems = {one.id for one in SOURCE.paragraphs if one.concrete is not None}
    measures = [one for one in SOURCE.paragraphs if one.role == "measure"]
    answered = {problem for one in measures for problem in one.answers or ()}
    listed = {kind: set() for kind in ("problem-without-measure", "measure-without-problem")}
    for defect in DEFECTS:
        if defect["kind"] in listed:
            listed[defect["kind"]].update(defect["paragraphs"])
    assert answered <= problems
    assert problems - answered == listed["problem-without-measure"]
    assert {one.id for one in measures if not one.answers} == listed["measure-without-problem"]
    assert 0 < sum(bool(one.good) for one in measures) < len(measures) / 2


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_chinese_counting(number, text):
    assert chinese(number) == text


def test_chinese_counting_refuses_what_it_cannot_write():
    with pytest.raises(ValueError, match="outside"):
        chinese(100)
