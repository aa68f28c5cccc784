"""What becomes text, in which order, and what becomes a note instead."""

from __future__ import annotations

import pytest

from docx_maker import (
    BY,
    DATE,
    DECIMAL,
    box,
    deleted,
    docx,
    field,
    numbered,
    para,
    paragraph,
    run,
    table,
)
from luoshi.core.reading.docx import read_docx
from luoshi.core.reading.model import Note, Parsed, ReadError, Span


def read(body: str, **parts: str) -> Parsed:
    return read_docx(docx(body, **parts))


def notes(parsed: Parsed, kind: str) -> list[Note]:
    return [note for note in parsed.notes if note.kind == kind]


INSIDE = [
    ("runs join", run("理论") + run("学习"), "理论学习"),
    ("tab", "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", "甲 乙"),
    ("line break", "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>", "甲\n乙"),
    ("break at the end", "<w:r><w:t>甲</w:t><w:br/></w:r>", "甲"),
    ("page break", '<w:r><w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t></w:r>', "甲乙"),
    ("hyphens", "<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/></w:r>", "a-b"),
    ("blanks", "<w:r><w:t> 甲 </w:t></w:r>" + run(" 乙"), "甲 乙"),
    ("full-width indent stays", run("\u3000\u3000甲"), "\u3000\u3000甲"),
    ("line end in w:t", "<w:r><w:t>甲\n乙</w:t></w:r>", "甲 乙"),
    ("symbol", '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run("已办"), "✓已办"),
    ("plain symbol", '<w:r><w:sym w:font="Arial" w:char="2605"/></w:r>', "★"),
    (
        "ruby",
        "<w:r><w:ruby><w:rt><w:r><w:t>luò</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>落</w:t></w:r></w:rubyBase></w:ruby></w:r>" + run("实"),
        "落实",
    ),
    ("formula", "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>" + run("。"), "x=1。"),
    ("hyperlink", f'<w:hyperlink r:id="rId9">{run("链接")}</w:hyperlink>', "链接"),
    ("smart tag", f"<w:smartTag>{run('甲')}</w:smartTag>{run('乙')}", "甲乙"),
    ("inline control", f"<w:sdt><w:sdtContent>{run('甲')}</w:sdtContent></w:sdt>", "甲"),
    ("custom XML", f"<w:customXml>{run('甲')}</w:customXml>", "甲"),
    ("simple field", f'<w:fldSimple w:instr="PAGE">{run("3")}</w:fldSimple>', "3"),
    ("field", field(" DATE ", run("1月2日")), "1月2日"),
    ("nested field", field("IF " + field("PAGE", run("9")) + " x", run("甲")), "甲"),
    (
        "circled number",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:instrText>eq \\o\\ac(○,21)</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("甲"),
        "㉑甲",
    ),
    ("insertion", f"<w:ins {BY}>{run('新')}</w:ins>{run('旧')}", "新旧"),
    (
        "move",
        f"<w:moveFrom {BY}>{run('走')}</w:moveFrom><w:moveTo {BY}>{run('来')}</w:moveTo>",
        "来",
    ),
    (
        "emoji",
        '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:char="1F60A"/>'
        "</mc:Choice><mc:Fallback><w:t>笑</w:t></mc:Fallback></mc:AlternateContent></w:r>",
        "😊",
    ),
]


@pytest.mark.parametrize(
    ("content", "text"), [row[1:] for row in INSIDE], ids=[r[0] for r in INSIDE]
)
def test_inside_a_paragraph(content: str, text: str) -> None:
    assert read(para(content)).text == text


def test_one_line_per_paragraph_and_no_empty_blocks() -> None:
    parsed = read(paragraph("甲") + paragraph() + paragraph("\u3000 ") + paragraph("乙"))
    assert parsed.text == "甲\n乙"
    assert [(block.start, block.end) for block in parsed.blocks] == [(0, 1), (2, 3)]


def test_deletions_are_notes() -> None:
    parsed = read(para(run("学习"), deleted("不"), deleted("够"), run("深入")))
    assert parsed.text == "学习深入"
    assert parsed.notes == (Note("deletion", "不够", Span(2, 2), "张三", DATE),)


def test_a_deleted_paragraph_mark_joins_and_the_second_paragraph_decides() -> None:
    mark = f"<w:rPr><w:del {BY}/></w:rPr>"
    parsed = read(
        para(run("前"), properties=mark) + numbered("后", 1) + numbered("末", 1), numbering=DECIMAL
    )
    assert parsed.text == "1.前后\n2.末"
    assert [note.kind for note in parsed.notes] == ["deletion"]
    assert parsed.notes[0].span == Span(3, 3)


def test_deleted_rows_are_notes() -> None:
    rows = table([paragraph("甲"), paragraph("乙")], [paragraph("丙"), paragraph("丁")])
    parsed = read(rows.replace("<w:tr>", f"<w:tr><w:trPr><w:del {BY}/></w:trPr>", 1))
    assert parsed.text == "丙\t丁"
    assert notes(parsed, "deletion") == [Note("deletion", "甲\t乙", Span(0, 0), "张三", DATE)]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Ink"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Ink2"><w:basedOn w:val="Ink"/></w:style>'
)


@pytest.mark.parametrize(
    ("content", "style", "text", "hidden"),
    [
        (run("甲", "<w:vanish/>") + run("乙"), "", "乙", ["甲"]),
        (run("甲", '<w:vanish w:val="0"/>') + run("乙"), "Secret", "甲", ["乙"]),
        (run("甲", '<w:rStyle w:val="Ink2"/>') + run("乙"), "", "乙", ["甲"]),
        (run("甲", '<w:rStyle w:val="Ink"/>') + run("乙"), "Secret", "甲", ["乙"]),
        (run("甲", "<w:vanish/>") + run("乙", "<w:vanish/>") + run("丙"), "", "丙", ["甲乙"]),
    ],
    ids=["direct", "switched off", "character style", "toggle", "joined"],
)
def test_hidden_text(content: str, style: str, text: str, hidden: list[str]) -> None:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    parsed = read(para(content, properties=properties), styles=STYLES)
    assert parsed.text == text
    assert [note.text for note in notes(parsed, "hidden")] == hidden


def test_a_paragraph_hidden_with_its_mark_is_not_counted() -> None:
    hidden = para(
        run("藏", "<w:vanish/>"),
        properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        "<w:rPr><w:vanish/></w:rPr>",
    )
    parsed = read(numbered("甲", 1) + hidden + numbered("乙", 1), numbering=DECIMAL)
    assert parsed.text == "1.甲\n2.乙"


def test_tables() -> None:
    parsed = read(
        table(
            [paragraph("序号"), paragraph("问题") + paragraph("表现")], [paragraph(), paragraph()]
        )
        + paragraph("正文")
        + table([paragraph("一"), table([paragraph("内"), paragraph("套")]) + paragraph()])
    )
    assert parsed.text == "序号\t问题 表现\n正文\n一\t内 套"
    first, middle, last = parsed.blocks
    assert (first.kind, first.table, first.cells) == ("row", 0, (Span(0, 2), Span(3, 8)))
    assert (middle.kind, middle.table) == ("paragraph", -1)
    assert (last.table, last.cells) == (1, (Span(12, 13), Span(14, 17)))


def test_merged_cells_keep_the_columns() -> None:
    down = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    on = "<w:tcPr><w:vMerge/></w:tcPr>"
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    parsed = read(
        table(
            [down + paragraph("甲"), paragraph("乙")],
            [on + paragraph(), paragraph("丙")],
            [wide + paragraph("丁")],
        )
    )
    assert parsed.text == "甲\t乙\n\t丙\n丁"
    assert [len(block.cells) for block in parsed.blocks] == [2, 2, 1]


def test_automatic_numbers_in_a_table_are_printed_even_alone() -> None:
    rows = table([numbered("", 1), paragraph("甲")], [numbered("", 1), paragraph("乙")])
    parsed = read(rows, numbering=DECIMAL)
    assert parsed.text == "1.\t甲\n2.\t乙"
    assert [block.label for block in parsed.blocks] == [2, 2]


def test_controls_are_transparent_around_blocks_rows_and_cells() -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    cell = f"<w:tc>{paragraph('甲')}</w:tc>"
    row = f"<w:tr>{control(cell)}<w:tc>{control(paragraph('乙'))}</w:tc></w:tr>"
    parsed = read(control(control(paragraph("段"))) + f"<w:tbl>{control(row)}</w:tbl>")
    assert parsed.text == "段\n甲\t乙"


def test_text_boxes_come_once_after_their_paragraph_and_count_apart() -> None:
    shape = (
        "<w:r><mc:AlternateContent>"
        '<mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"{box(numbered('框一', 1), numbered('框二', 1))}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box(paragraph('旧'))}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    body = (
        para(shape, run("锚"), properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
        + numbered("后", 1)
        + para(
            f"<w:r><w:pict><v:shape><v:textbox>{box(paragraph('老'))}</v:textbox></v:shape></w:pict></w:r>"
        )
    )
    assert read(body, numbering=DECIMAL).text == "1.锚\n1.框一\n2.框二\n2.后\n老"


def test_footnotes_and_endnotes_follow_the_body_in_order_of_use() -> None:
    reference = '<w:r><w:{0}Reference w:id="{1}"/></w:r>'
    body = para(run("甲"), reference.format("footnote", 3)) + para(
        run("乙"), reference.format("footnote", 2), reference.format("endnote", 2)
    )
    mark = "<w:r><w:footnoteRef/></w:r>"
    parsed = read(
        body,
        footnotes=f'<w:footnote w:type="separator" w:id="0">{paragraph("线")}</w:footnote>'
        f'<w:footnote w:id="2">{para(mark, run(" 注二"))}</w:footnote>'
        f'<w:footnote w:id="3">{para(mark, run(" 注三"))}</w:footnote>'
        f'<w:footnote w:id="4">{paragraph("无人引用")}</w:footnote>',
        endnotes=f'<w:endnote w:id="2">{paragraph("尾注")}</w:endnote>',
    )
    assert parsed.text == "甲\n乙\n注三\n注二\n尾注"
    assert [block.kind for block in parsed.blocks] == ["paragraph"] * 2 + ["note"] * 3
    assert [note.text for note in notes(parsed, "hidden")] == ["无人引用"]


def test_comments_have_an_anchor() -> None:
    body = para(
        run("学习"),
        '<w:commentRangeStart w:id="7"/>',
        run("不够"),
        '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>',
        run("深入"),
    ) + para('<w:r><w:commentReference w:id="8"/></w:r>', run("末"))
    parsed = read(
        body,
        comments=f'<w:comment w:id="8" w:author="乙">{paragraph("点")}</w:comment>'
        f'<w:comment w:id="7" w:author="甲" w:date="{DATE}">'
        f"{paragraph('请写')}{paragraph('具体')}</w:comment>",
    )
    assert parsed.notes == (
        Note("comment", "请写\n具体", Span(2, 4), "甲", DATE),
        Note("comment", "点", Span(7, 7), "乙"),
    )


def test_a_comment_over_two_paragraphs() -> None:
    body = (
        '<w:commentRangeStart w:id="1"/>'
        + numbered("甲", 1)
        + paragraph("乙")
        + '<w:commentRangeEnd w:id="1"/>'
        + paragraph("丙")
    )
    comment = f'<w:comment w:id="1">{paragraph("话")}</w:comment>'
    parsed = read(body, numbering=DECIMAL, comments=comment)
    span = parsed.notes[0].span
    assert span is not None
    assert parsed.text[span.start : span.end] == "甲\n乙"


def test_headers_and_footers_are_notes_once_each() -> None:
    parsed = read(
        paragraph("正文"),
        header1=paragraph("内部资料"),
        header2=paragraph("内部资料"),
        footer1=para(run("- "), field("PAGE", run("1")), run(" -")),
    )
    assert parsed.text == "正文"
    assert parsed.notes == (Note("header", "内部资料"), Note("footer", "- 1 -"))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('<w:altChunk r:id="rId9"/>', "外部文件"),
        ("<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>", "1 张图片"),
        ("<w:p><w:r><w:pict><v:imagedata/></w:pict></w:r></w:p>", "1 张图片"),
        ("<w:p><w:r><w:object><o:OLEObject/></w:object></w:r></w:p>", "嵌入"),
        ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FF"/></w:r></w:p>', "特殊符号"),
        (
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>丢</w:t></w:r></w:p>',
            "没有结束",
        ),
    ],
)
def test_what_is_skipped_is_said(body: str, words: str) -> None:
    (note,) = read(paragraph("甲") + body).notes
    assert note.kind == "skipped"
    assert words in note.text


TOC = field("TOC \\o", run("一、问题") + "<w:r><w:tab/></w:r>" + field("PAGEREF x", run("2")))


@pytest.mark.parametrize(
    "body",
    [
        para(TOC),
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
        f"</w:sdtPr><w:sdtContent>{paragraph('一、问题 2')}</w:sdtContent></w:sdt>",
        paragraph("一、问题 2", '<w:pStyle w:val="21"/>'),
    ],
    ids=["field", "control", "style"],
)
def test_tables_of_contents_are_marked(body: str) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="21"><w:name w:val="toc 2"/></w:style>'
    parsed = read(body + paragraph("正文"), styles=styles)
    assert parsed.text == "一、问题 2\n正文"
    assert [block.contents for block in parsed.blocks] == [True, False]


def test_a_contents_field_over_paragraphs() -> None:
    begin, end = TOC.split(run("一、问题"))
    parsed = read(para(begin, run("甲 1")) + para(run("乙 2")) + para(end) + paragraph("正文"))
    assert [block.contents for block in parsed.blocks] == [True, True, True, False]


def test_heading_levels() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="S"><w:name w:val="My"/>'
        '<w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="N"><w:name w:val="heading 3"/></w:style>'
    )
    bodies = [
        paragraph("甲", '<w:pStyle w:val="S"/>'),
        paragraph("乙", '<w:pStyle w:val="S"/><w:outlineLvl w:val="9"/>'),
        paragraph("丙", '<w:outlineLvl w:val="2"/>'),
        paragraph("丁", '<w:pStyle w:val="N"/>'),
        paragraph("戊"),
    ]
    assert [b.level for b in read("".join(bodies), styles=styles).blocks] == [1, 0, 3, 3, 0]


def test_a_document_without_text() -> None:
    with pytest.raises(ReadError) as caught:
        read(paragraph())
    assert caught.value.code == "no_text"


@pytest.mark.parametrize("special", ["", "<w:specVanish/>"])
def test_a_hidden_mark_joins_and_the_first_paragraph_decides(special: str) -> None:
    heading = para(
        run("标题。"),
        properties='<w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="1"/></w:numPr>'
        f"<w:rPr><w:vanish/>{special}</w:rPr>",
    )
    parsed = read(heading + paragraph("正文") + numbered("下一条", 1), numbering=DECIMAL)
    assert parsed.text == "1.标题。正文\n2.下一条"
    assert [block.level for block in parsed.blocks] == [1, 0]


def test_a_paragraph_deleted_with_its_words_leaves_no_line() -> None:
    gone = para(deleted("删去的一段"), properties=f"<w:rPr><w:del {BY}/></w:rPr>")
    parsed = read(paragraph("甲") + gone + paragraph("乙") + gone)
    assert parsed.text == "甲\n乙"
    assert [note.text for note in parsed.notes] == ["删去的一段", "删去的一段"]


def test_a_deleted_cell_is_a_note() -> None:
    cell = f"<w:tcPr><w:cellDel {BY}/></w:tcPr>" + paragraph("旧")
    parsed = read(table([paragraph("甲"), cell, paragraph("乙")]))
    assert parsed.text == "甲\t\t乙"
    assert [note.text for note in notes(parsed, "deletion")] == ["旧"]


def test_hidden_and_deleted_drawings_give_no_blocks() -> None:
    shape = f"<w:pict>{box(paragraph('框'))}</w:pict>"
    hidden = f"<w:r><w:rPr><w:vanish/></w:rPr>{shape}</w:r>"
    parsed = read(para(run("甲"), hidden, f"<w:del {BY}><w:r>{shape}</w:r></w:del>"))
    assert parsed.text == "甲"
    assert [(note.kind, note.text) for note in parsed.notes] == [
        ("hidden", "框"),
        ("deletion", "框"),
    ]


def test_the_default_style_and_hidden_defaults() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a">'
        '<w:pPr><w:outlineLvl w:val="4"/></w:pPr></w:style>'
    )
    assert read(paragraph("甲"), styles=styles).blocks[0].level == 5
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>"
    )
    shown = para(run("乙", '<w:vanish w:val="false"/>'), run("藏"))
    assert read(shown, styles=defaults).text == "乙"


@pytest.mark.parametrize("bad", ["zz", "", "110000", "D800", "7"])
def test_symbols_without_a_character_are_reported(bad: str) -> None:
    parsed = read(para(run("甲"), f'<w:r><w:sym w:font="Arial" w:char="{bad}"/></w:r>'))
    assert parsed.text == "甲\ufffd"
    assert [note.kind for note in parsed.notes] == ["skipped"]
