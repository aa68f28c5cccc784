"""From the text back to runs: every character of a block that a run holds is found there."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx as python_docx
from lxml import etree

from docx_maker import (
    CASES,
    DECIMAL,
    box,
    case_file,
    deleted,
    docx,
    docx_parts,
    field,
    numbered,
    packed,
    para,
    paragraph,
    run,
    table,
)
from luoshi.core.reading.docx import read_docx
from luoshi.core.reading.model import Parsed, RunPlace

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPECIAL = {"tab": " ", "br": "\n", "noBreakHyphen": "-"}


def run_texts(xml: bytes) -> dict[tuple[int, int], str]:
    """Each run's text by (paragraph, run), counted as RunPlace says, without our reader."""
    found: dict[tuple[int, int], str] = {}
    for number, element in enumerate(etree.fromstring(xml).iter(f"{W}p")):
        own = [r for r in element.iter(f"{W}r") if next(r.iterancestors(f"{W}p")) is element]
        for index, one in enumerate(own):
            found[number, index] = "".join(
                (child.text or "") if child.tag == f"{W}t" else SPECIAL.get(child.tag[len(W) :], "")
                for child in one
            )
    return found


def check(parsed: Parsed, parts: dict[str, bytes]) -> int:
    texts = {name: run_texts(xml) for name, xml in parts.items()}
    seen = 0
    for block in parsed.blocks:
        joined = ""
        spans = block.cells or ((block.start, block.end),)
        for place in parsed.places.locate(block.start, block.end):
            assert isinstance(place, RunPlace)
            if place.run < 0:
                joined += parsed.text[place.start : place.end]
                continue
            whole = texts[place.part][place.paragraph, place.run]
            piece = whole[place.offset : place.offset + place.end - place.start]
            assert piece == parsed.text[place.start : place.end]
            joined += piece
            seen += 1
        if block.cells:
            assert joined.replace(" ", "") == "".join(
                parsed.text[start:end] for start, end in spans
            ).replace(" ", "")
        else:
            assert joined == parsed.text[block.start : block.end]
    return seen


def test_all_numbering_cases() -> None:
    for case in CASES:
        data = case_file(case)
        body = packed_part(data, "word/document.xml")
        assert check(read_docx(data), {"word/document.xml": body}) > 0


def packed_part(data: bytes, name: str) -> bytes:
    return zipfile.ZipFile(BytesIO(data)).read(name)


def test_a_document_with_everything() -> None:
    shape = f"<w:r><w:pict>{box(paragraph('框内'), table([paragraph('格')]))}</w:pict></w:r>"
    alternate = (
        f"<mc:AlternateContent><mc:Choice Requires='x'>{run('选')}</mc:Choice>"
        f"<mc:Fallback>{run('弃')}{run('弃')}</mc:Fallback></mc:AlternateContent>"
    )
    body = (
        numbered("编号", 1)
        + para(run("甲"), deleted("删"), run("乙"), shape, alternate, run("丙"))
        + para(run("前"), properties='<w:rPr><w:del w:id="1"/></w:rPr>')
        + numbered("后", 1)
        + para(
            "<w:r><w:br/><w:t>子</w:t><w:tab/><w:t>丑</w:t><w:br/></w:r>", field("PAGE", run("1"))
        )
        + para(
            run("藏", "<w:vanish/>"), f"<w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>"
        )
        + table([numbered("", 1), paragraph("一") + table([paragraph("套")]) + paragraph("二")])
        + para(run("注"), '<w:r><w:footnoteReference w:id="2"/></w:r>')
    )
    parts = docx_parts(
        body,
        numbering=DECIMAL,
        footnotes='<w:footnote w:id="2">'
        + para("<w:r><w:footnoteRef/></w:r>", run(" 注文"))
        + "</w:footnote>",
    )
    parsed = read_docx(packed(parts))
    assert parsed.text == (
        "1.编号\n甲乙选丙\n框内\n格\n2.前后\n子 丑\n1\n控件\n3.\t一 套 二\n注\n注文"
    )
    xml = {
        name: str(parts[name]).encode() for name in parts if name.endswith("s.xml") or "doc" in name
    }
    assert check(parsed, xml) >= 12


def test_python_docx_agrees_on_paragraphs_and_runs() -> None:
    document = python_docx.Document()
    document.add_heading("存在的问题", 1)
    line = document.add_paragraph("理论学习")
    line.add_run("不够").bold = True
    line.add_run("深入")
    document.add_paragraph("清单", style="List Number")
    buffer = BytesIO()
    document.save(buffer)
    parsed = read_docx(buffer.getvalue())
    assert parsed.text == "存在的问题\n理论学习不够深入\n1.清单"
    assert parsed.blocks[0].level == 1
    (place,) = parsed.places.locate(10, 12)
    assert isinstance(place, RunPlace)
    assert document.paragraphs[place.paragraph].runs[place.run].text == "不够"


def test_a_place_cuts_a_run() -> None:
    parsed = read_docx(docx(paragraph("一二三四五")))
    (place,) = parsed.places.locate(2, 4)
    assert place == RunPlace(2, 4, "word/document.xml", 0, 0, 2)
