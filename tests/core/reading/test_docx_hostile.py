"""Broken, huge and malicious files end in a ReadError that says what to do."""

from __future__ import annotations

import struct
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from docx_maker import NAMESPACES, docx, docx_parts, numbered, packed, paragraph, part, table
from luoshi.core.reading.docx import read_docx
from luoshi.core.reading.model import DEFAULT_LIMITS, Limits, ReadError

GOOD = docx(paragraph("正文"))
ENTITIES = (
    '<!DOCTYPE d [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
)


def refused(data: bytes, limits: Limits = DEFAULT_LIMITS) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read_docx(data, limits)
    message = caught.value.message
    assert "请" in message
    assert any("\u4e00" <= char <= "\u9fff" for char in message)
    return caught.value


def with_part(name: str, content: str | bytes) -> bytes:
    parts = docx_parts(paragraph("正文"), styles="", numbering="")
    parts[name] = content
    return packed(parts)


def without(name: str) -> bytes:
    parts = docx_parts(paragraph("正文"))
    del parts[name]
    return packed(parts)


def nested(tag: str, times: int) -> str:
    return f"<w:{tag}>" * times + paragraph("底") + f"</w:{tag}>" * times


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"PK\x03\x04", "damaged"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (GOOD[:-10], "damaged"),
        (without("word/document.xml"), "damaged"),
        (with_part("word/document.xml", ""), "damaged"),
        (with_part("word/document.xml", "<w:document"), "damaged"),
        (with_part("word/document.xml", b"\xff\xfe\x00"), "damaged"),
        (with_part("word/document.xml", part("glossary", "")), "damaged"),
        (with_part("word/document.xml", part("document", "")), "damaged"),
        (with_part("word/styles.xml", "<w:styles>"), "damaged"),
        (with_part("_rels/.rels", "<Relationships>"), "damaged"),
        (packed({"a.txt": "文字"}), "unknown_type"),
        (packed({"xl/workbook.xml": "<x/>", "[Content_Types].xml": "<x/>"}), "unknown_type"),
        (packed({"ppt/presentation.xml": "<x/>", "[Content_Types].xml": "<x/>"}), "unknown_type"),
        (packed({"OFD.xml": "<x/>"}), "unknown_type"),
        (packed({"mimetype": "x", "content.xml": "<x/>"}), "unknown_type"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_broken_files(data: bytes, code: str) -> None:
    assert refused(data).code == code


def test_a_workbook_is_named() -> None:
    parts = docx_parts("")
    rels = str(parts["_rels/.rels"]).replace("word/document.xml", "xl/workbook.xml")
    assert "Excel" in refused(packed({"_rels/.rels": rels, "xl/workbook.xml": "<x/>"})).message
    odd = rels.replace("xl/workbook.xml", "main.xml")
    message = refused(packed({"_rels/.rels": odd, "main.xml": "<presentation/>"})).message
    assert "演示文稿" in message


@pytest.mark.parametrize("where", ["word/document.xml", "word/styles.xml", "word/numbering.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_entities_are_refused_in_any_part(where: str, encoding: str) -> None:
    root = where[5:-4]
    xml = f'<?xml version="1.0"?>{ENTITIES}<w:{root} {NAMESPACES}>&b;</w:{root}>'
    error = refused(with_part(where, xml.encode(encoding)))
    assert error.code == "damaged"
    assert "外部引用" in error.message


def test_external_entities_are_refused() -> None:
    doctype = '<!DOCTYPE w:document SYSTEM "file:///etc/passwd">'
    xml = f"{doctype}<w:document {NAMESPACES}><w:body>{paragraph('x')}</w:body></w:document>"
    assert refused(with_part("word/document.xml", xml)).code == "damaged"


def test_undeclared_entities_are_refused() -> None:
    xml = part("document", "<w:body><w:p><w:r><w:t>&nbsp;</w:t></w:r></w:p></w:body>")
    assert refused(with_part("word/document.xml", xml)).code == "damaged"


@pytest.mark.parametrize(
    ("body", "times"),
    [
        (nested("customXml", 100_000), 100_000),
        (nested("sdtContent", 150), 150),
        (f"<w:p>{'<w:hyperlink>' * 150}{'</w:hyperlink>' * 150}</w:p>", 150),
        (f"<w:p>{'<w:r><w:ruby><w:rubyBase>' * 70}{'</w:rubyBase></w:ruby></w:r>' * 70}</w:p>", 70),
        ("<w:tbl><w:tr><w:tc>" * 70 + paragraph("底") + "</w:tc></w:tr></w:tbl>" * 70, 70),
        (
            "<w:p><w:r><w:pict><w:txbxContent>" * 62 + "</w:txbxContent></w:pict></w:r></w:p>" * 62,
            62,
        ),
    ],
    ids=["100000 elements", "controls", "links", "ruby", "tables", "boxes"],
)
def test_deep_nesting(body: str, times: int) -> None:
    assert refused(docx(body)).code == "too_deep"


def test_tables_nested_as_people_do_are_read() -> None:
    body = paragraph("底")
    for _ in range(10):
        body = table([body])
    assert read_docx(docx(body)).text == "底"


def test_an_encrypted_entry() -> None:
    data = bytearray(GOOD)
    at = data.find(b"word/document.xml", data.find(b"PK\x01\x02")) - 46
    data[at + 8] |= 1
    assert refused(bytes(data)).code == "encrypted"


def test_declared_sizes_are_checked_before_unpacking() -> None:
    small = replace(DEFAULT_LIMITS, part_bytes=100)
    assert refused(GOOD, small).code == "bomb"
    assert refused(GOOD, replace(DEFAULT_LIMITS, unpacked_bytes=500)).code == "bomb"
    assert refused(GOOD, replace(DEFAULT_LIMITS, zip_entries=2)).code == "bomb"
    assert refused(GOOD, replace(DEFAULT_LIMITS, file_bytes=100)).code == "too_large"
    assert refused(docx(paragraph("长" * 200)), replace(DEFAULT_LIMITS, characters=100)).code == (
        "too_large"
    )


def test_a_part_that_swells_is_refused() -> None:
    body = paragraph("0" * (9 * 1024 * 1024))
    error = refused(docx(body), replace(DEFAULT_LIMITS, characters=20_000_000))
    assert error.code == "bomb"


@pytest.mark.parametrize("claimed", [10, 2**31])
def test_headers_that_lie_about_the_size(claimed: int) -> None:
    data = bytearray(GOOD)
    at = data.find(b"word/document.xml", data.find(b"PK\x01\x02")) - 46
    struct.pack_into("<I", data, at + 24, claimed)
    assert refused(bytes(data)).code in {"damaged", "bomb"}


def test_an_unusual_compression_is_refused() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as package:
        for name, content in docx_parts(paragraph("正文")).items():
            package.writestr(name, content)
    assert refused(buffer.getvalue()).code == "damaged"


def test_strict_documents_are_read() -> None:
    strict = "http://purl.oclc.org/ooxml/"
    parts = docx_parts(
        paragraph("甲", '<w:pStyle w:val="H"/>'),
        styles=(
            '<w:style w:type="table" w:styleId="T"/><w:style w:type="paragraph" w:styleId="H">'
            '<w:name w:val="x"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        ),
    )
    for name, content in parts.items():
        text = str(content)
        for old, new in (
            (
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "wordprocessingml/main",
            ),
            (
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "officeDocument/relationships",
            ),
        ):
            text = text.replace(old, strict + new)
        parts[name] = text
    parsed = read_docx(packed(parts))
    assert (parsed.text, parsed.blocks[0].level) == ("甲", 2)


def test_other_names_and_places_of_the_main_part() -> None:
    parts = docx_parts(paragraph("甲"))
    parts["Word/Main.XML"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = str(parts["_rels/.rels"]).replace(
        "word/document.xml", "/word/./x/../main.xml"
    )
    parsed = read_docx(packed(parts))
    assert parsed.text == "甲"
    assert parsed.places.locate(0, 1)[0][2] == "Word/Main.XML"


def test_the_main_part_is_found_without_relationships() -> None:
    parts = docx_parts(paragraph("甲"))
    del parts["_rels/.rels"]
    assert read_docx(packed(parts)).text == "甲"
    del parts["[Content_Types].xml"]
    assert read_docx(packed(parts)).text == "甲"


def test_table_styles_are_left_out_without_losing_others() -> None:
    def style(name: str, level: int) -> str:
        properties = f'<w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>'
        return f'<w:style w:type="paragraph" w:styleId="{name}">{properties}</w:style>'

    between = '<w:style w:type="table" w:styleId="T"><w:tblPr/></w:style>'
    empty = '<w:style w:type="table" w:styleId="U"/>'
    styles = style("A", 0) + between + style("B", 1) + empty + style("C", 2)
    body = "".join(paragraph(name, f'<w:pStyle w:val="{name}"/>') for name in "ABC")
    assert [block.level for block in read_docx(docx(body, styles=styles)).blocks] == [1, 2, 3]


def test_a_billion_laughs_in_an_attribute() -> None:
    entities = '<!ENTITY l0 "哈哈哈哈哈哈哈哈哈哈">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
    )
    xml = f'<!DOCTYPE d [{entities}]><w:document {NAMESPACES} w:x="&l9;"><w:body/></w:document>'
    assert refused(with_part("word/document.xml", xml)).code == "damaged"


def test_many_small_deletions_stay_quick_and_whole() -> None:
    piece = "<w:del><w:r><w:delText>删删删删删</w:delText></w:r></w:del>"
    parsed = read_docx(docx(f"<w:p>{piece * 20_000}</w:p>" + paragraph("留")))
    assert parsed.text == "留"
    assert sum(len(note.text) for note in parsed.notes) == 100_000
    assert len(parsed.notes) < 100


def test_a_part_that_would_swell_in_memory_is_refused() -> None:
    attributes = " ".join(f'a{n}=""' for n in range(1000))
    noise = "".join(f"<w:x {attributes} b='{n * 7919}'/>" for n in range(2100))
    assert refused(docx(noise)).code == "bomb"


def test_labels_count_as_text() -> None:
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="{}"/></w:lvl>'
    lists = f'<w:abstractNum w:abstractNumId="0">{level.format("长" * 100_000)}</w:abstractNum>'
    lists += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    data = docx(numbered("甲", 1) * 20, numbering=lists)
    assert len(read_docx(data).text) < 20 * 300
    assert refused(data, replace(DEFAULT_LIMITS, characters=1000)).code == "too_large"


def test_a_long_chain_of_styles() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>'
        for n in range(5000)
    )
    body = "".join(paragraph("甲", f'<w:pStyle w:val="s{n}"/>') for n in range(5000))
    assert len(read_docx(docx(body, styles=styles)).blocks) == 5000
